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

from vuon_web.audit.actions import record


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


def edited(
    owner: Any,
    *,
    kind: str,
    read: Callable[[str], Any],
    write: Callable[[Any], str],
    edit: Callable[[Any], Any],
    base: int | None,
    thing: Callable[[Any], Any] | None,
    by: Any,
) -> Version:
    """A further version of `owner`, which the caller holds locked, made by `edit`; recorded.

    Args:
        kind: what it is called in the record.
        read, write: the document of a text, and back.
        base, thing: as in `changed`.
    """
    made = changed(
        owner,
        base=base,
        read=read,
        change=lambda document: write(edit(document)),
        thing=thing,
        by=by,
    )
    record(by=by, verb="changed", kind=kind, object_id=owner.pk, version=made.n)
    return made


def stepped(owner: Any, *, kind: str, steps: int, by: Any) -> Version | None:
    """Undo or redo as in `restored`; recorded."""
    made = restored(owner, steps=steps, by=by)
    record(by=by, verb="restored", kind=kind, object_id=owner.pk, steps=steps)
    return made


def restored(owner: Any, *, steps: int, by: Any) -> Version | None:
    """A further version with an earlier text (`steps` -1, undo) or a later one (1, redo).

    None if there is nothing to go back or forward to.
    """
    way, at = _way(owner)
    if not 0 <= at + steps < len(way):
        return None
    wanted = numbered(owner, way[at + steps])
    now = latest(owner)
    if wanted is None or now is None:
        return None
    made: Version = owner.versions.create(
        n=now.n + 1, text=wanted.text, author=by, restores=wanted.n
    )
    return made


def _way(owner: Any) -> tuple[list[int], int]:
    """The versions that undo and redo lead through, by number, and which of them stands.

    Whoever writes after an undo leaves what was undone: redo no longer leads there.
    """
    way: list[int] = []
    at = -1
    for n, restores in owner.versions.order_by("n").values_list("n", "restores"):
        if restores in way:
            at = way.index(restores)
        else:
            way = [*way[: at + 1], n]
            at = len(way) - 1
    return way, at


def standing(owner: Any) -> tuple[str, int, bool, bool]:
    """The text that stands, its number, and whether there is something to undo and to redo."""
    now = latest(owner) if owner is not None else None
    if now is None:
        return "", 0, False, False
    way, at = _way(owner)
    return now.text, now.n, at > 0, at < len(way) - 1


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
