"""The plan: challenge, question, partners, tags, and the format they travel in."""
