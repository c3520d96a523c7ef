"""Types of which an account has no more than one object: it is taken over, managed, and given back."""
