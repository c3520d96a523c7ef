"""The driver of the conformance tests beside the real engine: what both ask the provider, and what both keep."""
