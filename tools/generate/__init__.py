"""Writes the resource classes of the package from its definitions, and the document of its promises."""
