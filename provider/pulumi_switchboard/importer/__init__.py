"""Makes the source of a program that adopts the objects of accounts. Nothing is read or written here."""
