"""Ideas: each a named list of changes to a service or to a rule."""
