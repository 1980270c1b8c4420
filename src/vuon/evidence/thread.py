"""The thread: who stands behind a claim, how well it holds, what it rests on, what rests on it.

Support is counted in people, never in quotes, and computed, never stored. A claim is as good as
the weakest thing it rests on. What was taken back counts for nothing, as if it had never been.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vuon.errors import N_, Words
from vuon.evidence.grades import Level, Problem, origin, reckon, voices
from vuon.evidence.links import (
    STATES,
    End,
    Link,
    Thread,
    Tie,
    cycle,
    in_other_states,
    joined,
    strange,
)
from vuon.evidence.relations import (
    KINDS,
    RELATIONS,
    STRENGTHS,
    TRIPLES,
    allowed,
    refuse,
    worded,
)

__all__ = [
    "KINDS",
    "RELATIONS",
    "STATES",
    "STRENGTHS",
    "TRIPLES",
    "Branch",
    "End",
    "Grade",
    "Level",
    "Link",
    "Loss",
    "Problem",
    "Standing",
    "Support",
    "Thread",
    "Tie",
    "allowed",
    "check",
    "cycle",
    "downward",
    "grade",
    "joined",
    "refuse",
    "support",
    "upward",
    "withdrawn",
    "without",
]


@dataclass(frozen=True)
class Support:
    """Who and what stands behind an end.

    Args:
        people: the participants for it; who told a story without a name counts by the story's id.
        against: the participants behind what speaks against it, answered or not.
        sources: the ids of the sources behind it.
        kinds: the kinds of those sources.
        seen: sources that are witnesses without a person: public rooms watched, documents read.
    """

    people: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()

    @property
    def single_voice(self) -> bool:
        """Whether fewer than two people or witnesses stand behind it."""
        return len(self.people) + len(self.seen) < 2


def support(thread: Thread, id: str) -> Support:
    """Who stands behind an end and everything it rests on, each person once.

    Passages that are no longer found, or were taken back, do not count for it; one that is no
    longer found still counts against it, so that what speaks against is not lost with its place.

    Raises:
        VuonError: `thread.unknown`.

    >>> ends = (End("finding", "f"), *(End("passage", q, participants=frozenset({"Reed"}))
    ...         for q in ("q1", "q2")))
    >>> claim = Thread(ends, (Link("q1", "supports", "f"), Link("q2", "supports", "f")))
    >>> sorted(support(claim, "f").people), support(claim, "f").single_voice
    (['Reed'], True)
    """
    thread.end(id)
    known = reckon(thread)
    beneath = list(_beneath(thread, [id]))
    for_it = [end for end in beneath if end.is_witness and end.state != "orphan"]
    speaking = (other for end in beneath for _, other in known.contradictions(end.id))
    against = [end for end in _beneath(thread, speaking) if end.is_witness]
    firsts = [origin(thread, end) for end in for_it]
    return Support(
        _joined(voices(thread, end)[0] for end in for_it),
        _joined(voices(thread, end)[0] for end in against),
        frozenset(end.source for end in firsts) - {""},
        frozenset(end.source_kind for end in firsts) - {""},
        _joined(voices(thread, end)[1] for end in for_it),
    )


def _joined(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _beneath(thread: Thread, ids: Iterable[str]) -> Iterator[End]:
    """These ends and all that they rest on, each once, nearest first; nothing taken back."""
    known = reckon(thread)
    found = dict.fromkeys(id for id in ids if id not in known.gone)
    queue = list(found)
    for here in queue:
        yield thread.by_id[here]
        for tie in known.rests_on(here):
            if tie.lower not in found:
                found[tie.lower] = None
                queue.append(tie.lower)


@dataclass(frozen=True)
class Grade:
    """How well an end holds: as well as the weakest thing it rests on.

    Args:
        level: the grade.
        weakest: the way down to what makes it so weak, from the end itself.
        problems: everything wrong on the way down, worst first.
    """

    level: Level
    weakest: tuple[str, ...]
    problems: tuple[Problem, ...]


def grade(thread: Thread, id: str) -> Grade:
    """How well an end holds, and why not better.

    Raises:
        VuonError: `thread.unknown`.

    >>> ends = (End("passage", "q", participants=frozenset({"Reed"})), End("finding", "f"),
    ...         End("need", "n"))
    >>> one = Thread(ends, (Link("q", "supports", "f"), Link("n", "derived_from", "f")))
    >>> grade(one, "n").level.words.say("en"), grade(one, "n").weakest
    ('one voice only', ('n', 'f'))
    """
    thread.end(id)
    known = reckon(thread)
    way = {id: None}
    below = known.weakest.get(id)
    while below and below not in way:
        way[below] = None
        below = known.weakest.get(below)
    problems = [each for end in _beneath(thread, [id]) for each in known.problems.get(end.id, ())]
    if not problems:
        problems = list(known.problems.get(id, ()))
    problems.sort(key=lambda each: each.level)
    return Grade(known.levels[id], tuple(way), tuple(problems))


def check(thread: Thread) -> tuple[Problem, ...]:
    """Everything that is wrong in a thread, worst first; each where it is, not all above it."""
    known = reckon(thread)
    found = [each for end in thread.ends for each in known.problems.get(end.id, ())]
    broken = {each.id for each in found if each.level is Level.BROKEN}
    left = (link.source if link.source in thread.by_id else link.target for link in thread.loose)
    found += [_loose(id) for id in dict.fromkeys(left) if id not in broken]
    for link, source, target in strange(thread):
        what = Words(
            N_('The link "{link}" means nothing.'), {"link": worded(source, link.relation, target)}
        )
        found.append(Problem(Level.BROKEN, link.source, what, refuse(source, "", target).do))
    return tuple(sorted(found, key=lambda each: each.level))


def _loose(id: str) -> Problem:
    return Problem(
        Level.BROKEN,
        id,
        Words(N_("One of its links leads to something that has been deleted.")),
        Words(N_("Take the link out, or link something else.")),
    )


@dataclass(frozen=True)
class Branch:
    """One line of a tree of ends, in the order of reading.

    Args:
        depth: 0 for the end asked about.
        end: what stands here.
        tie: the link to the line above it; None at depth 0.
        against: whether it speaks against the line above.
        repeated: whether what is under it was already shown further up.
    """

    depth: int
    end: End
    tie: Tie | None = None
    against: bool = False
    repeated: bool = False


def downward(thread: Thread, id: str) -> tuple[Branch, ...]:
    """What an end rests on, down to what people said, with what speaks against it after it.

    Raises:
        VuonError: `thread.unknown`.

    >>> ends = (End("passage", "q"), End("finding", "f"), End("need", "n"))
    >>> held = Thread(ends, (Link("q", "supports", "f"), Link("n", "derived_from", "f")))
    >>> [(branch.depth, branch.end.id) for branch in downward(held, "n")]
    [(0, 'n'), (1, 'f'), (2, 'q')]
    """
    return _tree(thread, id, down=True)


def upward(thread: Thread, id: str) -> tuple[Branch, ...]:
    """What rests on an end, up to figures in documents, with what it speaks against.

    Raises:
        VuonError: `thread.unknown`.
    """
    return _tree(thread, id, down=False)


def _tree(thread: Thread, id: str, *, down: bool) -> tuple[Branch, ...]:
    lines, shown = [], set[str]()
    stack = [Branch(0, thread.end(id))]
    while stack:
        line = stack.pop()
        here = line.end.id
        back = line.tie is not None and line.tie.feedback
        around = () if back else _around(thread, here, down=down)
        lines.append(replace(line, repeated=here in shown and bool(around)))
        if here not in shown and not back:
            shown.add(here)
            stack += [
                Branch(line.depth + 1, thread.by_id[other], tie, tie.link.is_against)
                for tie, other in reversed(around)
                if line.tie is None or tie.link != line.tie.link
            ]
    return tuple(lines)


def _around(thread: Thread, id: str, *, down: bool) -> tuple[tuple[Tie, str], ...]:
    """The next ends down or up: what carries first, then examples, then what speaks against."""
    below = [(tie, tie.lower) for tie in thread.below.get(id, ())]
    above = [(tie, tie.upper) for tie in thread.above.get(id, ())]
    if down:
        # A finding is also in doubt through a finding that it was said to contradict.
        sides = below + [each for each in above if each[0].link.relation == "contradicts"
                         and thread.by_id[id].kind == thread.by_id[each[1]].kind]  # fmt: skip
    else:
        sides = above
    return tuple(sorted(sides, key=lambda each: (each[0].link.is_against, not each[0].carries)))


@dataclass(frozen=True)
class Standing:
    """How many people stand behind an end, and how well it holds."""

    people: int
    level: Level


@dataclass(frozen=True)
class Loss:
    """What a withdrawal takes away.

    Args:
        loses: what then has fewer people or a worse grade: id, before, after.
        orphans: the ids of those among them behind which nobody is left.
    """

    loses: tuple[tuple[str, Standing, Standing], ...] = ()
    orphans: tuple[str, ...] = ()


def withdrawn(thread: Thread, source_id: str = "", participant: str = "") -> Thread:
    """The thread after everything of a source, or of one participant, was taken back.

    Args:
        source_id: with it alone, the whole source is taken back.
        participant: takes back what only this person said, in one source or, without
            `source_id`, everywhere; what others said with them stays theirs.
    """

    def after(end: End) -> End:
        if not end.is_witness or (source_id and end.source != source_id):
            return end
        if not participant:
            return replace(end, state="withdrawn") if source_id else end
        if participant not in end.participants:
            return end
        others = end.participants - {participant}
        return replace(end, participants=others, state=end.state if others else "withdrawn")

    return in_other_states(thread, (after(end) for end in thread.ends))


def without(thread: Thread, source_id: str = "", participant: str = "") -> Loss:
    """What loses people or grade if a source, or what one participant said, is taken back.

    >>> ends = (End("passage", "q", source="talk", participants=frozenset({"Reed"})),
    ...         End("finding", "f"))
    >>> without(Thread(ends, (Link("q", "supports", "f"),)), "talk").orphans
    ('f',)
    """
    now, then = reckon(thread), reckon(withdrawn(thread, source_id, participant))
    loses, orphans = [], []
    for end in thread.ends:
        if end.is_witness:
            continue
        before = Standing(now.count(end.id), now.levels[end.id])
        after = Standing(then.count(end.id), then.levels[end.id])
        if after.people < before.people or after.level < before.level:
            loses.append((end.id, before, after))
            if now.masks[end.id] and not then.masks[end.id]:
                orphans.append(end.id)
    return Loss(tuple(loses), tuple(orphans))
