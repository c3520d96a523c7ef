"""What the APIs of Twilio's Conversation Orchestrator are made of: bodies, objects, conflicts and answers."""
