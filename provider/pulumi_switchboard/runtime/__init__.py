"""What every front-end shares: settings, cancellation, claims, the engine's log and redaction."""
