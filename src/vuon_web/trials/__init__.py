"""Stage 7: a small, guarded, honestly read pilot, from advice to the file of the procedure."""
