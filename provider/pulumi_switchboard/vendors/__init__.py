"""What is particular to each vendor: credentials, hosts, the shape of errors."""
