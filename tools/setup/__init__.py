"""What `make setup` does: the virtual environment, this package in it and the Pulumi CLI."""
