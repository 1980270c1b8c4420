"""Signposts and ranges in words, for the pages of futures and of ideas."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuon.errors import Words
from vuon.futures.outlook import Watch
from vuon.futures.pathways import STATUS, due
from vuon.futures.signals import Driver, Signal
from vuon.toml.table import Text
from vuon_web.futures import numbers

#: How a status looks; its word always stands beside the colour.
LOOKS = {"far": "", "near": "tag-sun", "crossed": "tag-clay", "no_data": ""}


def watch(each: Watch, language: str) -> dict[str, Any]:
    """A signpost as pages show it."""
    post = each.signpost
    last = each.readings[-1] if each.readings else None
    limit = numbers.worded(each.limit, each.unit, language)
    threshold = numbers.worded(post.threshold, each.unit, language)
    return {
        "watch": each,
        "name": each.name.say(language),
        "sentence": post.say(each.name.say(language), threshold).say(language),
        "draft": post.draft,
        "status": Words(STATUS[post.status]).say(language),
        "look": LOOKS[post.status],
        "silent": post.silent(timezone.localdate()),
        "moved": limit if threshold != limit else "",
        "too_late": bool(each.lead_days) and each.per_month is None,
        "source": each.source.say(language),
        "owner": each.owner.say(language),
        "then": each.then.say(language),
        "last": last and numbers.worded(last.value, each.unit, language),
        "last_on": last and last.on,
        "readings": [
            {"on": one.on, "value": numbers.worded(one.value, each.unit, language),
             "says": Words(STATUS[post.of(one.value)]).say(language)}
            for one in reversed(each.readings)
        ],
    }  # fmt: skip


def clause(each: Watch) -> Text:
    """When a rule is looked at again, in both languages: what the signpost says as it stands."""
    post = each.signpost
    said = {}
    for language in ("vi", "en"):
        value = numbers.worded(post.threshold, each.unit, language)
        said[language] = post.when(each.name.say(language), value).say(language)
    return Text(**said)


def line(watches: tuple[Watch, ...]) -> str:
    """How it stands with signposts, for the page of a task: what calls comes first."""
    posts = [each.signpost for each in watches]
    calling = len(due(posts, timezone.localdate()))
    if calling:
        return ngettext("%(n)d signpost calls", "%(n)d signposts call", calling) % {"n": calling}
    near = sum(each.status == "near" for each in posts)
    if near:
        return ngettext("%(n)d signpost is near", "%(n)d signposts are near", near) % {"n": near}
    return ngettext("%(n)d signpost", "%(n)d signposts", len(posts)) % {"n": len(posts)}


def setter(driver: Driver, signals: tuple[Signal, ...], language: str) -> dict[str, Any]:
    """Who set a range, when, why, and from which signals."""
    return {
        "driver": driver,
        "label": driver.label.say(language),
        "by": driver.set_by or _("nobody named"),
        "on": driver.set_on,
        "why": driver.why.say(language),
        "signals": [each.text.say(language) for each in signals],
    }
