"""Stage 2: what people said and did, marked, weighed and carried to what rests on it."""
