"""A type that the package does not have: its definition and its emulator API."""
