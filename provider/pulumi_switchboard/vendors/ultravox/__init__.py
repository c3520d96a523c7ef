"""Ultravox: API key, host, requests and errors."""
