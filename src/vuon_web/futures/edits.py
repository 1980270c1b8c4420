"""What the forms ask for, as edits of the library's outlook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vuon.futures.outlook import Outlook, Watch, find
from vuon.futures.pathways import Reading
from vuon.futures.signals import Driver, Signal
from vuon.journeys.changes import key_for
from vuon.toml.table import Text
from vuon.vietnamese import nfc
from vuon_web.accounts.refusals import Refusal
from vuon_web.labs.wording import worded

Edit = Callable[[Outlook], Outlook]
#: Where each kind of part stands in an outlook.
PLACES = {"signal": "signals", "driver": "drivers", "signpost": "watches"}
MOST = 200


def part(kind: str, key: str) -> Callable[[Outlook], Any]:
    """The part that a form changes; a further one touches nobody's."""
    return lambda outlook: find(getattr(outlook, PLACES[kind]), key) if key else None


def _put(outlook: Outlook, kind: str, key: str, made: Callable[[str], Any]) -> Outlook:
    """The part made anew where it stands; else behind the others, under a key of its own."""
    parts = getattr(outlook, PLACES[kind])
    if find(parts, key):
        parts = tuple(made(key) if each.key == key else each for each in parts)
    elif len(parts) >= MOST:
        raise Refusal(_("There are 200 of them already. Take some out that nobody follows."))
    else:
        parts = (*parts, made(""))
    return replace(outlook, **{PLACES[kind]: parts})


def _key(outlook: Outlook, kind: str, words: str) -> str:
    return key_for(words, tuple(each.key for each in getattr(outlook, PLACES[kind])))


def signal(key: str, values: Mapping[str, Any], language: str) -> Edit:
    """A signal as the form says it, in the place of that one or as a further one."""

    def edit(outlook: Outlook) -> Outlook:
        old = find(outlook.signals, key) or Signal("", Text())
        made = replace(
            old,
            text=worded(old.text, values["text"], language),
            source=nfc(" ".join(values["source"].split())),
            seen=values["seen"],
            field=values["field"],
            horizon=values["horizon"],
        )
        # who presses twice on a slow network does not mean it twice
        if not key and any(replace(each, key="") == made for each in outlook.signals):
            return outlook
        return _put(
            outlook, "signal", key,
            lambda own: replace(made, key=own or _key(outlook, "signal", values["text"])),
        )  # fmt: skip

    return edit


def again(key: str, day: date) -> Edit:
    """A signal seen once more."""

    def seen(old: Signal) -> Signal:
        return old if day in old.again else replace(old, again=(*old.again, day))

    return lambda outlook: replace(
        outlook, signals=tuple(seen(s) if s.key == key else s for s in outlook.signals)
    )


def driver(key: str, values: Mapping[str, Any], language: str, today: date) -> Edit:
    """A driver as the form says it; the day is kept while its range stays."""

    def edit(outlook: Outlook) -> Outlook:
        old = find(outlook.drivers, key) or Driver("", Text())
        names = ("uncertainty", "low", "high", "unit", "set_by")
        told = {name: values[name] for name in names}
        same = all(getattr(old, name) == told[name] for name in names)
        made = replace(
            old,
            label=worded(old.label, values["label"], language),
            signals=tuple(values["signals"]),
            why=worded(old.why, values["why"], language),
            set_on=(old.set_on if same else today) if told["uncertainty"] else None,
            **told,
        )
        return _put(
            outlook, "driver", key,
            lambda own: replace(made, key=own or _key(outlook, "driver", values["label"])),
        )  # fmt: skip

    return edit


def watch(key: str, values: Mapping[str, Any], language: str) -> Edit:
    """A signpost with what makes it one: source, owner, rhythm, next action."""

    def edit(outlook: Outlook) -> Outlook:
        old = find(outlook.watches, key)
        if old is None:
            return outlook
        words = {
            n: worded(getattr(old, n), values[n], language) for n in ("source", "owner", "then")
        }
        plain = {n: values[n] for n in ("every_days", "lead_days", "per_month")}
        return _put(outlook, "signpost", key, lambda own: replace(old, **words, **plain))

    return edit


def reading(key: str, day: date, value: float) -> Edit:
    """A reading of a signpost; a second one of the same day takes its place."""

    def edit(outlook: Outlook) -> Outlook:
        old = find(outlook.watches, key)
        if old is None:
            return outlook
        others = [each for each in old.readings if each.on != day]
        told = tuple(sorted([*others, Reading(day, value)], key=lambda each: each.on))
        return _put(outlook, "signpost", key, lambda own: replace(old, readings=told))

    return edit


def proposing(watches: tuple[Watch, ...]) -> Edit:
    """Further drafts; what an idea watches already on that side is left as it is."""

    def edit(outlook: Outlook) -> Outlook:
        for each in watches:
            same = (each.idea, each.variable, each.op)
            if any((w.idea, w.variable, w.op) == same for w in outlook.watches):
                continue
            made = replace(each, key=_key(outlook, "signpost", each.name.say("vi")))
            if len(outlook.watches) < MOST:
                outlook = replace(outlook, watches=(*outlook.watches, made))
        return outlook

    return edit


def without(kind: str, key: str) -> Edit:
    """Without that part; a driver no longer rests on a signal that is gone."""

    def edit(outlook: Outlook) -> Outlook:
        left = tuple(each for each in getattr(outlook, PLACES[kind]) if each.key != key)
        outlook = replace(outlook, **{PLACES[kind]: left})
        if kind != "signal":
            return outlook
        return replace(
            outlook,
            drivers=tuple(
                replace(d, signals=tuple(s for s in d.signals if s != key)) for d in outlook.drivers
            ),
        )

    return edit
