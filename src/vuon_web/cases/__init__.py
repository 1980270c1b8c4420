"""What leaves the lab: papers for the desk, filled from the work already done."""
