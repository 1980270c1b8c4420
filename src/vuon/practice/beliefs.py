"""What the evidence allows one to believe: Bayes' rule over the causes of a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from vuon.practice.beans import Spread

if TYPE_CHECKING:
    from vuon.practice.game import Found
    from vuon.practice.place import Place
    from vuon.practice.world import World

Shares = Mapping[str, float]


def prior(place: Place) -> dict[str, float]:
    """How often each cause is true, before anything is known."""
    return {cause.key: cause.prior for cause in place.causes}


def posterior(world: World, found: Sequence[Found]) -> dict[str, float]:
    """The shares of belief, adding to 1, that someone would hold who weighs all material rightly.

    Sources are independent of one another given the cause; the same source asked twice repeats
    itself with a known chance.
    """
    weights = prior(world.place)
    for number, each in enumerate(found):
        earlier = [one.signal for one in found[:number] if one.move == each.move]
        for cause in weights:
            weights[cause] *= world.likelihood(
                each.move, cause, each.signal, earlier=earlier, feared=each.feared
            )
    whole = sum(weights.values())
    return {cause: weight / whole for cause, weight in weights.items()}


def as_beans(place: Place, shares: Shares) -> Spread:
    """The shares as whole beans; what is over goes to the largest rests."""
    exact = {key: Fraction(share) * place.beans for key, share in shares.items()}
    counts = {key: int(each) for key, each in exact.items()}
    over = place.beans - sum(counts.values())
    for key in sorted(exact, key=lambda key: counts[key] - exact[key])[:over]:
        counts[key] += 1
    return Spread(tuple((cause.key, counts[cause.key]) for cause in place.causes))


def brier(beliefs: Shares, truth: str) -> float:
    """How far beliefs are from the truth: 0 for certain and right, 2 for certain and wrong.

    The mean of it is smallest for whoever says what they really believe (Brier 1950).

    >>> brier({"words": 1.0, "load": 0.0}, "words")
    0.0
    >>> brier({"words": 0.5, "load": 0.5}, "words")
    0.5
    """
    return sum((share - (cause == truth)) ** 2 for cause, share in beliefs.items())


def shares_of(spread: Spread) -> dict[str, float]:
    """Beans as shares of belief."""
    return {key: spread.share(key) for key, _ in spread.beans}
