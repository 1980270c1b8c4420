"""What leaves the lab: papers for the desk and trials for others, made from the work already done."""
