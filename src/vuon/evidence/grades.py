"""What makes an end of the thread weak, and who stands behind it: reckoned once for a thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from vuon.errors import N_, Words
from vuon.evidence.links import End, Link, Thread, Tie
from vuon.evidence.relations import WITNESSES

#: Sources that were seen or written rather than said: each is a witness of its own.
SEEN_KINDS = ("observation", "document", "communication_piece")
#: A persona of fewer people could be recognised as one of them.
LEAST_FOR_A_PERSONA = 3
_WITNESSES = frozenset(WITNESSES)


class Level(IntEnum):
    """How well something holds, from the worst to the best; never a percentage."""

    BROKEN = 0
    ASSUMED = 1
    SINGLE_VOICE = 2
    CONTESTED = 3
    NOT_SEARCHED = 4
    SOUND = 5

    @property
    def words(self) -> Words:
        """The level in plain words.

        >>> Level.SINGLE_VOICE.words.say("en")
        'one voice only'
        """
        return Words(_LEVELS[self])


_LEVELS = {
    Level.BROKEN: N_("broken: something it rests on is gone"),
    Level.ASSUMED: N_("an assumption nobody has checked"),
    Level.SINGLE_VOICE: N_("one voice only"),
    Level.CONTESTED: N_("contradicted, not yet answered"),
    Level.NOT_SEARCHED: N_("nobody has looked for the opposite yet"),
    Level.SOUND: N_("holds so far"),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong at the end `id`, and what to do; at `SOUND` it is only a hint."""

    level: Level
    id: str
    what: Words
    do: Words


_SAID: Mapping[str, tuple[Level, str, str]] = {
    "withdrawn": (
        Level.BROKEN,
        N_("Who said this has taken it back."),
        N_("Do not use it any more."),
    ),
    "orphan": (
        Level.BROKEN,
        N_("The words of this passage are no longer found in its text."),
        N_("Open the text and mark them again, or take the link out."),
    ),
    "changed": (
        Level.SOUND,
        N_("The words of this passage have changed since it was marked."),
        N_("Read it again and see whether it still says the same."),
    ),
    "deleted": (
        Level.BROKEN,
        N_("Something it rests on has been deleted."),
        N_("Take the link out, or link something else."),
    ),
    "circle": (
        Level.BROKEN,
        N_("The links under it go round in a circle."),
        N_("Take out one of the links of the circle."),
    ),
    "taken_back": (
        Level.ASSUMED,
        N_("All it rested on has been taken back by those who said it."),
        N_("Find others who can tell, or give it up."),
    ),
    "assumed": (
        Level.ASSUMED,
        N_("It rests on nothing yet."),
        N_("Link what was said, seen or found, or go and ask."),
    ),
    "single": (
        Level.SINGLE_VOICE,
        N_("Only one person, or nobody known, stands behind it."),
        N_("Look for others who say the same, or the opposite."),
    ),
    "contested": (
        Level.CONTESTED,
        N_("Something speaks against it and has not been answered ({count})."),
        N_("Read it; write at the link why the claim holds all the same, or change the claim."),
    ),
    "not_searched": (
        Level.NOT_SEARCHED,
        N_("Nobody has looked for the opposite yet."),
        N_("Look through those who were not quoted here, and note who looked."),
    ),
    "persona": (
        Level.SOUND,
        N_("Fewer than {least} people stand behind this persona; it could be recognised."),
        N_("Add people, or do not show it outside the team."),
    ),
}  # fmt: skip


def _problem(id: str, key: str, **fields: int) -> Problem:
    level, what, do = _SAID[key]
    return Problem(level, id, Words(what, fields), Words(do, fields))


def _lineage(thread: Thread, end: End) -> tuple[End, ...]:
    """An end, what it translates, and so on."""
    found = {end.id: end}
    while end.translation_of in thread.by_id and end.translation_of not in found:
        end = thread.by_id[end.translation_of]
        found[end.id] = end
    return tuple(found.values())


def origin(thread: Thread, end: End) -> End:
    """The passage that `end` translates, or `end` itself; both count as one."""
    return end if not end.translation_of else _lineage(thread, end)[-1]


def is_withdrawn(thread: Thread, end: End) -> bool:
    """Whether it, or what it translates, was taken back."""
    if not end.translation_of:
        return end.state == "withdrawn"
    return any(each.state == "withdrawn" for each in _lineage(thread, end))


def voices(thread: Thread, end: End) -> tuple[frozenset[str], frozenset[str]]:
    """The people behind a witness, and the source if that is a witness of its own.

    A story without a participant was told by somebody: it counts as one person, by its id. What
    was seen in a public room or stands in a document has no person behind it; its source counts.
    """
    first = origin(thread, end)
    people = first.participants or end.participants
    if people:
        return people, frozenset()
    if first.kind == "story":
        return frozenset({first.id}), frozenset()
    if first.kind == "observation" or first.source_kind in SEEN_KINDS:
        return frozenset(), frozenset({first.source or first.id})
    return frozenset(), frozenset()


