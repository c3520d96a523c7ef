"""Draws the picture in the README: the program that stands there, deployed with the real CLI."""
