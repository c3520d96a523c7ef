"""Twilio: how to sign in, where its APIs live, and what its answers look like."""