class Reckoning:
    """People and levels of every end, from below upwards.

    People are kept as bits of a whole number, so that joining those of many ends stays quick.
    """

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        self._bits: dict[tuple[str, str], int] = {}
        self._people = 0
        self.gone: set[str] = set()
        self.masks: dict[str, int] = {}
        self.levels = {end.id: Level.SOUND for end in thread.ends}
        self.weakest: dict[str, str] = {}
        self.problems: dict[str, tuple[Problem, ...]] = {}
        for end in thread.ends:
            if end.is_witness:
                self._hear(end)
        self._loose = _losers(thread)
        self._rests: dict[str, list[Tie]] = {}
        self._against: dict[str, list[tuple[Link, str]]] = {}
        self._sort_ties()
        for id, in_order in self._order():
            self._reckon(thread.by_id[id], in_order)

    def _hear(self, end: End) -> None:
        """Who speaks in a witness, and whether it can still be heard."""
        mask = self._mask(end)
        state = end.state
        if is_withdrawn(self.thread, end):
            self.gone.add(end.id)
            state = "withdrawn"
        if state in _SAID:
            found = _problem(end.id, state)
            self.problems[end.id], self.levels[end.id] = (found,), found.level
        self.masks[end.id] = 0 if state in ("withdrawn", "orphan") else mask

    def _mask(self, end: End) -> int:
        people, seen = voices(self.thread, end)
        mask = 0
        for kind, names in (("person", people), ("source", seen)):
            for name in names:
                bit = self._bits.setdefault((kind, name), 1 << len(self._bits))
                self._people |= bit if kind == "person" else 0
                mask |= bit
        return mask

    def _sort_ties(self) -> None:
        """Keep what an end rests on, and what speaks against it, without what was taken back.

        Two findings that contradict each other are both in doubt, whichever was linked to which.
        """
        for tie in self.thread.ties:
            if tie.lower in self.gone:
                continue
            if tie.carries:
                self._rests.setdefault(tie.upper, []).append(tie)
            elif tie.link.is_against:
                self._against.setdefault(tie.upper, []).append((tie.link, tie.lower))
                if not (tie.feedback or self.thread.by_id[tie.lower].is_witness):
                    self._against.setdefault(tie.lower, []).append((tie.link, tie.upper))

    def rests_on(self, id: str) -> Sequence[Tie]:
        """The ties on which an end rests, without what was taken back."""
        return self._rests.get(id, ())

    def contradictions(self, id: str) -> Sequence[tuple[Link, str]]:
        """The links that speak against an end, each with what speaks."""
        return self._against.get(id, ())

    def count(self, id: str) -> int:
        """How many people stand behind an end."""
        return (self.masks[id] & self._people).bit_count()

    def _order(self) -> Iterator[tuple[str, bool]]:
        """The ends from below upwards; False for those that stand on a circle."""
        over: dict[str, list[str]] = {}
        waiting = {end.id: 0 for end in self.thread.ends if not end.is_witness}
        for upper in waiting:
            for tie in self.rests_on(upper):
                if tie.lower in waiting:
                    waiting[upper] += 1
                    over.setdefault(tie.lower, []).append(upper)
        queue = [id for id, count in waiting.items() if not count]
        for id in queue:
            yield id, True
            for upper in over.get(id, ()):
                waiting[upper] -= 1
                if not waiting[upper]:
                    queue.append(upper)
        yield from ((id, False) for id, count in waiting.items() if count)

    def _reckon(self, end: End, in_order: bool) -> None:
        id, ties = end.id, self.rests_on(end.id)
        mask = 0
        for tie in ties:
            mask |= self.masks.get(tie.lower, 0)
        found = list(self._found(end, ties, mask))
        if not in_order:
            found.append(_problem(id, "circle"))
        found.sort(key=lambda each: each.level)
        level = found[0].level if found else Level.SOUND
        for tie in ties:
            below = self.levels[tie.lower]
            if below < level:
                level, self.weakest[id] = below, tie.lower
        self.masks[id], self.levels[id], self.problems[id] = mask, level, tuple(found)

    def _found(self, end: End, ties: Sequence[Tie], mask: int) -> Iterator[Problem]:
        """What is wrong with an end itself that is no witness."""
        kinds = {self.thread.by_id[tie.lower].kind for tie in ties}
        if end.id in self._loose:
            yield _problem(end.id, "deleted")
        elif not ties and end.kind != "metric":
            below = self.thread.below.get(end.id, ())
            lost = any(tie.carries for tie in below)
            # What a result said is no mere assumption, though nobody was quoted.
            if not any(tie.feedback and not tie.link.is_against for tie in below):
                yield _problem(end.id, "taken_back" if lost else "assumed")
        if kinds & _WITNESSES and mask.bit_count() < 2:
            yield _problem(end.id, "single")
        unanswered = {each for each in self.contradictions(end.id) if each[0].is_open}
        if unanswered:
            yield _problem(end.id, "contested", count=len(unanswered))
        # What stands on passages alone has no finding of which the opposite could be looked for.
        unsearched = "passage" in kinds and "finding" not in kinds
        if not end.counter_searched if end.kind == "finding" else unsearched:
            yield _problem(end.id, "not_searched")
        few = (mask & self._people).bit_count() < LEAST_FOR_A_PERSONA
        if end.kind == "persona" and ties and few:
            yield _problem(end.id, "persona", least=LEAST_FOR_A_PERSONA)


def _losers(thread: Thread) -> frozenset[str]:
    """The ends that rested on something of which only the link is left."""
    found = set()
    for link in thread.loose:
        for id, other, is_source in (
            (link.source, link.target, True),
            (link.target, link.source, False),
        ):
            end = thread.by_id.get(id)
            if end is not None and other not in thread.by_id and _rested(link, end, is_source):
                found.add(id)
    return frozenset(found)


def _rested(link: Link, end: End, is_source: bool) -> bool:
    if link.relation in ("derived_from", "rests_on"):
        return is_source
    if link.relation == "addresses":
        return is_source == (end.kind != "learning_question") and end.kind != "finding"
    return link.relation in ("supports", "tested_by") and not is_source


def reckon(thread: Thread) -> Reckoning:
    """The reckoning of a thread, made once and kept with it."""
    kept = thread.kept.get("reckoning")
    if not isinstance(kept, Reckoning):
        kept = thread.kept["reckoning"] = Reckoning(thread)
    return kept
