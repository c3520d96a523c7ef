"""Twilio Conversations, the classic API."""
