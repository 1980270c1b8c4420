"""What the pages of looking and listening show: plain values, never a signal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vuon.journeys.model import pinned_at, step_of
from vuon.practice import costs
from vuon.practice.game import State
from vuon.practice.place import Move, Place
from vuon_web.practice.folds import Played

ICONS = {
    "stopwatch": "stopwatch",
    "speech": "speech",
    "walk": "walk",
    "cards": "cards",
    "ticket": "ticket",
    "magnifier": "search",
    "scales": "scales",
    "ballot": "check",
    "people": "people",
    "page": "paper",
    "checklist": "checklist",
    "two": "question",
    "signature": "pen",
    "desk": "office",
    "link": "link",
    "counter": "counter",
    "phone": "phone",
    "training": "training",
}
TONES = ("leaf", "clay", "water", "sun")
#: The path of the sun over the ward, from the first day to the last: places on an arc.
SUN = [(34 + 32 * n, round(62 - 0.0016 * (10 - abs(10 - 2 * n)) ** 2 * 260 / 5)) for n in range(11)]


def icon_of(key: str) -> str:
    """The icon of a move or an idea; a leaf for a name that is not drawn."""
    return ICONS.get(key, "garden")


def cost_words(move: Move) -> list[str]:
    """What a move costs, in words: "4 days", "2 million đồng", "staff −0.5"."""
    words = [ngettext("%(days)s day", "%(days)s days", move.days) % {"days": move.days}]
    if move.money:
        words.append(_("%(money)s million đồng") % {"money": number(move.money)})
    words += goodwill_words(move.staff, move.sponsor)
    return words


def goodwill_words(staff: float, sponsor: float) -> list[str]:
    """What something does to goodwill, in words; nothing where it does nothing."""
    words = []
    if staff:
        words.append(_("staff %(change)s") % {"change": signed(staff)})
    if sponsor:
        words.append(_("leader %(change)s") % {"change": signed(sponsor)})
    return words


def number(value: float) -> str:
    """A number with at most one digit behind the mark, as the page's language writes it."""
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",") if get_language() == "vi" else text


def signed(value: float) -> str:
    """A number with its sign."""
    return ("+" if value > 0 else "−") + number(abs(value))


def moves(played: Played) -> list[dict[str, Any]]:
    """Every way to find out, with its cost and, where it cannot be had, why.

    What can only be had on the first day stands first on that day, and last afterwards.
    """
    place, state = played.world.place, played.state
    rows = []
    today = state.days == 0
    ordered = sorted(place.moves, key=lambda move: not move.first if today else move.first)
    for at, move in enumerate(ordered):
        if state.mode == "taster" and not move.taster:
            continue
        first = move.choices[0] if move.choices else None
        refused = costs.why_not_move(place, state, move, first)
        rows.append(
            {
                "move": move,
                "icon": icon_of(move.icon),
                "tone": TONES[at % len(TONES)],
                "cost": " · ".join(cost_words(move)),
                "made": len(state.made(move.key)),
                "refused": refused.what.say(get_language() or "vi") if refused else "",
            }
        )
    return rows


def sun(played: Played) -> tuple[int, int]:
    """Where the sun stands over the ward: it crosses the sky as the days are used."""
    whole = played.world.place.purse.working_days
    return SUN[min(10, played.state.days * 10 // max(1, whole))]


def names_of(state: State, number: int) -> Iterator[tuple[str, Any]]:
    """The pieces of one find, each with the name under which it is pinned."""
    for at, piece in enumerate(state.found[number].material.pieces):
        yield f"{number}-{at}", piece


def material_of(played: Played, number: int) -> dict[str, Any]:
    """One find as a page shows it: pieces with faces, rows, and where each is pinned."""
    place, state = played.world.place, played.state
    found = state.found[number]
    move = place.move(found.move)
    choice = move.choice(found.choice)
    return {
        "number": number,
        "move": move,
        "icon": icon_of(move.icon),
        "choice": choice.title if choice else None,
        "day": found.day,
        "pieces": [
            {"name": name, "piece": piece, "pinned": _pinned(place, state, name)}
            for name, piece in names_of(state, number)
        ],
        "rows": found.material.rows,
        "rows_name": f"{number}-rows",
        "rows_pinned": _pinned(place, state, f"{number}-rows"),
    }


def _pinned(place: Place, state: State, name: str) -> Any:
    step = step_of(state.pins, name)
    return place.step(step) if step else None


def tally(played: Played, number: int, column: str) -> dict[str, Any] | None:
    """How often each value of a column stands in the rows of a find, as bars."""
    rows = played.state.found[number].material.rows
    if rows is None or column not in {key for key, _title in rows.columns}:
        return None
    counts = rows.tally(column)
    most = max(count for _value, count in counts)
    return {
        "column": column,
        "counts": [
            {"value": value, "count": count, "width": round(100 * count / most)}
            for value, count in counts[:20]
        ],
        "more": max(0, len(counts) - 20),
    }


def cross(played: Played, number: int, down: str, across: str) -> dict[str, Any] | None:
    """Two columns counted against each other."""
    rows = played.state.found[number].material.rows
    keys = [key for key, _title in rows.columns] if rows else []
    if rows is None or down not in keys or across not in keys or down == across:
        return None
    first, second = keys.index(down), keys.index(across)
    heads, sides = rows.values(across), rows.values(down)
    if len(heads) > 8 or len(sides) > 12:
        return None
    counted = [
        (side, [sum(r[first] == side and r[second] == head for r in rows.rows) for head in heads])
        for side in sides
    ]
    return {"heads": heads, "rows": counted}


def steps(played: Played) -> list[dict[str, Any]]:
    """The way of a file with what is pinned to each step."""
    place, state = played.world.place, played.state
    return [
        {
            "step": step,
            "pins": [_as_pin(played, pin.evidence) for pin in pinned_at(state.pins, step.key)],
        }
        for step in place.steps
    ]


def _as_pin(played: Played, name: str) -> dict[str, Any]:
    number_, part = name.split("-")
    found = played.state.found[int(number_)]
    move = played.world.place.move(found.move)
    piece = None if part == "rows" else found.material.pieces[int(part)]
    return {
        "name": name,
        "number": int(number_),
        "move": move,
        "icon": icon_of(move.icon),
        "piece": piece,
        "light": "said" if piece and piece.kind != "seen" else "measured",
    }
