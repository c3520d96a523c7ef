"""Long-running operations: writes that a vendor accepts first and carries out later."""
