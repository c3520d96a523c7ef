"""What `make demo` does: deploys the quickstart against the emulator with the real CLI, and removes it."""
