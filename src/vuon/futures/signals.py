"""What people have seen coming: signals, and the drivers that they add up to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from vuon.toml.table import Text
from vuon.vietnamese import fold

#: Society, technology, economy, environment, politics.
FIELDS = ("social", "technological", "economic", "environmental", "political")
HORIZONS = ("now", "soon", "later")
#: Two signals that share so many of their runs of three letters say the same.
ALIKE = 0.6


@dataclass(frozen=True)
class Signal:
    """A small thing seen today that may become large.

    Args:
        key: stable name.
        text: what was seen, in a sentence.
        source: where; empty if nobody said.
        seen: the day on which it happened or was read; None if nobody said.
        field: one of `FIELDS`.
        horizon: when it may matter, one of `HORIZONS`.
        again: days on which it was seen again, instead of a second card.
    """

    key: str
    text: Text
    source: str = ""
    seen: date | None = None
    field: str = "social"
    horizon: str = "soon"
    again: tuple[date, ...] = ()

    @property
    def light(self) -> str:
        """ "measured" with a source and a day; else it is "said".

        >>> Signal("ageing", Text("Dân số già đi", "People grow older")).light
        'said'
        """
        return "measured" if self.source and self.seen else "said"


@dataclass(frozen=True)
class Driver:
    """What several signals add up to: a range that a model may take.

    Args:
        key: stable name.
        label: what it is called.
        signals: keys of the signals it comes from.
        uncertainty: the model's uncertainty that it stands for; empty while it is a story only.
        low, high: the range that the group set.
        unit: of the range, as in `vuon.quantities`; "" for a share.
        set_by, set_on, why: who set it, when and why: a range chosen to please misleads.
    """

    key: str
    label: Text
    signals: tuple[str, ...] = ()
    uncertainty: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    set_by: str = ""
    set_on: date | None = None
    why: Text = field(default_factory=Text)

    @property
    def story_only(self) -> bool:
        """Whether no range of a model follows from it."""
        return not self.uncertainty or self.low is None or self.high is None


def alike(a: Signal, b: Signal) -> bool:
    """Whether two signals look like the same one seen twice, whatever their marks and capitals.

    >>> one = Signal("a", Text("Cổng dịch vụ công quốc gia là duy nhất"))
    >>> alike(one, Signal("b", Text("cong dich vu cong quoc gia la duy nhat")))
    True
    """
    if a.source and a.source == b.source and a.source.startswith(("http:", "https:")):
        return True
    one, other = _threes(a.text), _threes(b.text)
    both = len(one & other)
    return both > 0 and both >= ALIKE * len(one | other)


def _threes(text: Text) -> set[str]:
    plain = re.sub(r"[^a-z0-9]+", " ", fold(text.say("vi"))).strip()
    return {plain[at : at + 3] for at in range(len(plain) - 2)}


def unseen(signals: Iterable[Signal]) -> tuple[tuple[str, str], ...]:
    """The fields and horizons of which nobody has seen anything: where a group is blind."""
    known = {(each.field, each.horizon) for each in signals}
    return tuple((f, h) for f in FIELDS for h in HORIZONS if (f, h) not in known)
