"""The life of each type in the user's own account at the vendors: `make verify-live`."""
