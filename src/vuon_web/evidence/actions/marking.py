"""Marking passages and labelling them. Every mark has the id its device gave it, so that sending
it twice marks once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vuon.evidence.text import snap
from vuon.vietnamese import fold, nfc
from vuon_web.accounts.refusals import Refusal
from vuon_web.audit.actions import record
from vuon_web.evidence import queries
from vuon_web.evidence.models import Code, Coding, Corpus, Passage, Source

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

from django.utils.translation import gettext as _

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COLOURS = tuple(colour for colour, _name in Code.COLOURS)
MOST_CODES = 300


@transaction.atomic
def add_code(
    *,
    corpus: Corpus,
    name: str,
    by: Actor | None,
    language: str = "vi",
    names: dict[str, str] | None = None,
    definitions: dict[str, str] | None = None,
    letter: str = "",
    colour: str = "",
) -> Code:
    """A label; the one of that name, whatever its accents and case, if it is there."""
    wanted = fold(" ".join(name.split()))
    known = list(corpus.codes.all())
    for code in known:
        if wanted in {fold(each) for each in code.names.values()}:
            return code
    if len(known) >= MOST_CODES:
        raise Refusal(_("There are 300 labels already. Delete some that nobody uses."))
    made = Code.objects.create(
        corpus=corpus,
        names=names or {language: nfc(" ".join(name.split()))[:80]},
        definitions=definitions or {},
        letter=letter or _letter(len(known)),
        colour=colour or COLOURS[len(known) % len(COLOURS)],
    )
    record(by=by, verb="added", kind="code", object_id=made.pk)
    return made


def _letter(number: int) -> str:
    first, second = divmod(number, len(LETTERS))
    return (LETTERS[first - 1] if first else "") + LETTERS[second]


@transaction.atomic
def change_code(
    *, code: Code, name: str, definition: str, colour: str, by: Actor, language: str
) -> Code:
    """Another name, definition or colour of a label."""
    code.names = {**code.names, language: nfc(" ".join(name.split()))[:80]}
    code.definitions = {**code.definitions, language: nfc(definition.strip())[:600]}
    code.colour = colour if colour in COLOURS else code.colour
    code.save()
    record(by=by, verb="changed", kind="code", object_id=code.pk)
    return code


@transaction.atomic
def delete_code(*, code: Code, by: Actor) -> None:
    """Delete a label; the passages stay, without it."""
    record(by=by, verb="deleted", kind="code", object_id=code.pk, used=code.codings.count())
    code.delete()


@transaction.atomic
def mark(
    *,
    source: Source,
    client: str,
    start: int,
    end: int,
    by: Actor | None,
    code: Code | None = None,
    against: bool = False,
    translation_of: Passage | None = None,
) -> Passage:
    """A passage of the text as it stands, with a label or without.

    Raises:
        VuonError: `evidence.outside` or `evidence.nothing_marked`.
        Refusal: the source has no text any more.
    """
    known = source.passages.filter(client=client).first() if client else None
    if known is not None:
        return known
    version = queries.text_of(source)
    if version is None:
        raise Refusal(_("There is no text here any more."))
    start, end = snap(version.text, start, end)
    passage = Passage.objects.create(
        source=source,
        version=version,
        start=start,
        end=end,
        client=client[:40],
        against=against,
        author=by,
        translation_of=translation_of,
    )
    if code is not None:
        Coding.objects.create(passage=passage, code=code, author=by)
    record(by=by, verb="marked", kind="passage", object_id=passage.pk, length=end - start)
    return passage


@transaction.atomic
def unmark(*, passage: Passage, by: Actor) -> None:
    """Take a passage away; where a finding rests on it, the finding shows that it is gone."""
    record(by=by, verb="unmarked", kind="passage", object_id=passage.pk)
    passage.delete()
