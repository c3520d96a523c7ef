"""A configuration type that the package does not have: what adding one takes."""
