"""Vuon, the product: serves what the library computes."""
