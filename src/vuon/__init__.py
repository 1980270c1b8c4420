"""Vuon, the library: plans, evidence, models and trials as pure functions on frozen data.

It computes and never serves; the product on the web is `vuon_web`.
"""

__version__ = "0.1.0"
