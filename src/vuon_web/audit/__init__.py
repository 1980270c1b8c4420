"""What was done, by whom, to what: an append-only record without anybody's words."""
