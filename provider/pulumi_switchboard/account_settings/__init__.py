"""Account settings: objects that exist once per account, and are taken over and restored."""
