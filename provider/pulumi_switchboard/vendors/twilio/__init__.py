"""Twilio: credentials, hosts, requests, errors and long-running operations."""
