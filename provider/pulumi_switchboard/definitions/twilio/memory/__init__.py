"""Configuration types of Twilio Conversation Memory."""
