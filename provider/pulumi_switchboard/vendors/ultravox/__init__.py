"""Ultravox: its API key, its host, and what its refusals mean."""
