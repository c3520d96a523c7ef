"""Writes what follows from the definitions, the samples and the tests, and says what a type lacks."""
