"""Reads what the accounts of the settings contain, without an engine: for look-ups and the command."""
