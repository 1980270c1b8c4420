"""What leaves the lab, made from work already done: papers for the desk, trials for others."""
