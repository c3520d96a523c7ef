"""What the resource classes share. Runs in the user's program, so it imports nothing heavier than Pulumi."""
