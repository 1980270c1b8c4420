"""Stage 1, Frame: challenges, their plans as living documents, and every answer's history."""
