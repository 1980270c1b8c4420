"""Coverage of exact intervals, and false alarms of the lots that are used here."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from vuon.trials.exact import read
from vuon.trials.monitor import Guardrail
from vuon.trials.randomise import Space, blocked, complete

REPEATS, PILOTS, RAILS = 10_000, 4_000, 2_000
EFFECT = 1.0
DISTRIBUTIONS: dict[str, Callable[[random.Random], float]] = {
    "normal": lambda d: d.gauss(0, 1),
    "lognormal": lambda d: math.exp(d.gauss(0, 1)),
    "1–5 scale": lambda d: float(d.choice([1, 2, 2, 3, 3, 3, 4, 4, 5])),
    "outliers": lambda d: d.gauss(0, 8 if d.random() < 0.05 else 1),
}


@dataclass(frozen=True)
class Pilot:
    """Weeks by lot in a practice place: points, weeks, spread between weeks."""

    points: int
    weeks: int
    spread: float = 0.127

    @property
    def blocks(self) -> list[str]:
        """The block of each week of a point."""
        return [f"{p}.{w // 2}" for p in range(self.points) for w in range(self.weeks)]


def covered(treated: int, control: int, draw: Callable[[random.Random], float]) -> float:
    """The share of repeats whose interval holds the effect."""
    drawing, space = random.Random(f"{treated}{control}"), complete(treated + control, treated)
    held = counted = 0
    for repeat in range(REPEATS):
        z = space.draw(f"{repeat}".encode())
        y = [draw(drawing) + EFFECT * one for one in z]
        if max(y) == min(y):
            continue
        found = read(y, z, space)
        held += found.low - 1e-9 <= EFFECT <= found.high + 1e-9
        counted += 1
    return held / counted


def false_alarms(pilot: Pilot) -> float:
    """The share of pilots without any effect whose interval leaves out nought."""
    drawing, blocks = random.Random(pilot.weeks), pilot.blocks
    names = sorted(set(blocks))
    fixed = [[float(block == name) for name in names] for block in blocks]
    space: Space = blocked(blocks, 1)
    alarms = 0
    for repeat in range(PILOTS if space.size <= 4096 else PILOTS // 8):
        y = []
        for _ in blocks:
            share = min(max(0.38 + drawing.gauss(0, pilot.spread), 0.02), 0.98)
            y.append(sum(drawing.random() < share for _ in range(10)) / 10)
        found = read(y, space.draw(f"{repeat}".encode()), space, fixed=fixed)
        alarms += found.low > 0 or found.high < 0
    return alarms / (PILOTS if space.size <= 4096 else PILOTS // 8)


def main() -> None:
    """Print coverage, false alarms, guardrails. Takes some minutes."""
    print(f"Coverage of 95% intervals, {REPEATS} repeats (at least .9435):\n")
    print("| | " + " | ".join(DISTRIBUTIONS) + " |\n|---|" + "---|" * len(DISTRIBUTIONS))
    for treated, control in ((4, 5), (6, 6), (8, 8)):
        cells = [f"{covered(treated, control, draw):.4f}" for draw in DISTRIBUTIONS.values()]
        print(f"| {treated} v {control} | " + " | ".join(cells) + " |")
    print("\nFalse alarms of a pilot by weeks (at most .05 + 3 standard errors):\n")
    print("| points × weeks | false alarms |\n|---|---|")
    for pilot in (Pilot(2, 6), Pilot(3, 6), Pilot(2, 12), Pilot(3, 10)):
        print(f"| {pilot.points} × {pilot.weeks} | {false_alarms(pilot):.4f} |")
    print("\nGuardrail at 5%, up to 200 people:\n")
    print("| true risk | stops | median person |\n|---|---|---|")
    for risk in (0.05, 0.15, 0.30):
        drawing, rail = random.Random(3), Guardrail(0.05)
        stops = sorted(
            at
            for at in (
                rail.first_alarm(drawing.random() < risk for _ in range(200)) for _ in range(RAILS)
            )
            if at is not None
        )
        middle = stops[len(stops) // 2] if stops else "–"
        print(f"| {100 * risk:.0f}% | {len(stops) / RAILS:.3f} | {middle} |")
