"""A journey as people draw it: steps, who owns them, what is handed over, where it stops; and as
it runs: who comes, how long each step takes, how many desks are open.

A map of offices and steps says only the first; everything a run needs is optional and hangs on the
same steps and edges, whose keys stay. The unit of time is the minute, of money the đồng.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from functools import cached_property

from vuon import canonical
from vuon.journeys.figures import (
    FAMILIES,
    LIGHTS,
    SOURCES,
    Dist,
    Figure,
    For,
    Share,
    of_group,
)
from vuon.journeys.people import (
    METRICS,
    MORE_IS_BETTER,
    PRIORITIES,
    Arrivals,
    Backlog,
    Document,
    Group,
    Rating,
    Slots,
    Span,
    Target,
)
from vuon.journeys.staffing import CLOSINGS, DAYS, Calendar, Hours, Resource, Shift
from vuon.toml.table import Text

__all__ = [
    "CHANNELS", "CLOSINGS", "DAYS", "FAMILIES", "KINDS", "LIGHTS", "METRICS", "MORE_IS_BETTER",
    "PRIORITIES", "SOURCES", "STATUSES", "Arrivals", "Backlog", "Calendar", "Dist", "Document",
    "Edge", "Figure", "For", "Group", "Hours", "Journey", "Pin", "Rating", "Resource", "Share",
    "Shift", "Slots", "Span", "Step", "Target", "named", "of_group", "pin", "pinned_at", "step_of",
]  # fmt: skip

#: What a step is. "do" is the citizen's own work and "wait" time that only passes, both by the
#: calendar clock, and so does "travel"; "desk" needs a resource and queues; "backoffice" passes in
#: opening minutes; "decision" takes no time of its own unless it has a service; "batch" holds cases
#: until a day or a number; "fork" sends a case along all its edges at once and "join" waits for all
#: of them; "end" is completion.
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
STATUSES = ("as_is", "redesign")
#: How a step is done; "" where nobody said.
CHANNELS = ("counter", "online", "phone", "post", "home", "help_point")


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
        gives_up: the share of those here who give up after the step, before any edge is taken;
            `gives_up_for` of single groups.
        lane: a lane of the picture other than the office's.
        channel: one of `CHANNELS`, or "".
        resource: key of the pool of desks that serves it; "" serves everybody at once.
        service: how long the step takes, `service_for` for single groups; minutes of own work at
            "do", desk minutes at "desk", opening minutes at "backoffice", all minutes at "wait".
        patience: how long somebody queues before leaving (opening minutes); None is for ever.
        impatient_to: where they go who left the queue; "" drops out.
        fee: phí and lệ phí, in đồng, each time the step is done.
        other_money: copies, stamps, what is paid besides, in đồng.
        documents: keys of the papers asked for. Who lacks one takes the edge marked `papers`.
        new_visit: whether arriving here is a trip, which costs the group's travel minutes and
            money. The clock does not move for it: a "travel" step does that.
        prepare_minutes: the citizen's own minutes of preparing for each visit; counted as cost,
            not on the clock.
        batch_size: a "batch" lets go as soon as so many wait; 0 waits for the day.
        batch_days: weekdays on which a "batch" lets everybody go; 0 is Monday.
        batch_at: minute of the day at which it does.
    """

    key: str
    title: Text
    office: Text = field(default_factory=Text)
    kind: str = "do"
    hands_over: Text = field(default_factory=Text)
    stops: Text = field(default_factory=Text)
    gives_up: Share | None = None
    gives_up_for: For[Share] = ()
    lane: Text = field(default_factory=Text)
    channel: str = ""
    resource: str = ""
    service: Dist | None = None
    service_for: For[Dist] = ()
    patience: Dist | None = None
    patience_for: For[Dist] = ()
    impatient_to: str = ""
    fee: float = 0
    other_money: float = 0
    documents: tuple[str, ...] = ()
    new_visit: bool = False
    prepare_minutes: float = 0
    batch_size: int = 0
    batch_days: tuple[int, ...] = ()
    batch_at: int = 480

    def service_of(self, group: str) -> Dist | None:
        """How long the step takes for a group; None where nobody said."""
        return of_group(self.service_for, group, self.service)

    def patience_of(self, group: str) -> Dist | None:
        """How long a group queues here before leaving; None is for ever."""
        return of_group(self.patience_for, group, self.patience)

    def gives_up_of(self, group: str) -> Share | None:
        """The share of a group who give up here; None is nobody."""
        return of_group(self.gives_up_for, group, self.gives_up)


