"""Ideas on the web: named lists of changes, the silent round, dots, prototype cards."""
