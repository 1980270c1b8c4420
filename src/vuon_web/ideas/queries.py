"""Reads: the ideas of a task as far as they may be seen, dots as counts, prototype cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404

from vuon.ideas.file import read
from vuon.ideas.model import Idea
from vuon_web.accounts.visibility import Audience
from vuon_web.ideas.models import Board, Dot, IdeaPaper, Prototype
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

#: How many dots each person has.
DOTS = 3
#: Of fewer people no sum is shown: whoever gave dots too could take their own away from it.
FEWEST = 3


@dataclass(frozen=True)
class Told:
    """An idea with what is known of it on its board."""

    paper: IdeaPaper
    idea: Idea
    dots: int


def board_of(challenge: Challenge) -> Board | None:
    """The board of a task; None before its first idea."""
    return Board.objects.filter(challenge=challenge).first()


def told(board: Board | None, actor_id: UUID | None) -> list[Told]:
    """The ideas that a person sees: all that are shown, and their own silent ones.

    Once dots are counted those with most come first; before, no dot is.
    """
    if board is None:
        return []
    papers = board.papers.annotate(given=Count("dots")).order_by("at", "id")
    shows = counted(board)
    found = [
        Told(each, read(text), each.given if shows else 0)
        for each in papers
        if (not each.silent or (actor_id is not None and each.author_id == actor_id))
        and (text := versions.standing(each)[0])
    ]
    return sorted(found, key=lambda row: -row.dots)


def ideas_of(challenge: Challenge) -> list[Idea]:
    """The ideas of a task that everybody sees who sees the task, the chosen ones first."""
    return [row.idea for row in told(board_of(challenge), None)]


def prototypes_of(challenge: Challenge) -> QuerySet[Prototype]:
    """The prototype cards of a task."""
    found = Prototype.objects.filter(paper__board__challenge=challenge, paper__silent=False)
    return found.select_related("paper")


def paper_for(challenge: Challenge, key: str, audience: Audience) -> IdeaPaper:
    """An idea by its key, or Http404; a silent one for its author alone."""
    found = IdeaPaper.objects.filter(board__challenge=challenge, key=key).first()
    if found is None or (found.silent and found.author_id != audience.actor_id):
        raise Http404
    return found


def idea_of(paper: IdeaPaper) -> Idea:
    """What an idea says as it stands."""
    return read(versions.standing(paper)[0])


def idea_at(paper: IdeaPaper, base: int | None) -> Idea:
    """What an idea said in the version that a page showed; as it stands where that is unknown."""
    shown = versions.numbered(paper, base) if base is not None else None
    return read(shown.text) if shown else idea_of(paper)


def own_dots(board: Board | None, actor_id: UUID | None) -> set[str]:
    """The keys of the ideas to which a person gave a dot: shown to themselves alone."""
    if board is None or actor_id is None:
        return set()
    found = Dot.objects.filter(paper__board=board, giver_id=actor_id)
    return set(found.values_list("paper__key", flat=True))


def counted(board: Board | None) -> bool:
    """Whether dots are shown as sums: the vote is closed, and enough people gave some."""
    return board is not None and board.voting == "closed" and voters(board) >= FEWEST


def writers(board: Board) -> int:
    """How many people have written in the silent round."""
    return board.papers.filter(silent=True).values("author").distinct().count()


def voters(board: Board) -> int:
    """How many people have given a dot."""
    return Dot.objects.filter(paper__board=board).values("giver").distinct().count()
