"""Fields of types: models, markers, and the field tree that validation, comparison and encoding share."""
