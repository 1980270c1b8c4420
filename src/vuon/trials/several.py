"""Several outcomes and several looks: what each may claim when all are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vuon.errors import N_, VuonError, Words
from vuon.trials.exact import TIE, compare
from vuon.trials.randomise import LISTED, Allocation, Lottery, Part, Space


def holm(found: Mapping[str, float]) -> dict[str, float]:
    """Every p value as Holm corrects it for the others; safe whatever they have in common.

    >>> holm({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'c': 0.06, 'b': 0.06}
    """
    corrected: dict[str, float] = {}
    largest = 0.0
    for rank, (key, p) in enumerate(sorted(found.items(), key=lambda pair: pair[1])):
        largest = max(largest, min(1.0, (len(found) - rank) * p))
        corrected[key] = largest
    return corrected


def largest_over_lots(
    outcomes: Mapping[str, Sequence[float]],
    drawn: Sequence[int],
    space: Lottery,
    *,
    fixed: Sequence[Sequence[float]] | None = None,
    limit: int = LISTED,
) -> dict[str, float]:
    """Every p value corrected by the largest deviation that the same lots give over all outcomes.

    As strict as Holm, and milder where outcomes go together, since every lot is asked for all of
    them at once. Step by step from the clearest one (P. H. Westfall and S. S. Young, 1993).

    >>> from vuon.trials.randomise import complete
    >>> y = [9.0, 8.0, 7.0, 6.0, 1.0, 2.0, 3.0, 4.0]
    >>> found = largest_over_lots({"a": y, "b": y}, [1] * 4 + [0] * 4, complete(8, 4))
    >>> found["a"] == found["b"] == 2 / 70
    True
    """
    import numpy as np

    ready = compare(drawn, space, fixed, limit)
    keys = list(outcomes)
    sizes = np.abs(ready.u @ np.array([outcomes[key] for key in keys], float).T)
    spread = np.sqrt((sizes**2).mean(axis=0))
    sizes = sizes / np.where(spread > 0, spread, 1)
    order = np.argsort(-sizes[0], kind="stable")
    corrected: dict[str, float] = {}
    least = 0.0
    for step, at in enumerate(order):
        rest = sizes[:, order[step:]].max(axis=1)
        p = float((rest >= sizes[0, at] * (1 - TIE)).mean())
        least = max(least, p)
        corrected[keys[at]] = least
    return corrected


def so_far(space: Lottery, there: Sequence[bool]) -> tuple[Space, list[int]]:
    """The lot of those blocks that are complete at a look, and which units are in them.

    Raises:
        VuonError: `trials.look` where nothing is complete, or the lot was drawn as one whole: then
            there is nothing that could be read before its end.

    >>> from vuon.trials.randomise import pairs
    >>> part, units = so_far(pairs(3), [True, True, False, True, True, True])
    >>> part.size, units
    (4, [0, 1, 4, 5])
    """
    parts = space.parts if isinstance(space, Space) and not space.groups else ()
    done = [part for part in parts if all(there[unit] for unit in part.units)]
    if len(parts) < 2 or not done:
        raise VuonError(
            "trials.look",
            Words(N_("No block of the lot is complete yet, so nothing can be read at this look.")),
            Words(N_("Look again when a block is complete; guardrails go on meanwhile.")),
        )
    units = sorted(unit for part in done for unit in part.units)
    place = {unit: at for at, unit in enumerate(units)}
    made = tuple(Part(tuple(place[unit] for unit in part.units), part.treated) for part in done)
    return Space(len(units), made), units


def picked(drawn: Allocation, units: Sequence[int]) -> Allocation:
    """The lot of some of the units."""
    return tuple(drawn[unit] for unit in units)
