"""The verbs of a resource: check, diff, create, read, update and delete, each in one file."""
