"""HTTP: sessions, retries, rate limits, cancellation and redaction."""
