"""What would decide: after "cannot tell yet" there is always a next test, with its size."""

from __future__ import annotations

from math import ceil, isfinite

from vuon.errors import N_, Words
from vuon.trials.analyse import Analysis
from vuon.trials.design import fewest
from vuon.trials.plans import cells_of
from vuon.trials.protocol import Protocol


def next_test(protocol: Protocol, found: Analysis) -> Words | None:
    """The size of a test that would decide, from the interval that was found; None where the
    verdict is another one.

    The half width of an interval goes down with the square root of the number of units; once it
    is as short as the worthwhile gain, "works", "too small" or "harms" can be told apart.
    """
    primary = found.primary
    if primary is None or primary.verdict is None or primary.verdict.code != "cannot_tell":
        return None
    if primary.missing:
        return Words(
            N_("First find the {count} missing values, or lose fewer next time."),
            {"count": primary.missing},
        )
    units = len(cells_of(protocol.lot))
    half, asked = (primary.high - primary.low) / 2, primary.outcome.worthwhile
    if not isfinite(half) or not asked:
        return Words(
            N_("A lot among at least {count} units, or more periods by lot, could decide."),
            {"count": fewest()},
        )
    wanted = max(units + 1, ceil(units * (half / asked) ** 2))
    return Words(
        N_("About {wanted} units like these {units} would make the interval short enough."),
        {"wanted": wanted, "units": units},
    )
