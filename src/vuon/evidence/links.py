"""Ends, the links between them, and the thread they make; a link that may not be is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from vuon.errors import N_, VuonError, Words
from vuon.evidence.relations import (
    KINDS,
    STRENGTHS,
    WITNESSES,
    allowed,
    carries,
    is_feedback,
    refuse,
    source_is_lower,
)

STATES = ("exact", "moved", "changed", "orphan", "withdrawn")


@dataclass(frozen=True)
class End:
    """Something that links lead to.

    Args:
        kind: one of `vuon.evidence.relations.KINDS`.
        id: names it within the thread, whatever its kind.
        title: what people call it.
        participants: who spoke or was seen, by pseudonym; for passages, stories, observations.
        state: one of `STATES`; "orphan" if its words are no longer found, "withdrawn" if the
            person took them back.
        source: the id of the source it stands in; `source_kind` is that source's kind.
        translation_of: the id of the passage it translates: both count as one.
        counter_searched: for a finding, whether somebody looked for the opposite.
    """

    kind: str
    id: str
    title: str = ""
    participants: frozenset[str] = frozenset()
    state: str = "exact"
    source: str = ""
    source_kind: str = ""
    translation_of: str = ""
    counter_searched: bool = False

    @property
    def is_witness(self) -> bool:
        """Whether the thread begins here: with what people said, did or were seen doing."""
        return self.kind in WITNESSES


@dataclass(frozen=True)
class Link:
    """A link between the ends with the ids `source` and `target`.

    Args:
        strength: one of "weak", "fair", "strong", as people judged it; no grade is made of it.
        why: why it is so; for a contradiction, why the claim holds all the same.
        answered: for a contradiction, whether `why` answers it.
    """

    source: str
    relation: str
    target: str
    strength: str = "fair"
    why: str = ""
    answered: bool = False

    @property
    def is_against(self) -> bool:
        """Whether one end speaks against the other."""
        return self.relation in ("contradicts", "refuted_by")

    @property
    def is_open(self) -> bool:
        """Whether it is a contradiction that nobody has answered in words."""
        return self.is_against and not (self.answered and self.why.strip())


class Tie(NamedTuple):
    """A link as it lies in a thread: what is `lower` is nearer to what people said.

    `feedback` leads back from a result; `carries` says whether the upper end rests on the lower.
    """

    link: Link
    lower: str
    upper: str
    feedback: bool
    carries: bool


# Compared as the one it is: by content, 20,000 links would be hashed at every question.
@dataclass(frozen=True, eq=False)
class Thread:
    """Ends and links as they are stored. Nothing is refused here: `check` tells what is wrong."""

    ends: tuple[End, ...] = ()
    links: tuple[Link, ...] = ()

    @cached_property
    def kept(self) -> dict[str, object]:
        """What was reckoned from this thread, kept with it and gone with it."""
        return {}

    @cached_property
    def by_id(self) -> Mapping[str, End]:
        """The ends by their ids."""
        return MappingProxyType({end.id: end for end in self.ends})

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """The links between ends that are both there, as they lie in the thread."""
        kinds = {end.id: end.kind for end in self.ends}
        return tuple(
            _tie(link, kinds[link.source], kinds[link.target])
            for link in self.links
            if link.source in kinds and link.target in kinds
        )

    @cached_property
    def below(self) -> Mapping[str, tuple[Tie, ...]]:
        """The ties under an end, by its id."""
        return _grouped((tie.upper, tie) for tie in self.ties)

    @cached_property
    def above(self) -> Mapping[str, tuple[Tie, ...]]:
        """The ties over an end, by its id."""
        return _grouped((tie.lower, tie) for tie in self.ties)

    @cached_property
    def loose(self) -> tuple[Link, ...]:
        """The links of which an end is missing."""
        known = self.by_id
        return tuple(
            link for link in self.links if link.source not in known or link.target not in known
        )

    def end(self, id: str) -> End:
        """The end with this id.

        Raises:
            VuonError: `thread.unknown`.
        """
        found = self.by_id.get(id)
        if found is None:
            raise VuonError(
                "thread.unknown",
                Words(N_("Nothing in the thread has the name {id}."), {"id": id}),
                Words(N_("It may have been deleted. Choose another end.")),
            )
        return found


def in_other_states(thread: Thread, ends: Iterable[End]) -> Thread:
    """The thread with other states of the same ends, of the same ids and kinds."""
    other = Thread(tuple(ends), thread.links)
    # How links lie depends on ids and kinds alone: this need not be found out again.
    vars(other)["ties"] = thread.ties
    return other


def _grouped(pairs: Iterable[tuple[str, Tie]]) -> Mapping[str, tuple[Tie, ...]]:
    found: dict[str, list[Tie]] = {}
    for id, tie in pairs:
        found.setdefault(id, []).append(tie)
    return {id: tuple(ties) for id, ties in found.items()}


def _tie(link: Link, source_kind: str, target_kind: str) -> Tie:
    up, back, bears = _laid(source_kind, link.relation, target_kind)
    if up:
        return Tie(link, link.source, link.target, back, bears)
    return Tie(link, link.target, link.source, back, bears)


@lru_cache(maxsize=4096)
def _laid(source_kind: str, relation: str, target_kind: str) -> tuple[bool, bool, bool]:
    """Whether the source is lower, whether it leads back from a result, whether it carries."""
    back = is_feedback(source_kind, relation, target_kind)
    return (
        source_is_lower(source_kind, relation, target_kind),
        back,
        carries(relation) and not back,
    )


def joined(thread: Thread, link: Link) -> Thread:
    """The thread with one link more.

    Raises:
        VuonError: `thread.unknown`, `thread.strength`, `thread.refused` (it names what is
            allowed) or `thread.cycle` (it shows the way round).

    >>> ends = (End("passage", "q1"), End("finding", "f1"))
    >>> len(joined(Thread(ends), Link("q1", "supports", "f1")).links)
    1
    """
    source, target = thread.end(link.source), thread.end(link.target)
    if not allowed(source.kind, link.relation, target.kind):
        raise refuse(source.kind, link.relation, target.kind)
    if link.strength not in STRENGTHS:
        raise VuonError(
            "thread.strength",
            Words(N_("“{strength}” is no strength of a link."), {"strength": link.strength}),
            Words(N_("Choose one of: {known}."), {"known": ", ".join(STRENGTHS)}),
        )
    round_trip = cycle(thread, link)
    if round_trip:
        way = " → ".join(thread.end(id).title or id for id in round_trip)
        raise VuonError(
            "thread.cycle",
            Words(N_("With this link something would rest on itself: {way}."), {"way": way}),
            Words(N_("Take out one of the links on this way, then link again.")),
        )
    return Thread(thread.ends, (*thread.links, link))


def cycle(thread: Thread, link: Link) -> tuple[str, ...]:
    """The shortest way round that `link` would close, from an end back to it; empty if none.

    Links that lead back from a result close none: they are dated and point at a snapshot.

    >>> ends = (End("finding", "a"), End("finding", "b"))
    >>> cycle(Thread(ends, (Link("a", "contradicts", "b"),)), Link("b", "contradicts", "a"))
    ('b', 'a', 'b')
    """
    new = _tie(link, thread.end(link.source).kind, thread.end(link.target).kind)
    if new.feedback:
        return ()
    came: dict[str, str] = {new.upper: ""}
    queue = [new.upper]
    for here in queue:
        if here == new.lower:
            path = [here]
            while came[path[-1]]:
                path.append(came[path[-1]])
            return (new.lower, *reversed(path))
        for tie in thread.above.get(here, ()):
            if not tie.feedback and tie.upper not in came:
                came[tie.upper] = here
                queue.append(tie.upper)
    return ()


def strange(thread: Thread) -> tuple[tuple[Link, str, str], ...]:
    """Stored links that may not be, with the kinds of their ends: from older or imported files."""
    found = []
    for tie in thread.ties:
        source, target = thread.by_id[tie.link.source].kind, thread.by_id[tie.link.target].kind
        if source not in KINDS or not allowed(source, tie.link.relation, target):
            found.append((tie.link, source, target))
    return tuple(found)
