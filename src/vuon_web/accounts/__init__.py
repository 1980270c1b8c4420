"""People: staff with accounts, participants by seat and pseudonym, and who may see what."""
