"""One resource in one call: its definition, its context, and the results of its verbs."""
