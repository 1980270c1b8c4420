"""Writes: what somebody types into a paper, undo and redo, and that a paper was taken along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from vuon.cases import own
from vuon.cases.own import Typed
from vuon.vietnamese import nfc
from vuon_web.audit.actions import record
from vuon_web.cases import queries
from vuon_web.cases.models import Paper, PaperVersion
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon.cases.desk import Filled, Template
    from vuon_web.accounts.models import Actor
    from vuon_web.challenges.models import Challenge

LONGEST, LONGEST_SOURCE = 4000, 400


def _held(challenge: Challenge, template: Template, by: Actor | None) -> Paper:
    """The paper, held until the end of the transaction; its first version is empty."""
    paper, made = Paper.objects.get_or_create(
        challenge=challenge, template=template.key, defaults={"language": template.language}
    )
    if made:
        PaperVersion.objects.create(owner=paper, n=queries.FIRST, text=own.write({}), author=by)
    return Paper.objects.select_for_update().get(pk=paper.pk)


@transaction.atomic
def keep(
    *,
    challenge: Challenge,
    template: Template,
    sent: Mapping[str, Typed],
    base: int,
    by: Actor,
) -> Paper:
    """Keep what was typed into fields; an empty text leaves the field to the work again.

    Args:
        sent: the fields of the page; those that still say what they said in version `base` are
            left as they are.
        base: the number of the version that was on the page.

    Raises:
        OvertakenError: somebody changed one of the fields meanwhile; nothing was kept.
    """
    paper = _held(challenge, template, by)
    before = queries.typed(paper, base)
    changes = {
        key: _clean(each)
        for key, each in sent.items()
        if _clean(each) != before.get(key, Typed("")) and (each.text.strip() or key in before)
    }
    if not changes:
        return paper

    def change(standing: dict[str, Typed]) -> str:
        return own.write({**standing, **changes})

    def thing(standing: dict[str, Typed]) -> dict[str, Typed | None]:
        return {key: standing.get(key) for key in changes}

    versions.changed(paper, base=base, read=own.read, change=change, thing=thing, by=by)
    record(by=by, verb="kept", kind="paper", object_id=paper.pk, template=template.key,
           fields=len(changes))  # fmt: skip
    return paper


def _clean(each: Typed) -> Typed:
    text = nfc(each.text.replace("\r\n", "\n").strip())[:LONGEST]
    return Typed(text, nfc(" ".join(each.source.split()))[:LONGEST_SOURCE], each.light)


@transaction.atomic
def undo(*, paper: Paper, steps: int, by: Actor) -> bool:
    """Take the last change back (`steps` -1) or bring it again (1); whether there was one."""
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    made = versions.restored(paper, steps=steps, by=by)
    if made is not None:
        record(by=by, verb="restored", kind="paper", object_id=paper.pk, version=made.n)
    return made is not None


@transaction.atomic
def take(
    *, challenge: Challenge, template: Template, filled: Filled, can_edit: bool, by: Actor | None
) -> None:
    """Write down that a paper was taken along: its key and counts, no word of it.

    From then on the thread shows that it rests on what it quotes. Readers leave no paper behind.
    """
    if can_edit:
        _held(challenge, template, by)
    if by is not None:
        record(
            by=by,
            verb="took",
            kind="paper",
            object_id=challenge.pk,
            template=template.key,
            missing=len(filled.missing),
            footnotes=filled.footnotes,
            unsourced=len(filled.unsourced),
            pages=filled.pages,
        )


@transaction.atomic
def put(
    *, challenge: Challenge, template: Template, text: str, by: Actor | None = None
) -> PaperVersion:
    """Take a whole text of what was typed (`vuon.cases.own`), as a further version.

    Raises:
        VuonError: it cannot be read; nothing was kept.
    """
    typed = own.read(text)
    paper = _held(challenge, template, by)
    made: Any = versions.changed(
        paper, base=None, read=own.read, change=lambda _: own.write(typed), by=by
    )
    record(by=by, verb="put", kind="paper", object_id=paper.pk, template=template.key)
    found: PaperVersion = made
    return found
