"""What leaves the lab: papers for the desk, made from the work already done."""
