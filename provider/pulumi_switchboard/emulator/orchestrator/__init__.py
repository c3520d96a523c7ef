"""The parts of the API of Twilio's Conversation Orchestrator: switches, request bodies and configurations."""
