"""What keeps a problem alive: a causal sketch of words and signed arrows, across offices."""
