"""One program for each type, written by `make generate`."""
