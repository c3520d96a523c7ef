"""The parts of the API of Twilio's Conversation Orchestrator: bodies, configurations and answers."""
