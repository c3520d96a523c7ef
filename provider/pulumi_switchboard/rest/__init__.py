"""What a declared API can do: collections, account settings, operations, paging."""
