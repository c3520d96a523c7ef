"""Sends requests to vendors: session, retries, rate limits, cancellation and redaction."""
