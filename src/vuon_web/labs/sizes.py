"""Small groups are never counted out: fewer than five is all that anybody is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vuon_web.ui.templatetags.ui import vi_number

SMALLEST = 5


@dataclass(frozen=True)
class Size:
    """How many people, as far as it may be known. `shown` is None below five, also for none."""

    shown: int | None

    @classmethod
    def of(cls, count: int) -> Size:
        """The size of a group of `count` people."""
        return cls(count if count >= SMALLEST else None)

    @property
    def is_small(self) -> bool:
        """Whether the number stays untold."""
        return self.shown is None

    @property
    def words(self) -> str:
        """The number, or that it is fewer than five."""
        return _("fewer than 5") if self.shown is None else vi_number(self.shown)
