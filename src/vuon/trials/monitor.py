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
from vuon.trials.protocol import Rail

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


def mean_e_value(values: Iterable[float], limit: float, low: float, high: float) -> float:
    """The evidence that a mean lies above `limit`, at any time; an alarm at 20.

    A fair bet whatever the values look like, as long as each stays within its bounds: the average,
    over ten stakes, of the product of 1 + stake · (value − limit). It needs no bell curve and so
    holds from the first value on.

    Args:
        values: in their order, none outside `low` to `high`.
        limit: the mean that is still accepted, between the bounds.

    Source: I. Waudby-Smith and A. Ramdas, *J. R. Stat. Soc. B* 86 (2024), section 4.

    >>> mean_e_value([50.0] * 6, 60, 0, 240) < 1 < 20 < mean_e_value([200.0] * 6, 60, 0, 240)
    True
    """
    seen = list(values)
    if not low < limit < high or any(not low <= value <= high for value in seen):
        raise VuonError(
            "trials.guardrail",
            Words(N_("This limit does not lie between the bounds of what is watched.")),
            Words(N_("Give low and high, and a limit between them; of a share, 0 and 1.")),
        )
    stakes = [step / 10 * 0.99 / (limit - low) for step in range(1, 11)]
    bets = []
    for stake in stakes:
        power = sum(log(1 + stake * (value - limit)) for value in seen)
        bets.append(exp(power) if power < 700 else inf)
    return sum(bets) / len(bets)


@dataclass(frozen=True)
class CountRule:
    """Stop at so many, whatever the others do: "2 of 4 devices"."""

    at: int

    def speaks(self, harmed: int, seen: int) -> bool:
        """Whether it is time to stop.

        >>> CountRule(2).speaks(2, 3), CountRule(2).speaks(1, 4)
        (True, False)
        """
        return harmed >= self.at


@dataclass(frozen=True)
class Watch:
    """What a guardrail of a plan says of what was seen so far."""

    key: str
    evidence: float | None
    speaks: bool


def watch(rail: Rail, values: Iterable[float]) -> Watch:
    """A guardrail over everything seen so far, in its order; may be asked after every person.

    Args:
        rail: as the plan has it. Of a share, values are 1 for harmed and 0 for not; of a mean,
            numbers within its bounds; of a count, 1 for each that counts.

    >>> from vuon.trials.protocol import Rail
    >>> watch(Rail("wait", limit=0.05), [1.0] * 3).speaks
    True
    """
    seen = list(values)
    if rail.method == "count":
        return Watch(rail.key, None, CountRule(int(rail.limit)).speaks(round(sum(seen)), len(seen)))
    if rail.method == "mean":
        assert rail.low is not None
        assert rail.high is not None
        evidence = mean_e_value(seen, rail.limit, rail.low, rail.high)
    else:
        evidence = e_value(round(sum(seen)), len(seen), rail.limit)
    return Watch(rail.key, evidence, evidence >= rail.alarm)
