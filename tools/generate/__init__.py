"""Writes the resource classes of the package from its definitions."""
