"""Requests to vendors: sent with care, repeated where that is harmless, logged without secrets."""
