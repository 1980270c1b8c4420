"""The frame of a task: what an official says in ten minutes, which legal route it takes, and
whether it is ready to begin."""

from __future__ import annotations

from dataclasses import dataclass, field

from vuon.challenges.document import Document
from vuon.challenges.plan import partners_of, questions_of
from vuon.errors import N_, Words

YES, PARTLY, NO, NOT_KNOWN, UNSURE = "Yes", "Partly", "No", "Not known", "Unsure"
NEEDS = ("Understand why", "Choose a way", "Try a way", "Write the paper")
#: What must be there before a task can begin, in the order in which it is asked.
READY = ("leader", "money", "data", "users")

_ROUTE_WORDS = {
    "": N_("Answer the two questions about rules, then the legal route stands here."),
    "A": N_("Route A, improvement: within the rules; the head of the unit decides."),
    "B": N_("Route B, pilot: a written rule is touched; those in charge must decide."),
    "C": N_("Route C, controlled trial: the law does not cover it yet; a permit is needed first."),
}
_UNSURE_WORDS = N_("Not sure is treated as route B, the stricter one, until a legal officer says.")
_GAPS = {
    "leader": N_("No leader has said yes. One page and ten minutes with them come first."),
    "money": N_("No money is in sight. Look for the part that needs none."),
    "data": N_("No figures may be used yet. Two hours with a stopwatch give some."),
    "users": N_("The people concerned cannot be reached yet. Sit and watch where they come."),
}


@dataclass(frozen=True)
class Route:
    """The legal route: "A", "B", "C", "" while unanswered; `certain` unless somebody was unsure."""

    letter: str
    certain: bool = True

    @property
    def words(self) -> tuple[Words, ...]:
        """What the route means, in plain sentences. It is no legal advice."""
        found = [Words(_ROUTE_WORDS[self.letter])]
        if not self.certain:
            found.append(Words(_UNSURE_WORDS))
        return tuple(found)


def route(changes_rule: str, uncovered: str) -> Route:
    """The legal route that two answers lead to ("Yes", "No", "Unsure" or "").

    Args:
        changes_rule: does this change or set aside any written rule?
        uncovered: does it let an organisation or firm do what the law does not cover yet?

    >>> route("No", "No").letter, route("Unsure", "No"), route("No", "Yes").letter
    ('A', Route(letter='B', certain=False), 'C')
    """
    if uncovered == YES:
        return Route("C")
    if not changes_rule or not uncovered:
        return Route("")
    if UNSURE in (changes_rule, uncovered):
        return Route("B", certain=False)
    return Route("B" if changes_rule == YES else "A")


@dataclass(frozen=True)
class Frame:
    """What the frame of a plan says; empty where nothing was said.

    `ready` holds "Yes", "Partly", "No" or "Not known" for those of `READY` that were answered.
    """

    sentence: str = ""
    who: str = ""
    assumptions: tuple[str, ...] = ()
    question: str = ""
    need: str = ""
    partners: tuple[str, ...] = ()
    ready: dict[str, str] = field(default_factory=dict)
    route: Route = field(default_factory=lambda: Route(""))

    @classmethod
    def from_document(cls, document: Document) -> Frame:
        """The frame in a plan."""
        questions = questions_of(document)
        return cls(
            sentence=_said(document, "challenge"),
            who=_said(document, "frame_who"),
            assumptions=tuple(
                line.strip(" -•\t")
                for line in _said(document, "frame_assumptions").splitlines()
                if line.strip(" -•\t")
            ),
            question=questions[0].text if questions else "",
            need=_chosen(document, "frame_need"),
            partners=tuple(each.name for each in partners_of(document) if each.name),
            ready={key: answer for key in READY if (answer := _chosen(document, f"frame_{key}"))},
            route=route(_chosen(document, "frame_rule"), _chosen(document, "frame_uncovered")),
        )

    @property
    def gaps(self) -> tuple[tuple[str, Words], ...]:
        """What is not ready, each with what to do about it; "Not known" counts as a gap."""
        return tuple(
            (key, Words(_GAPS[key])) for key in READY if self.ready.get(key) in (NO, NOT_KNOWN)
        )

    @property
    def is_begun(self) -> bool:
        """Whether more than the sentence was said."""
        return bool(self.who or self.assumptions or self.need or self.ready or self.route.letter)


def _said(document: Document, prompt_id: str) -> str:
    return next((a.text for a in document.answers(prompt_id) if a.text), "")


def _chosen(document: Document, prompt_id: str) -> str:
    return next((a.choices[0] for a in document.answers(prompt_id) if a.choices), "")
