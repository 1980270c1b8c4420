"""Pages of the practice places, one module for each part of a game."""
