"""Checks the driver of the conformance tests: it asks and keeps what the real engine asks and keeps."""
