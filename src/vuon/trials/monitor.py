"""Guardrails that may be looked at after every single person.

With limit p₀ and s harmed among k people, E is a fair bet against "the risk never exceeds p₀": it
averages over all larger risks, and by Ville's inequality it reaches 20 with a chance of at most
1/20, however often one looks and whatever the order, as long as each next risk is at most p₀.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb, exp, inf, lgamma, log

from vuon.errors import N_, VuonError, Words

ALARM = 20.0


def e_value(harmed: int, seen: int, limit: float) -> float:
    """The evidence against a risk of at most `limit`; an alarm at 20.

    Args:
        harmed: how many were harmed, 0 to `seen`.
        seen: how many people so far.
        limit: the risk that is still accepted, above 0 and below 1.

    E = B(s+1, k−s+1) · P(Bin(k+1, p₀) ≤ s) / [(1−p₀) p₀ˢ (1−p₀)^(k−s)].

    >>> e_value(0, 0, 0.05)
    1.0
    >>> e_value(6, 20, 0.05) > 20 > e_value(1, 20, 0.05)
    True
    """
    if not 0 < limit < 1 or not 0 <= harmed <= seen:
        raise VuonError(
            "trials.guardrail",
            Words(N_("A limit lies between 0 and 1, and no more are harmed than were seen.")),
            Words(N_("Correct the numbers.")),
        )
    beta = lgamma(harmed + 1) + lgamma(seen - harmed + 1) - lgamma(seen + 2)
    tail = sum(
        exp(log(comb(seen + 1, k)) + k * log(limit) + (seen + 1 - k) * log(1 - limit))
        for k in range(harmed + 1)
    )
    base = log(1 - limit) + harmed * log(limit) + (seen - harmed) * log(1 - limit)
    power = beta + log(tail) - base
    return exp(power) if power < 700 else inf


@dataclass(frozen=True)
class Guardrail:
    """A limit on a risk, and the evidence at which a trial stops by itself."""

    limit: float
    alarm: float = ALARM

    def speaks(self, harmed: int, seen: int) -> bool:
        """Whether it is time to stop."""
        return e_value(harmed, seen, self.limit) >= self.alarm

    def first_alarm(self, harms: Iterable[bool]) -> int | None:
        """After how many people, in their order, it speaks; None if it never does.

        >>> Guardrail(0.05).first_alarm([True] * 10)
        2
        """
        harmed = 0
        for seen, harm in enumerate(harms, 1):
            harmed += bool(harm)
            if self.speaks(harmed, seen):
                return seen
        return None


def stop_table(limit: float, up_to: int, alarm: float = ALARM) -> list[tuple[int, int]]:
    """For each number of harmed people, among how many at most it stops: to print beforehand.

    Pairs (harmed, seen): with `harmed` among `seen` or fewer, stop. Rows that another one with the
    same `harmed` makes superfluous are left out.

    >>> stop_table(0.05, 10)
    [(2, 3), (3, 8), (4, 10)]
    """
    table = []
    for harmed in range(1, up_to + 1):
        stops = [seen for seen in range(harmed, up_to + 1) if e_value(harmed, seen, limit) >= alarm]
        if stops:
            table.append((harmed, max(stops)))
            if max(stops) == up_to:
                break
    return table
