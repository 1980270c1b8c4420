"""The proof that each shipped place teaches: 200 worlds, five teams."""

from __future__ import annotations

import time
from pathlib import Path

from vuon.practice.prove import prove
from vuon.practice.worlds import open_world

SEEDS = 200
PLACES = Path(__file__).parents[1] / "places"


def main() -> None:
    """Print for each place the scores and the seconds it took."""
    for folder in sorted(file.parent for file in PLACES.glob("*/place.toml")):
        _prove(folder)


def _prove(folder: Path) -> None:
    world = open_world(folder)
    started = time.perf_counter()
    proof = prove(world, range(1, SEEDS + 1))
    took = time.perf_counter() - started
    print(f"\n{world.place.title.en}\n")
    print("| team | of 100 people, finish at the first visit | 95% |\n|---|---|---|")
    for score in sorted(proof.scores, key=lambda each: -each.mean):
        low, high = 100 * score.low, 100 * score.high
        print(f"| {score.team} | {100 * score.mean:.1f} | {low:.1f}–{high:.1f} |")
    print(f"\nBrier of testers {proof.brier_start:.3f} → {proof.brier_end:.3f}; the plan that is ")
    print(f"best most often: {100 * proof.best[0][1]:.0f}% of worlds. Teaches: {proof.teaches}.")
    print(f"{SEEDS} seeds × 5 teams in {took:.0f} s on one core (limit 300 s on two).")
