"""Reading accounts without an engine."""
