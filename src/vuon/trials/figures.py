"""What people wrote, and numbers, as fields of a sentence that is worded later in one language."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor, isfinite, log10

from vuon import vietnamese
from vuon.errors import N_, Words
from vuon.toml.table import Text
from vuon.trials.protocol import Outcome


class Written(Words):
    """What people wrote themselves in one or both languages.

    >>> Written.of(Text("chờ lâu", "long waits")).say("vi")
    'chờ lâu'
    """

    @classmethod
    def of(cls, text: Text) -> Written:
        """The words of a text of a plan."""
        return cls(text.say("en"), {"vi": text.say("vi")})

    def say(self, language: str = "en") -> str:
        """As it was written, in `language` where it was."""
        return self.sentence if language == "en" else str(self.fields["vi"])


class Figure(Words):
    """A number with so many decimals, with the comma of Viet Nam in Vietnamese.

    >>> Figure.of(-1.25, 1).say("vi"), Figure.of(10, 0, signed=True).say("en")
    ('-1,3', '+10')
    """

    @classmethod
    def of(cls, value: float, decimals: int, *, signed: bool = False) -> Figure:
        """The figure; a value that is not finite stands as a dash."""
        return cls("{value}", {"value": value, "decimals": decimals, "signed": signed})

    def say(self, language: str = "en") -> str:
        """The number as it is written in `language`."""
        value, decimals = float(self.fields["value"]), int(self.fields["decimals"])
        if not isfinite(value):
            return "–"
        written = vietnamese.number(value, decimals)
        if language == "en":
            written = written.translate(str.maketrans(".,", ",."))
        return f"+{written}" if self.fields["signed"] and value > 0 else written


class Chance(Words):
    """A p value as people read it, with the comma of Viet Nam in Vietnamese.

    >>> Chance.of(0.02857).say("en"), Chance.of(0.02857).say("vi"), Chance.of(1e-9).say("vi")
    ('.029', '0,029', '<0,0001')
    """

    @classmethod
    def of(cls, p: Fraction | float) -> Chance:
        """The p value as a field of a sentence."""
        return cls("{p}", {"p": p})

    def say(self, language: str = "en") -> str:
        """The p value as it is written in `language`."""
        written = shown(self.fields["p"])
        if language == "en":
            return written
        small = written.startswith("<")
        digits = written.removeprefix("<").replace(".", ",")
        return ("<" if small else "") + ("0" if digits.startswith(",") else "") + digits


def shown(p: Fraction | float) -> str:
    """A p value as people read it.

    >>> shown(Fraction(1, 35)), shown(Fraction(1, 10**9))
    ('.029', '<.0001')
    """
    if p < Fraction(1, 10_000):
        return "<.0001"
    return f"{float(p):.2g}".removeprefix("0")


def measured(value: float, digits: int = 4, *, signed: bool = False) -> Figure:
    """A number with so many digits that say something.

    >>> measured(0.0123456, 2).say("vi"), measured(1234.56).say("en")
    ('0,012', '1,235')
    """
    if not isfinite(value) or value == 0:
        return Figure.of(value, 0, signed=signed)
    decimals = max(0, digits - 1 - floor(log10(abs(value))))
    written = f"{value:.{decimals}f}"
    kept = len(written.rstrip("0").rpartition(".")[2]) if "." in written else 0
    return Figure.of(value, kept, signed=signed)


def plainly(value: float) -> Figure:
    """A number with the decimals it has, four at most.

    >>> plainly(10.0).say("vi"), plainly(0.25).say("vi")
    ('10', '0,25')
    """
    return Figure.of(value, len(f"{value:.4f}".rstrip("0").rpartition(".")[2]))


def gain(outcome: Outcome) -> Words:
    """From how much on it is worth it; of a share in percentage points.

    >>> str(gain(Outcome("done", kind="yes_no", worthwhile=0.1)))
    '10 percentage points'
    """
    worthwhile = outcome.worthwhile or 0
    if outcome.kind == "yes_no":
        return Words(N_("{value} percentage points"), {"value": plainly(100 * worthwhile)})
    return plainly(worthwhile)


class Day(Words):
    """A day, the way both languages can be read: 27/02/2026 and 27 February 2026.

    >>> Day.of(date(2026, 2, 27)).say("vi"), Day.of(date(2026, 2, 27)).say("en")
    ('27/02/2026', '27 February 2026')
    """

    @classmethod
    def of(cls, day: date) -> Day:
        """The day as a field of a sentence."""
        return cls("{day}", {"day": day})

    def say(self, language: str = "en") -> str:
        """The day as it is written in `language`."""
        day = self.fields["day"]
        if language == "vi":
            return f"{day:%d/%m/%Y}"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip

#: What is drawn or measured, as plans name it most often.
LEVELS = {
    "person": N_("person"),
    "group": N_("group"),
    "place": N_("place"),
    "site": N_("place"),
    "household": N_("household"),
    "class": N_("class"),
    "pupil": N_("pupil"),
    "ward": N_("ward"),
    "week": N_("week"),
    "day": N_("day"),
    "site_week": N_("place in a week"),
    "site_day": N_("place on a day"),
}


def level(key: str) -> Words:
    """What a plan draws or measures, in words; as it was written where nobody knows a word.

    >>> str(level("site_week")), str(level("fish_pond"))
    ('place in a week', 'fish pond')
    """
    if key in LEVELS:
        return Words(LEVELS[key])
    return Words("{key}", {"key": key.replace("_", " ")})
