"""A belief as beans: so many of them on each candidate cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vuon.errors import N_, VuonError, Words
from vuon.practice.place import Place


@dataclass(frozen=True)
class Spread:
    """How many beans lie on each cause of a place, in the order of its causes."""

    beans: tuple[tuple[str, int], ...]

    def share(self, cause: str) -> float:
        """The belief in `cause`, between 0 and 1.

        >>> Spread((("words", 15), ("load", 5))).share("load")
        0.25
        """
        whole = sum(count for _, count in self.beans)
        return dict(self.beans)[cause] / whole


def spread(place: Place, beans: Mapping[str, int]) -> Spread:
    """The beans as a spread over the causes of `place`.

    Args:
        place: whose causes and number of beans count.
        beans: cause key -> beans on it, 0 or more; a cause left out has none.

    Raises:
        VuonError: `beans.cause` for an unknown cause, `beans.negative`, `beans.left` if some
            are not laid yet, `beans.over` if there are too many.
    """
    known = [cause.key for cause in place.causes]
    if set(beans) - set(known):
        raise VuonError(
            "beans.cause",
            Words(N_("There is no such cause in this place.")),
            Words(N_("Load the page again.")),
        )
    laid = tuple((key, int(beans.get(key, 0))) for key in known)
    if any(count < 0 for _, count in laid):
        raise VuonError(
            "beans.negative",
            Words(N_("A cause cannot have fewer than no beans.")),
            Words(N_("Write 0 where you lay none.")),
        )
    left = place.beans - sum(count for _, count in laid)
    if left > 0:
        raise VuonError(
            "beans.left",
            Words(
                N_("{left} of {all} beans are still in your hand."),
                {"left": left, "all": place.beans},
            ),
            Words(N_("Lay them on the causes you hold more likely.")),
        )
    if left < 0:
        raise VuonError(
            "beans.over",
            Words(
                N_("There are {over} beans too many: you have {all}."),
                {"over": -left, "all": place.beans},
            ),
            Words(N_("Take some back.")),
        )
    return Spread(laid)
