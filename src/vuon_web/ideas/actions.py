"""Writes: ideas as versions of their files, the silent round, dots, prototype cards."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from vuon.ideas.file import read, write
from vuon.ideas.model import Idea
from vuon.journeys.changes import key_for
from vuon.toml.table import Text
from vuon_web.accounts.refusals import Refusal
from vuon_web.audit.actions import record
from vuon_web.ideas import queries
from vuon_web.ideas.models import Board, Dot, IdeaPaper, Prototype
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.challenges.models import Challenge
    from vuon_web.labs.versions import Version

Edit = Callable[[Idea], Idea]
MOST = 200
#: Keys that would stand in an address where something else is.
RESERVED = ("new", "rounds", "bring", "futures")


def _locked(challenge: Challenge) -> Board:
    Board.objects.get_or_create(challenge=challenge)
    return Board.objects.select_for_update().get(challenge=challenge)


def _taken(board: Board) -> tuple[str, ...]:
    return (*RESERVED, *board.papers.values_list("key", flat=True))


@transaction.atomic
def add(*, challenge: Challenge, name: Text, text: Text, by: Actor | None) -> IdeaPaper:
    """A new idea; in a silent round its author's alone."""
    board = _locked(challenge)
    if board.papers.count() >= MOST:
        raise Refusal(_("There are 200 ideas already. Take some out that nobody follows."))
    return _place(board, Idea(key_for(name.vi or name.en, ()), name, text), by)


def _key(board: Board, wanted: str, silent: bool) -> str:
    """A key like `wanted` that no idea of the board has."""
    if silent:
        # A number behind it would tell that somebody else silently wrote the same name.
        return f"{wanted[:40]}_{secrets.token_hex(3)}"
    taken = _taken(board)
    return key_for(wanted, taken) if wanted in taken else wanted


def _place(board: Board, idea: Idea, by: Actor | None) -> IdeaPaper:
    silent = board.silent and by is not None
    idea = replace(idea, key=_key(board, idea.key, silent))
    made = IdeaPaper.objects.create(board=board, key=idea.key, author=by, silent=silent)
    made.versions.create(n=1, text=write(idea), author=by)
    record(by=by, verb="added", kind="idea", object_id=made.pk)
    return made


@transaction.atomic
def put(*, challenge: Challenge, text: str, by: Actor | None) -> IdeaPaper:
    """The idea of an `idea.toml`, as a further version where one of its key is there already.

    Raises:
        VuonError: the text cannot be read; nothing was written.
    """
    idea = read(text)
    if idea.key in RESERVED:
        idea = replace(idea, key=f"{idea.key}_idea")
    board = _locked(challenge)
    standing = board.papers.filter(key=idea.key).first()
    others = standing and standing.silent and (by is None or standing.author_id != by.pk)
    if standing is None or others:
        return _place(board, idea, by)
    change(paper=standing, edit=lambda _: idea, by=by)
    return standing


@transaction.atomic
def change(
    *,
    paper: IdeaPaper,
    edit: Edit,
    by: Actor | None,
    base: int | None = None,
    thing: Callable[[Idea], Any] | None = None,
) -> Version:
    """The idea after `edit`.

    Raises:
        OvertakenError: somebody changed that part since `base`; nothing was written.
    """
    return versions.edited(
        IdeaPaper.objects.select_for_update().get(pk=paper.pk),
        kind="idea",
        read=read,
        write=write,
        edit=edit,
        base=base,
        thing=thing,
        by=by,
    )


@transaction.atomic
def step_back(*, paper: IdeaPaper, steps: int, by: Actor) -> Version | None:
    """Undo (-1) or redo (1); None if there is nothing to go to."""
    owner = IdeaPaper.objects.select_for_update().get(pk=paper.pk)
    return versions.stepped(owner, kind="idea", steps=steps, by=by)


@transaction.atomic
def delete_idea(*, paper: IdeaPaper, by: Actor) -> None:
    """Delete an idea with its versions, dots and cards."""
    record(by=by, verb="deleted", kind="idea", object_id=paper.pk)
    paper.delete()


@transaction.atomic
def set_silent(*, challenge: Challenge, silent: bool, by: Actor) -> Board:
    """Begin the silent round, or end it: then everything is shown at once."""
    board = _locked(challenge)
    board.silent = silent
    board.save()
    if not silent:
        board.papers.update(silent=False)
    record(by=by, verb="silenced" if silent else "shown", kind="board", object_id=board.pk)
    return board


@transaction.atomic
def set_voting(*, challenge: Challenge, voting: str, by: Actor) -> Board:
    """Open a vote, which begins without dots, or close it: then the counts are shown."""
    board = _locked(challenge)
    if voting == "open" and board.voting != "open":
        Dot.objects.filter(paper__board=board).delete()
    board.voting = voting
    board.save()
    record(by=by, verb="voting", kind="board", object_id=board.pk, state=voting or "none")
    return board


@transaction.atomic
def give_dot(*, paper: IdeaPaper, by: Actor) -> None:
    """Give a dot, or take one's own back.

    Raises:
        Refusal: no vote is open, or all one's dots are given.
    """
    board = Board.objects.select_for_update().get(pk=paper.board_id)
    if board.voting != "open":
        raise Refusal(_("No vote is open now."))
    own = paper.dots.filter(giver=by)
    if own.exists():
        own.delete()
        return
    if Dot.objects.filter(paper__board=board, giver=by).count() >= queries.DOTS:
        raise Refusal(_("Your three dots are given. Take one back first."))
    Dot.objects.create(paper=paper, giver=by)
    # Not even the record says to which idea.
    record(by=by, verb="voted", kind="board", object_id=board.pk)


@transaction.atomic
def keep_prototype(
    *,
    paper: IdeaPaper,
    words: Mapping[str, Mapping[str, str]],
    day: date,
    by: Actor | None,
    card: Prototype | None = None,
) -> Prototype:
    """A new prototype card, or other words on one.

    Args:
        words: by name of `CARD`, then by language; languages that are not named stay.
    """
    card = card or Prototype(paper=paper, author=by)
    card.words = {name: {**card.words.get(name, {}), **said} for name, said in words.items()}
    card.day = day
    card.save()
    record(by=by, verb="kept", kind="prototype", object_id=card.pk)
    return card


@transaction.atomic
def delete_prototype(*, card: Prototype, by: Actor) -> None:
    """Delete a prototype card."""
    record(by=by, verb="deleted", kind="prototype", object_id=card.pk)
    card.delete()
