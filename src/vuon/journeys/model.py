"""A journey as people draw it: steps, who owns them, what is handed over, where it stops.

The map of offices and steps is this model without rates and times. What can run is added to the
same steps and edges later; their keys stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from vuon import canonical
from vuon.toml.table import Text

#: What a step is; the map uses the first four, the rest is for journeys that run.
KINDS = (
    "do",
    "wait",
    "travel",
    "desk",
    "backoffice",
    "decision",
    "batch",
    "fork",
    "join",
    "end",
)
LIGHTS = ("measured", "said", "assumed")
STATUSES = ("as_is", "redesign")


@dataclass(frozen=True)
class Share:
    """A share of those who reach a step, from 0 to 1, and what it rests on (one of `LIGHTS`)."""

    value: float
    light: str = "assumed"


@dataclass(frozen=True)
class Step:
    """One step of the way.

    Args:
        key: stable name; a renamed or moved step keeps it.
        title: what is done.
        office: whose step it is, by role or office, never by person.
        kind: one of `KINDS`.
        hands_over: what goes on to the next step: a paper, a number, a decision.
        stops: where and why it gets stuck here, if it does.
        gives_up: the share of those here who give up.
    """

    key: str
    title: Text
    office: Text = field(default_factory=Text)
    kind: str = "do"
    hands_over: Text = field(default_factory=Text)
    stops: Text = field(default_factory=Text)
    gives_up: Share | None = None


@dataclass(frozen=True)
class Edge:
    """From one step to another. `rework` marks a way back; `share` is who takes it."""

    source: str
    target: str
    rework: bool = False
    share: Share | None = None
    why: Text = field(default_factory=Text)

    @property
    def key(self) -> str:
        """The edge by its ends."""
        return f"{self.source}->{self.target}"


@dataclass(frozen=True)
class Pin:
    """A piece of evidence at a step. `evidence` is a reference that the reader can open;
    `against` marks what speaks against the step as drawn."""

    evidence: str
    step: str
    against: bool = False


@dataclass(frozen=True)
class Journey:
    """A way through a service. Without forward edges the steps follow each other as listed.

    `extra` holds what a later version of the file says and this one does not know; it is written
    back as it was.
    """

    id: str
    title: Text
    steps: tuple[Step, ...] = ()
    edges: tuple[Edge, ...] = ()
    pins: tuple[Pin, ...] = ()
    status: str = "as_is"
    extra: Mapping[str, object] = field(default_factory=dict)

    def step(self, key: str) -> Step:
        """The step with this key; `KeyError` if there is none."""
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> dict[str, Step]:
        return {step.key: step for step in self.steps}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the steps in their order."""
        return tuple(step.key for step in self.steps)

    @cached_property
    def way(self) -> tuple[Edge, ...]:
        """The edges that lead on: those drawn, else from each step to the next."""
        drawn = tuple(edge for edge in self.edges if not edge.rework)
        if drawn:
            return drawn
        return tuple(Edge(a, b) for a, b in zip(self.keys, self.keys[1:], strict=False))

    @cached_property
    def returns(self) -> tuple[Edge, ...]:
        """The ways back."""
        return tuple(edge for edge in self.edges if edge.rework)

    @cached_property
    def offices(self) -> tuple[Text, ...]:
        """The offices in the order in which the way meets them, each once."""
        return tuple(dict.fromkeys(step.office for step in self.steps))

    @property
    def hash(self) -> str:
        """The SHA-256 of what the journey says."""
        return canonical.digest(
            {
                "steps": [_plain(step) for step in self.steps],
                "edges": [_plain(edge) for edge in self.edges],
                "pins": [_plain(pin) for pin in self.pins],
                "status": self.status,
            }
        )


def _plain(each: object) -> object:
    if isinstance(each, str | float | int | bool) or each is None:
        return each
    return {name: _plain(getattr(each, name)) for name in each.__dataclass_fields__}  # type: ignore[attr-defined]


def pinned_at(pins: Iterable[Pin], step: str) -> tuple[Pin, ...]:
    """What is pinned to a step, in the order in which it was pinned."""
    return tuple(pin for pin in pins if pin.step == step)


def pin(pins: Iterable[Pin], evidence: str, step: str, *, against: bool = False) -> tuple[Pin, ...]:
    """The pins with `evidence` at `step` only; at no step if `step` is empty.

    >>> pins = pin(pin((), "note-1", "desk"), "note-1", "queue")
    >>> [(each.evidence, each.step) for each in pins]
    [('note-1', 'queue')]
    """
    left = tuple(each for each in pins if each.evidence != evidence)
    return (*left, Pin(evidence, step, against)) if step else left


def step_of(pins: Iterable[Pin], evidence: str) -> str:
    """The step that `evidence` is pinned to, empty if to none."""
    return next((each.step for each in pins if each.evidence == evidence), "")


def named(journey: Journey, title: Text) -> Journey:
    """The journey under another title."""
    return replace(journey, title=title)
