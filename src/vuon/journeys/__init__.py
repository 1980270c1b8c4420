"""A citizen's way through a service: which office owns which step, and where it gets stuck."""
