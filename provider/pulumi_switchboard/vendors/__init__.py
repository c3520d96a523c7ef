"""What differs between the vendors: credentials, hosts, error format, paging and operations."""
