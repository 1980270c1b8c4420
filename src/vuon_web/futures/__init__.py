"""Futures on the web: signals, drivers that set ranges, signposts with readings."""
