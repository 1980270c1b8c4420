"""Coverage of exact intervals, and false alarms of the lots that are used here."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from vuon.trials.exact import read
from vuon.trials.monitor import Guardrail
from vuon.trials.plans import fixed_of, space_of
from vuon.trials.protocol import LotRule
from vuon.trials.randomise import Space, blocked, complete

REPEATS, PILOTS, RAILS, EMPTY = 10_000, 4_000, 2_000, 2_000
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


LETTERS = tuple("abcdefghijkl")
#: Every kind of lot, with the periods of each unit; 25 people measured in each group.
LOTS = {
    "9 by lot, 4 new": LotRule("complete", LETTERS[:9], 4),
    "6 pairs": LotRule("pairs", LETTERS),
    "3 blocks of 4": LotRule("blocks", LETTERS, 2, blocks=tuple("xxxxyyyyzzzz")),
    "12 groups of 25": LotRule("clusters", LETTERS, 6),
    "3 to and fro, 8 weeks": LotRule("crossover", LETTERS[:3], periods=8),
    "5 starts, 10 weeks": LotRule(
        "order_of_start", LETTERS[:5], periods=10, starts=((2,), (4,), (6,), (8,), (10,))
    ),
    "3 windows, 14 weeks": LotRule(
        "multiple_baseline", LETTERS[:3], periods=14, starts=((3, 4, 5), (7, 8), (11, 12))
    ),
    "switches, 28 points": LotRule("switches", LETTERS[:1], periods=28),
}


def outcomes(drawing: random.Random, units: int, periods: int, noise: str) -> list[float]:
    """What units show without any effect: alike within groups, leaning on the past, or rising."""
    if noise == "ICC .1":
        found = []
        for _ in range(units * periods):
            group = drawing.gauss(0, 0.1**0.5)
            found.append(group + drawing.gauss(0, (0.9 / 25) ** 0.5))
        return found
    found = []
    for _ in range(units):
        value, rise = drawing.gauss(0, 1), drawing.gauss(0.1, 0.05)
        for t in range(periods):
            found.append(value + (rise * t if noise == "trend" else 0.0))
            left = 0.5 if noise == "AR(1) .5" else 0.0
            value = left * value + (1 - left**2) ** 0.5 * drawing.gauss(0, 1)
    return found


def empty_trials(rule: LotRule, noise: str) -> float:
    """The share of trials without any effect in which p is at most .05."""
    space, fixed, drawing = space_of(rule), fixed_of(rule), random.Random(f"{rule.kind}{noise}")
    assert space is not None
    periods = rule.periods if rule.over_time else 1
    alarms = 0
    for repeat in range(EMPTY):
        y = outcomes(drawing, len(rule.units), periods, noise)
        alarms += read(y, space.draw(f"{repeat}".encode()), space, fixed=fixed).p <= 0.05
    return alarms / EMPTY


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
    most = 0.05 + 3 * (0.05 * 0.95 / EMPTY) ** 0.5
    noises = ("AR(1) .5", "trend", "ICC .1")
    print(f"\nFalse alarms of every lot, {EMPTY} trials without effect (at most {most:.4f}):\n")
    print("| | " + " | ".join(noises) + " |\n|---|" + "---|" * len(noises))
    for name, rule in LOTS.items():
        cells = [f"{empty_trials(rule, noise):.4f}" for noise in noises]
        print(f"| {name} | " + " | ".join(cells) + " |")
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
