"""Fields of configuration types: models, markers, validation, comparison and encoding."""
