"""The causal sketch on the web: words and signed arrows, loops read aloud, two sketches as one."""
