"""The checks of `switchboard doctor`."""
