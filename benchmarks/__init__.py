"""What we claim about speed, measured: one file a claim, each printing its figures in one run."""
