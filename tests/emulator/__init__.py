"""The emulator, asked over HTTP."""