@dataclass(frozen=True)
class Edge:
    """From one step to another.

    Args:
        source, target: keys of steps.
        rework: a way back: taking it adds an attempt.
        share: who takes it, of those who reach the source; edges without a share take in equal
            parts what giving up and the other edges leave. `share_for` for single groups.
        why: in words.
        papers: taken by those who lack a document that the source asks for, before any other
            edge is considered; it has no share of its own.
        unaided: taken by those who do not manage an online step by themselves: of those who do
            not give up `1 - digital` of their group. It has no share of its own.
        only_if: pairs of attribute and value that a group must have to take this edge at all.
        per_attempt: for each earlier time that the citizen took this edge its share (or the share
            of missing papers) is multiplied by this; 1 leaves it, 0.2 says that few lack a paper
            twice.
        delay: calendar minutes on the way, such as fetching a paper at home; None is at once.
    """

    source: str
    target: str
    rework: bool = False
    share: Share | None = None
    why: Text = field(default_factory=Text)
    share_for: For[Share] = ()
    papers: bool = False
    unaided: bool = False
    only_if: tuple[tuple[str, str], ...] = ()
    per_attempt: float = 1
    delay: Dist | None = None

    @property
    def key(self) -> str:
        """The edge by its ends."""
        return f"{self.source}->{self.target}"

    def share_of(self, group: str) -> Share | None:
        """Who of a group takes it; None where it takes what others leave."""
        return of_group(self.share_for, group, self.share)

    def open_to(self, group: Group) -> bool:
        """Whether the group has every attribute that the edge asks for."""
        return all(each in group.attributes for each in self.only_if)


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

    Args:
        version: counts up when figures of the same journey are renewed.
        variant_of: id of the journey that this one would replace.
        calendar: which days are looked at; None on a map without numbers.
        max_attempts: who would have to try more often than this drops out; 0 sets no limit.
        deadline_days: within how many calendar days the office must answer; 0 where none is set.
        extra: what a later version of the file says and this one does not know; it is written
            back as it was.
    """

    id: str
    title: Text
    steps: tuple[Step, ...] = ()
    edges: tuple[Edge, ...] = ()
    pins: tuple[Pin, ...] = ()
    status: str = "as_is"
    extra: Mapping[str, object] = field(default_factory=dict)
    version: int = 1
    variant_of: str = ""
    calendar: Calendar | None = None
    resources: tuple[Resource, ...] = ()
    groups: tuple[Group, ...] = ()
    arrivals: Arrivals | None = None
    documents: tuple[Document, ...] = ()
    targets: tuple[Target, ...] = ()
    ratings: tuple[Rating, ...] = ()
    max_attempts: int = 0
    deadline_days: float = 0

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

    def resource(self, key: str) -> Resource:
        """The resource with this key; `KeyError` if there is none."""
        return {each.key: each for each in self.resources}[key]

    def group(self, key: str) -> Group:
        """The group with this key; `KeyError` if there is none."""
        return {each.key: each for each in self.groups}[key]

    def document(self, key: str) -> Document:
        """The document with this key; `KeyError` if there is none."""
        return {each.key: each for each in self.documents}[key]

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
    def enters(self) -> str:
        """The key of the step where people enter; "" without steps."""
        asked = self.arrivals.enters if self.arrivals else ""
        return asked or (self.keys[0] if self.keys else "")

    @property
    def hash(self) -> str:
        """The SHA-256 of what the journey says; what nobody said does not enter it."""
        said: dict[str, object] = {
            "steps": [_plain(step) for step in self.steps],
            "edges": [_plain(edge) for edge in self.edges],
            "pins": [_plain(pin) for pin in self.pins],
            "status": self.status,
        }
        for name in ("calendar", "resources", "groups", "arrivals", "documents", "targets",
                     "ratings", "max_attempts", "deadline_days"):  # fmt: skip
            if value := getattr(self, name):
                said[name] = _plain(value)
        return canonical.digest(said)


#: Fields that were there in the first form of the file: they are hashed even where they are empty.
_ALWAYS = frozenset(
    ("key", "title", "office", "kind", "hands_over", "stops", "gives_up", "source", "target",
     "rework", "share", "why", "against", "value", "light", "vi", "en")
)  # fmt: skip


def _plain(each: object) -> object:
    if isinstance(each, str | float | int | bool) or each is None:
        return each
    if isinstance(each, date):
        return each.isoformat()
    if isinstance(each, tuple):
        return [_plain(one) for one in each]
    return {
        one.name: _plain(getattr(each, one.name))
        for one in fields(each)  # type: ignore[arg-type]
        if one.name in _ALWAYS or getattr(each, one.name) != _default(one)
    }


def _default(one: object) -> object:
    default, factory = one.default, one.default_factory  # type: ignore[attr-defined]
    return factory() if factory is not MISSING else default


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
