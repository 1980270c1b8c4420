"""Papers of a trial as PDF: the sealed plan for the wall, the safe-harbour file, codes to scan.

Each function takes plain values and gives bytes. Everything is set in black, for any printer.
"""

from __future__ import annotations

from vuon.trials.papers.procedure import procedure_paper
from vuon.trials.papers.seal import seal_paper
from vuon.trials.papers.sheet import PURPOSES, code_sheet

__all__ = ["PURPOSES", "code_sheet", "procedure_paper", "seal_paper"]
