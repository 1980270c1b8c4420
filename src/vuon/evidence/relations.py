"""Which ends of the thread may be linked, by what, and which of the two rests on the other."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from vuon.errors import N_, VuonError, Words

#: What can stand at an end of a link, as it is said.
KINDS = {
    "passage": N_("a passage"),
    "story": N_("a story"),
    "observation": N_("an observation"),
    "finding": N_("a finding"),
    "learning_question": N_("a learning question"),
    "need": N_("a need"),
    "persona": N_("a persona"),
    "step": N_("a step of the journey"),
    "variable": N_("a variable of the system"),
    "loop_edge": N_("an arrow of a loop"),
    "signal": N_("a signal"),
    "idea": N_("an idea"),
    "change": N_("a change to the journey"),
    "metric": N_("a metric"),
    "result": N_("a result"),
    "figure": N_("a figure in a document"),
}
#: How one end is linked to another, as it is said between the two.
RELATIONS = {
    "supports": N_("supports"),
    "contradicts": N_("contradicts"),
    "illustrates": N_("illustrates"),
    "addresses": N_("addresses"),
    "derived_from": N_("is derived from"),
    "measured_by": N_("is measured by"),
    "tested_by": N_("is tested by"),
    "refuted_by": N_("is refuted by"),
    "rests_on": N_("rests on"),
}
STRENGTHS = ("weak", "fair", "strong")
#: What people said, did or were seen doing: here the thread begins.
WITNESSES = ("passage", "story", "observation")

_DERIVED = ("persona", "step", "variable", "loop_edge", "signal")
_TABLE: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (WITNESSES, ("supports", "contradicts", "illustrates"), ("finding",)),
    (("finding",), ("contradicts",), ("finding",)),
    (("finding",), ("addresses",), ("learning_question",)),
    (("need",), ("derived_from",), ("finding",)),
    (_DERIVED, ("derived_from",), ("finding", "passage", "observation")),
    (("idea", "change"), ("addresses",), ("need", "step", "variable", "loop_edge", "signal")),
    (("idea",), ("measured_by",), ("metric",)),
    (("metric",), ("tested_by",), ("result",)),
    (("figure",), ("rests_on",), tuple(KINDS)),
)
_FEEDBACK: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (("result",), ("supports", "contradicts"), ("finding",)),
    (("idea", "finding"), ("refuted_by",), ("result",)),
)
Triple = tuple[str, str, str]
#: Links that close the circle from a result back to what was believed; they make no cycle.
FEEDBACK: frozenset[Triple] = frozenset(
    triple for row in _FEEDBACK for triple in product(row[0], row[1], row[2])
)
#: Every link that may be made, in the order of the thread.
TRIPLES: tuple[Triple, ...] = tuple(
    dict.fromkeys(
        triple for row in (*_TABLE, *_FEEDBACK) for triple in product(row[0], row[1], row[2])
    )
)
_ALLOWED = frozenset(TRIPLES)


def allowed(source_kind: str, relation: str, target_kind: str) -> bool:
    """Whether such a link may be made.

    >>> allowed("passage", "supports", "finding"), allowed("passage", "supports", "need")
    (True, False)
    """
    return (source_kind, relation, target_kind) in _ALLOWED


def is_feedback(source_kind: str, relation: str, target_kind: str) -> bool:
    """Whether such a link leads back from a result to what was believed before.

    >>> is_feedback("result", "supports", "finding"), is_feedback("story", "supports", "finding")
    (True, False)
    """
    return (source_kind, relation, target_kind) in FEEDBACK


def source_is_lower(source_kind: str, relation: str, target_kind: str) -> bool:
    """Whether the source stands below the target: nearer to what people said.

    >>> source_is_lower("passage", "supports", "finding")
    True
    >>> source_is_lower("need", "derived_from", "finding")
    False
    """
    if relation == "addresses":
        return target_kind == "learning_question"
    return relation in ("supports", "contradicts", "illustrates", "measured_by", "tested_by")


def carries(relation: str) -> bool:
    """Whether the upper end of such a link rests on the lower, so that it is as weak.

    An example carries nothing, a contradiction speaks against, and an idea is why a metric was
    chosen, not what makes its numbers right.

    >>> carries("supports"), carries("illustrates"), carries("measured_by")
    (True, False, False)
    """
    return relation in ("supports", "addresses", "derived_from", "tested_by", "rests_on")


def worded(source_kind: str, relation: str, target_kind: str) -> Words:
    """A link as it is said.

    >>> worded("need", "derived_from", "finding").say("en")
    'a need is derived from a finding'
    """
    return Words(
        "{source} {relation} {target}",
        {
            "source": Words(KINDS.get(source_kind, source_kind)),
            "relation": Words(RELATIONS.get(relation, relation)),
            "target": Words(KINDS.get(target_kind, target_kind)),
        },
    )


def refuse(source_kind: str, relation: str, target_kind: str) -> VuonError:
    """The error that such a link cannot be made; it names those that can.

    They are the links between the two kinds; where there are none, all that begin at the first;
    where nothing begins there, all that end there.

    >>> print(refuse("need", "supports", "finding"))
    A link "a need supports a finding" cannot be made. Choose one of these: a need is derived \
from a finding.
    """
    between = [each for each in TRIPLES if (each[0], each[2]) == (source_kind, target_kind)]
    leaving = [each for each in TRIPLES if each[0] == source_kind]
    arriving = [each for each in TRIPLES if each[2] == source_kind and each[0] != "figure"]
    named = between or leaving or arriving or list(TRIPLES)
    return VuonError(
        "thread.refused",
        Words(
            N_('A link "{link}" cannot be made.'),
            {"link": worded(source_kind, relation, target_kind)},
        ),
        Words(
            N_("Choose one of these: {links}."),
            {"links": _listed(worded(*each) for each in named)},
        ),
    )


def _listed(words: Iterable[Words]) -> Words:
    found = list(words)
    pattern = "; ".join(f"{{n{number}}}" for number in range(len(found)))
    return Words(pattern, {f"n{number}": each for number, each in enumerate(found)})
