"""Setup, Pulumi CLI, demo and packaging."""
