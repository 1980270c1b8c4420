"""Words of a place in templates."""
