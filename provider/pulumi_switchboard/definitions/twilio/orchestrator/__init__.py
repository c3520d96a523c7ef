"""Configuration types of Twilio's Conversation Orchestrator."""
