"""How numbers and dates are written, for each language."""
