"""The map of offices and steps on the web: drawn, as a list, printed; findings pinned to steps."""
