"""Writes the reference pages: one in `docs/types` for each type, their index, and the table in the README."""
