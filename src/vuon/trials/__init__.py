"""Trials: lots, exact readings, guardrails and seals for pilots with few units."""
