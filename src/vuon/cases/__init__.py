<<<<<<< HEAD
"""What leaves the lab, made from work already done: papers for the desk, trials for others."""
=======
"""What leaves the lab, made from the work already done: papers for the desk, trials for others."""
>>>>>>> trials-papers
