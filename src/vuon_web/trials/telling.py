"""A plan in words, part by part, for whoever approves, prints or reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuon.errors import Words
from vuon.toml.table import Text
from vuon.trials.figures import plainly
from vuon.trials.monitor import stop_table
from vuon.trials.plans import name_of
from vuon.trials.protocol import MORE, NEW, OLD, SECTIONS, Outcome, Protocol, Rail
from vuon_web.trials.forms import LIGHTER
from vuon_web.trials.parts.base import KIND_WORDS

Rows = list[tuple[str, str]]


def told(plan: Protocol, language: str) -> list[dict[str, Any]]:
    """The parts of a plan, each with a title and its lines; what is empty is left out."""
    parts = (
        (_("The question"), _question),
        (_("What is measured"), _outcomes),
        (_("Who or what, when, and the lot"), _lot),
        (_("The new way and the old"), _ways),
        (_("How far it may go, and when it stops"), _safety),
        (_("What people are told"), _care),
        (_("What the law asks for"), _rules),
        (_("The end, and looks before it"), _end),
    )
    found = []
    for title, rows in parts:
        kept = [(label, said) for label, said in rows(plan, language) if said]
        if kept:
            found.append({"title": title, "rows": kept})
    return found


def short(plan: Protocol, language: str) -> Rows:
    """What somebody who answers for it must see first; what nobody said is said to be missing."""
    new = next((arm.changes.say(language) for arm in plan.arms if arm.key == NEW), "")
    limits = [
        _("at most %(n)s people") % {"n": plan.caps.people} if plan.caps.people else "",
        plan.caps.area.say(language),
        f"{_day(plan.begins)} – {_day(plan.ends)}" if plan.begins and plan.ends else "",
    ]
    guards = [rail.name.say(language) or rail.key for rail in plan.rails]
    guards += [text.say(language) for text in plan.stops]
    basis = [each.basis.say(language) for each in plan.exemptions if each.basis]
    basis.append(plan.section("authority").say(language))
    rows = [
        (_("What is tried"), new),
        (_("How far"), "; ".join(filter(None, limits))),
        (_("What could go wrong; then it stops"), "; ".join(guards)),
        (_("If somebody is harmed"), plan.care.harm_plan.say(language)),
        (_("Who makes it good"), plan.care.pays.say(language)),
        (_("Answerable"), plan.owner.say(language)),
        (_("On which basis"), "; ".join(filter(None, basis))),
    ]
    return [(label, said or _("not said")) for label, said in rows]


def _question(plan: Protocol, language: str) -> Iterator[tuple[str, str]]:
    lighter = dict(LIGHTER)
    yield _("Question"), plan.need.question.say(language)
    yield _("Looked at before"), "; ".join(str(lighter[key]) for key in plan.need.instead)
    yield _("Why that is not enough"), plan.need.why.say(language)
    yield _("Answerable"), plan.owner.say(language)


def _number(value: float, language: str) -> str:
    """A number as the language writes it; empty for nought."""
    return plainly(value).say(language) if value else ""


def gain(outcome: Outcome, language: str) -> str:
    """The gain from which it would be worth it, as people read it."""
    if outcome.worthwhile is None:
        return ""
    if outcome.kind == "yes_no":
        return _("%(n)s of 100 people") % {"n": _number(100 * outcome.worthwhile, language)}
    return _number(outcome.worthwhile, language)


def _outcomes(plan: Protocol, language: str) -> Iterator[tuple[str, str]]:
    for each in plan.outcomes:
        role = _("Decides") if each.role == "primary" else _("Looked at beside it")
        good = _("more is good") if each.better == MORE else _("less is good")
        name = each.name.say(language) or each.key
        yield role, f"{name} ({KIND_WORDS[each.kind]}; {good})"
        yield (
            _("Worth it from"),
            " ".join(filter(None, (gain(each, language), _unit(each, language)))),
        )
        yield _("Read from"), each.source.say(language)


def _unit(each: Outcome, language: str) -> str:
    return "" if each.kind == "yes_no" or each.worthwhile is None else each.unit.say(language)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _lot(plan: Protocol, language: str) -> Iterator[tuple[str, str]]:
    lot = plan.lot
    yield _("Lot"), name_of(lot).say(language)
    names = ", ".join(lot.units[:40]) + (" …" if len(lot.units) > 40 else "")
    yield _("Units"), f"{len(lot.units)}: {names}" if lot.units else ""
    yield _("Get the new way"), str(lot.treated) if lot.treated else ""
    yield _("Periods"), str(lot.periods or "")
    if plan.begins or plan.ends:
        yield _("From when to when"), f"{_day(plan.begins)} – {_day(plan.ends)}"
    yield _("Public number"), lot.public_number.say(language)
    yield _("Published on"), _day(lot.drawn_on)
    yield _("If it does not come"), lot.substitute.say(language)


def _ways(plan: Protocol, language: str) -> Iterator[tuple[str, str]]:
    for arm in plan.arms:
        label = {NEW: _("New way"), OLD: _("Usual way")}.get(arm.key, arm.key)
        yield label, arm.changes.say(language)
        yield _("Later for those who waited"), arm.benefit_return.say(language)


def _safety(plan: Protocol, language: str) -> Iterator[tuple[str, str]]:
    for rail in plan.rails:
        yield _("Guardrail"), rail_words(rail, language)
    for text in plan.stops:
        yield _("Stops at once"), text.say(language)
    caps = plan.caps
    yield _("People, at most"), str(caps.people or "")
    yield _("Days, at most"), str(caps.days or "")
    yield _("Million đồng, at most"), _number(caps.million_dong, language)
    yield _("Only here"), caps.area.say(language)


def rail_words(rail: Rail, language: str) -> str:
    """A guardrail with the counts at which it stops the trial."""
    name = rail.name.say(language) or rail.key
    if rail.method == "count":
        return _("%(name)s: stop at %(n)s") % {"name": name, "n": _number(rail.limit, language)}
    if rail.method == "mean":
        return _("%(name)s: on average at most %(n)s") % {
            "name": name,
            "n": _number(rail.limit, language),
        }
    stops = "; ".join(
        _("%(harmed)s of %(seen)s") % {"harmed": harmed, "seen": seen}
        for harmed, seen in stop_table(rail.limit, 100, rail.alarm)[:5]
    )
    return _("%(name)s: at most %(n)s of 100; stops at %(stops)s …") % {
        "name": name, "n": _number(100 * rail.limit, language), "stops": stops,
    }  # fmt: skip


def _care(plan: Protocol, language: str) -> Iterator[tuple[str, str]]:
    care = plan.care
    version = f" ({_('version')} {care.notice_version})" if care.notice_version else ""
    yield _("Notice") + version, care.notice.say(language)
    yield _("Leaving"), care.leaving.say(language)
    yield _("Complaints"), care.complaints.say(language)
    yield _("If somebody is harmed"), care.harm_plan.say(language)
    yield _("Who makes it good"), care.pays.say(language)
    if care.vulnerable:
        yield _("Protection"), _("People take part who need more protection; two people approve.")


def _rules(plan: Protocol, language: str) -> Iterator[tuple[str, str]]:
    for key, words in SECTIONS.items():
        label = Words(words).say(language)
        yield label[:1].upper() + label[1:], plan.section(key).say(language)
    for each in plan.exemptions:
        texts: tuple[Text, ...] = (each.rule, each.authority, each.basis, each.scope)
        said = [text.say(language) for text in texts if text]
        yield _("Set aside"), "; ".join(said) + f" {_day(each.begins)} – {_day(each.ends)}"


def _end(plan: Protocol, language: str) -> Iterator[tuple[str, str]]:
    yield _("At the end"), plan.exit_plan.say(language)
    for look in plan.looks:
        yield _("Look before the end"), _("after %(n)s, at %(a)s of 1,000") % {
            "n": look.after, "a": _number(1000 * look.alpha, language),
        }  # fmt: skip
