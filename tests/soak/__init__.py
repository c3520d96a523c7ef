"""The soak test: random programs, edits, kills and outages, with the real CLI against the emulator."""
