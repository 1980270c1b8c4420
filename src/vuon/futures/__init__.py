"""What may come, and whether an idea survives it: ranges explored evenly, never probabilities."""
