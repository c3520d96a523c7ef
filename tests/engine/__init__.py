"""Tests with the real CLI against the emulator."""
