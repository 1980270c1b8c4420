"""What people do in a programme: the catalogue of activities, the path from a plan, paper."""
