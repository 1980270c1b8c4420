"""What the papers of a trial have in common: times, hashes in groups, printable texts."""

from __future__ import annotations

from datetime import datetime, timedelta

from vuon.documents.parts import printable
from vuon.errors import Words
from vuon.trials.figures import Day

#: The time of Viet Nam, which papers do not name; any other one they do.
HERE = timedelta(hours=7)


def say(sentence: str, language: str, **fields: object) -> str:
    """A sentence of ours in `language`, without signs that paper cannot show."""
    return printable(Words(sentence, fields).say(language))


def moment(at: str, language: str) -> str:
    """Date and time of an event as people write them; as it stands where it is none.

    >>> moment("2026-02-27T09:05:00+07:00", "vi"), moment("2026-02-27T02:05:00+00:00", "en")
    ('27/02/2026, 09:05', '27 February 2026, 02:05 (UTC+00:00)')
    """
    try:
        known = datetime.fromisoformat(at)
    except ValueError:
        return printable(at)
    day = Day.of(known.date()).say(language)
    if len(at) <= len("2026-02-27"):
        return day
    away = known.utcoffset()
    zone = "" if away in (None, HERE) else f" (UTC{known.isoformat()[-6:]})"
    return f"{day}, {known:%H:%M}{zone}"


def groups(sha256: str) -> list[str]:
    """A hash in groups of eight, to be read aloud and compared.

    >>> groups("5f3ff53547458bb5")
    ['5f3ff535', '47458bb5']
    """
    return [sha256[at : at + 8] for at in range(0, len(sha256), 8)]
