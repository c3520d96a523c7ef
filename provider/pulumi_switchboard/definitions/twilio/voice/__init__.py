"""Configuration types of Twilio Programmable Voice."""
