"""What all configuration types share, without Pulumi and without a network."""
