"""What may be said of a result: five answers in words, none of them stronger than the interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vuon.errors import N_, VuonError, Words

WORKS, HARMS, SMALL, UNKNOWN = "works", "harms", "too_small", "cannot_tell"
OBSERVED, DIFFERENT = "observed", "observed_other"


@dataclass(frozen=True)
class Verdict:
    """A verdict: `code` for machines, a short name and a sentence for people.

    `enough` says whether even the lower end reaches what was asked for.
    """

    code: str
    title: Words
    sentence: Words
    enough: bool = False


def verdict(
    low: float | None,
    high: float | None,
    worthwhile: float,
    *,
    randomised: bool = True,
    estimate: float | None = None,
) -> Verdict:
    """What may be said of an interval, plus being good.

    Args:
        low, high: the interval, in the outcome's unit; infinite where there is none.
        worthwhile: the gain from which it would be worth it, above 0, fixed beforehand.
        randomised: whether a lot decided who got the new way. Without one, at most "consistent
            with" can be said, and no interval is looked at.
        estimate: without a lot, the difference that was seen.

    Raises:
        VuonError: `trials.worthwhile` for a gain that is not above nought.

    >>> verdict(0.02, 0.35, 0.10).code, verdict(0.12, 0.35, 0.10).enough
    ('works', True)
    >>> verdict(float("-inf"), float("inf"), 0.10).code
    'cannot_tell'
    """
    if not worthwhile > 0:
        raise VuonError(
            "trials.worthwhile",
            Words(N_("It is not said from which gain it would be worth it.")),
            Words(N_("Name a gain above nought before the start.")),
        )
    if not randomised:
        return _observed(estimate, worthwhile)
    if low is None or high is None:
        low, high = float("-inf"), float("inf")
    if -worthwhile < low and high < worthwhile:
        return Verdict(
            SMALL,
            Words(N_("Too small to matter")),
            Words(N_("Whatever the effect is, it is smaller than what was asked for.")),
        )
    if low > 0:
        return _works(low >= worthwhile)
    if high < 0:
        return Verdict(
            HARMS,
            Words(N_("Does harm")),
            Words(N_("People fared worse with the new way than luck alone explains.")),
        )
    return Verdict(
        UNKNOWN,
        Words(N_("Cannot tell yet")),
        Words(
            N_(
                "Better and worse are both still possible. More units drawn by lot, or more weeks, "
                "would decide."
            )
        ),
    )


def _works(enough: bool) -> Verdict:
    if enough:
        return Verdict(
            WORKS,
            Words(N_("Works")),
            Words(N_("The new way helps here, by at least as much as was asked for.")),
            True,
        )
    return Verdict(
        WORKS,
        Words(N_("Works")),
        Words(
            N_(
                "The new way helps here. By how much is open: the lower end is below what was "
                "asked for."
            )
        ),
    )


def _observed(estimate: float | None, worthwhile: float) -> Verdict:
    if estimate is not None and estimate < worthwhile:
        return Verdict(
            DIFFERENT,
            Words(N_("Not what one would see if it helped that much")),
            Words(
                N_(
                    "Nothing was drawn by lot, so other reasons are possible. The difference is "
                    "smaller than what was asked for."
                )
            ),
        )
    return Verdict(
        OBSERVED,
        Words(N_("Consistent with helping, no more")),
        Words(
            N_(
                "Nothing was drawn by lot, so whatever else changed in these weeks may have made "
                "the difference."
            )
        ),
    )


def with_missing(
    read: Callable[[Sequence[float]], float],
    y: Sequence[float | None],
    drawn: Sequence[int],
    worst: float,
    best: float,
) -> tuple[float, float]:
    """The effect if all missing outcomes had turned out worst, and best, for the new way.

    Where the two differ in sign, the verdict is "cannot tell yet", whatever the rest says.

    Args:
        read: from a full list of outcomes to an effect.
        y: outcomes, None for a missing one.
        drawn: 1 for the new way.
        worst, best: the outcome's bounds.

    >>> mean = lambda y: (y[0] + y[1]) / 2 - (y[2] + y[3]) / 2
    >>> with_missing(mean, [1, None, 0, 1], [1, 1, 0, 0], 0, 1)
    (0.0, 0.5)
    """
    found = []
    for new, old in ((worst, best), (best, worst)):
        filled = [
            value if value is not None else (new if z else old)
            for value, z in zip(y, drawn, strict=True)
        ]
        found.append(read(filled))
    return found[0], found[1]
