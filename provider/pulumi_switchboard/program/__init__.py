"""What the resource classes share. Runs in the user's program, so it imports Pulumi and nothing heavier."""
