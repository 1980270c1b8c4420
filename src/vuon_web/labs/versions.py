"""Documents that people change together: every state is kept, and two who change the same thing
both keep their words.

An app makes a concrete model with a foreign key `owner` to what the versions are of:
`class JourneyVersion(Version): owner = ForeignKey("journeys.Journey", …)`.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models


class Version(models.Model):
    """The whole text of a document from `at` on; never changed.

    `restores` is the number of the version whose text it takes up again (undo and redo).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    n = models.PositiveIntegerField()
    text = models.TextField()
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    restores = models.PositiveIntegerField(null=True)

    owner: Any

    class Meta:
        abstract = True
        ordering = ("n",)


class OvertakenError(Exception):
    """Somebody changed the same thing meanwhile; nothing was written, both texts are at hand.

    Args:
        latest: the number of the version that stands.
        theirs: the thing as it stands there.
    """

    def __init__(self, latest: int, theirs: Any) -> None:
        super().__init__()
        self.latest = latest
        self.theirs = theirs


def latest(owner: Any) -> Version | None:
    """The version that stands."""
    found: Version | None = owner.versions.order_by("-n").first()
    return found


def numbered(owner: Any, n: int) -> Version | None:
    """The version of that number."""
    found: Version | None = owner.versions.filter(n=n).first()
    return found


def changed(
    owner: Any,
    *,
    base: int | None,
    read: Callable[[str], Any],
    change: Callable[[Any], str],
    thing: Callable[[Any], Any] | None = None,
    by: Any,
) -> Version:
    """A further version of `owner`, which the caller holds locked, made by `change`.

    Args:
        base: the number of the version that the person had on the page; None for the latest.
        read: the document of a text.
        change: the new text of a document.
        thing: the part that is changed. `OvertakenError` is raised if others changed it since
            `base`; what they did elsewhere in the document stays.
        by: who changes it.
    """
    now = latest(owner)
    text = now.text if now else ""
    document = read(text)
    if thing is not None and now is not None and base is not None and base != now.n:
        before = numbered(owner, base)
        if before is None or thing(read(before.text)) != thing(document):
            raise OvertakenError(now.n, thing(document))
    new = change(document)
    if now is not None and new == now.text:
        return now
    made: Version = owner.versions.create(n=(now.n if now else 0) + 1, text=new, author=by)
    return made


def restored(owner: Any, *, steps: int, by: Any) -> Version | None:
    """A further version with an earlier text (`steps` -1, undo) or a later one (1, redo).

    None if there is nothing to go back or forward to.
    """
    now = latest(owner)
    if now is None:
        return None
    at = now.restores or now.n
    wanted = numbered(owner, at + steps)
    # Redo leads only through what an undo has left.
    if wanted is None or (steps > 0 and now.restores is None):
        return None
    while wanted is not None and wanted.restores is not None:
        # Undoing an undo's own version would go round in circles.
        wanted = numbered(owner, wanted.restores + steps)
    if wanted is None:
        return None
    made: Version = owner.versions.create(
        n=now.n + 1, text=wanted.text, author=by, restores=wanted.n
    )
    return made


def standing(owner: Any) -> tuple[str, int, bool, bool]:
    """The text that stands, its number, and whether there is something to undo and to redo."""
    now = latest(owner) if owner is not None else None
    if now is None:
        return "", 0, False, False
    return now.text, now.n, can_step(now, -1), can_step(now, 1)


def can_step(now: Version, steps: int) -> bool:
    """Whether undo (-1) or redo (1) has something to go to from here."""
    if steps > 0:
        return now.restores is not None and numbered(now.owner, now.restores + 1) is not None
    return (now.restores or now.n) > 1


#: A string in a TOML text: what people wrote stands in strings, and nowhere else.
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def sentences(version: Version) -> Iterator[tuple[str, Callable[[str], None]]]:
    """Every string of several words in the text, and how to write it anew."""
    for written in {each.group() for each in _STRING.finditer(version.text)}:
        said = json.loads(written)
        if len(said.split()) > 1:
            yield said, _writer(version, written)


def _writer(version: Version, written: str) -> Callable[[str], None]:
    def write(text: str) -> None:
        anew = json.dumps(text, ensure_ascii=False)
        version.text = version.text.replace(written, anew)
        version.save(update_fields=("text",))

    return write
