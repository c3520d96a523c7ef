"""The source of a program that adopts the objects of accounts."""
