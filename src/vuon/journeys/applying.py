"""The journey as it would be with the changes of an idea.

A change is plain: the key of what it changes, the kind of edit, values by name. A target that is
gone and a value that means nothing here are refused by name, never skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from vuon.errors import N_, VuonError, Words
from vuon.journeys import levers, rosters
from vuon.journeys.changes import remove_step
from vuon.journeys.model import Edge, Journey, Resource, Step


@dataclass(frozen=True)
class Change:
    """One change: the key of a part, the kind of edit ("" if nobody said), values by name.

    A name among the values (a group, a resource to merge into) is written as part of the name of
    a value, since files hold numbers: `group_elderly = 1`, `into_counters = 1`.
    """

    target: str
    edit: str = ""
    values: Mapping[str, float] = field(default_factory=dict)


def edge_address(edge: Edge) -> str:
    """How a change calls an edge.

    >>> edge_address(Edge("login", "help"))
    'login_to_help'
    """
    return f"{edge.source}_to_{edge.target}"


def part_of(journey: Journey, target: str) -> str:
    """What kind of part a target is: "step", "resource", "group", "document", "edge", "arrivals";
    "" if it is not there. Where a step and another part share a key, it is the step."""
    for kind in ("step", "resource", "group", "document"):
        if any(each.key == target for each in getattr(journey, f"{kind}s")):
            return kind
    if any(edge_address(edge) == target for edge in journey.edges):
        return "edge"
    return "arrivals" if target == "arrivals" and journey.arrivals else ""


def gone(journey: Journey, changes: Iterable[Change]) -> tuple[str, ...]:
    """The targets that are not in the journey, each once."""
    return tuple(
        dict.fromkeys(
            each.target for each in changes if each.target and not part_of(journey, each.target)
        )
    )


def in_words_only(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that no run can show, because they have no target or no values."""
    return tuple(each for each in changes if not each.target or not each.values)


def apply(journey: Journey, changes: Iterable[Change]) -> Journey:
    """The journey with all changes made, one after the other.

    Raises:
        VuonError: `change.gone` if a target is not there; `change.unknown_value` for a value that
            its target does not have; `change.nothing` where the journey has no such figure yet.

    >>> from vuon.journeys.file import read
    >>> way = read('''format = 1
    ... [[step]]
    ... key = "desk"
    ... title = "Quầy"
    ... service = { family = "exponential", mean = 10 }
    ... ''')
    >>> faster = apply(way, [Change("desk", "step", {"service_factor": 0.6})])
    >>> faster.step("desk").service["mean"]
    6.0
    """
    changes = [each for each in changes if each.target]
    lost = gone(journey, changes)
    if lost:
        raise VuonError(
            "change.gone",
            Words(
                N_("This journey no longer has what the change is about: {keys}."),
                {"keys": ", ".join(lost)},
            ),
            Words(N_("Choose what it is about now, or take the change out.")),
        )
    for change in changes:
        journey = _one(journey, change)
    return replace(journey, status="redesign") if changes else journey


def _one(journey: Journey, change: Change) -> Journey:
    kind = part_of(journey, change.target)
    group = _name(change, "group", [each.key for each in journey.groups])
    into = _name(change, "into", [each.key for each in journey.resources])
    values = {
        name: value
        for name, value in change.values.items()
        if not name.startswith(("group_", "into_"))
    }
    known = levers.KNOWN[kind]
    for name in values:
        if name not in known and name not in levers.WHERE:
            raise _unknown(change, name, known)
    try:
        return _changed(journey, change.target, kind, values, group, into)
    except levers.NothingThereError as error:
        raise VuonError(
            "change.nothing",
            Words(
                N_("“{target}” has nothing yet that {name} could change."),
                {"target": change.target, "name": str(error)},
            ),
            Words(N_("Give the journey that figure first, or take the value out.")),
        ) from None


def _unknown(change: Change, name: str, known: Iterable[str]) -> VuonError:
    return VuonError(
        "change.unknown_value",
        Words(
            N_("“{target}” has no {name}. It has: {known}."),
            {"target": change.target, "name": name, "known": ", ".join(known)},
        ),
        Words(N_("Correct its spelling or take it out.")),
    )


def _name(change: Change, prefix: str, known: list[str]) -> str:
    """The key that a value's name holds behind `prefix_`; "" if there is none."""
    for name in change.values:
        key = name.removeprefix(f"{prefix}_")
        if key != name and change.values[name]:
            if key not in known:
                raise _unknown(change, name, [f"{prefix}_{each}" for each in known])
            return key
    return ""


def _changed(
    journey: Journey, target: str, kind: str, values: Mapping[str, float], group: str, into: str
) -> Journey:
    if kind == "arrivals":
        assert journey.arrivals is not None
        return replace(journey, arrivals=levers.arrivals(journey.arrivals, values))
    if into:
        journey = _merged(journey, target, kind, into)
    for name, value in values.items():
        if name in levers.WHERE:
            continue
        if kind == "step":
            journey = _step(journey, target, name, values, group)
        elif kind == "document":
            journey = _document(journey, target, name, value, group)
        elif kind == "edge":
            edges = (
                levers.edge(each, name, value, group) if edge_address(each) == target else each
                for each in journey.edges
            )
            journey = replace(journey, edges=tuple(edges))
        elif kind == "group":
            people = (
                levers.person(each, name, value) if each.key == target else each
                for each in journey.groups
            )
            journey = replace(journey, groups=tuple(people))
        else:
            journey = _staffed(journey, target, name, values)
    return journey


def _with_step(journey: Journey, key: str, change: Callable[[Step], Step]) -> Journey:
    steps = (change(each) if each.key == key else each for each in journey.steps)
    return replace(journey, steps=tuple(steps))


def _step(
    journey: Journey, key: str, name: str, values: Mapping[str, float], group: str
) -> Journey:
    step, value = journey.step(key), values[name]
    if name == "remove":
        return remove_step(journey, key) if value else journey
    if name in levers.RESOURCE:
        if not step.resource:
            raise levers.NothingThereError(name)
        return _staffed(journey, step.resource, name, values)
    if name == "missing_factor":
        if not step.documents:
            raise levers.NothingThereError(name)
        for document in step.documents:
            journey = _document(journey, document, name, value, group)
        return journey
    if name == "rework_factor":
        back = [e for e in journey.returns if e.source == key and not e.papers]
        if not back:
            raise levers.NothingThereError(name)
        edges = tuple(
            levers.edge(e, "share_factor", value, group) if e in back else e for e in journey.edges
        )
        return replace(journey, edges=edges)
    return _with_step(journey, key, lambda found: levers.step(found, name, value, group))


def _document(journey: Journey, key: str, name: str, value: float, group: str) -> Journey:
    """A document changed; asked of nobody any more if it is removed, or if an office that has it
    gives it (`reuse`)."""
    if name == "reuse" and not journey.document(key).held_by:
        raise levers.NothingThereError(name)
    if name in ("remove", "reuse"):
        if not value:
            return journey
        steps = (
            replace(step, documents=tuple(each for each in step.documents if each != key))
            for step in journey.steps
        )
        return replace(journey, steps=tuple(steps))
    documents = (
        levers.document(each, name, value, group) if each.key == key else each
        for each in journey.documents
    )
    return replace(journey, documents=tuple(documents))


def _staffed(journey: Journey, key: str, name: str, values: Mapping[str, float]) -> Journey:
    changed = levers.staff(journey, journey.resource(key), name, values)
    return _with_resource(journey, changed)


def _with_resource(journey: Journey, changed: Resource) -> Journey:
    resources = (changed if each.key == changed.key else each for each in journey.resources)
    return replace(journey, resources=tuple(resources))


def _merged(journey: Journey, target: str, kind: str, into: str) -> Journey:
    """Two pools of desks as one with one queue."""
    key = journey.step(target).resource if kind == "step" else target
    if not key or key == into:
        raise levers.NothingThereError("into")
    both = rosters.merged(journey.resource(key), journey.resource(into), journey.calendar)
    journey = _with_resource(journey, both)
    return replace(
        journey,
        resources=tuple(each for each in journey.resources if each.key != key),
        steps=tuple(
            replace(step, resource=into) if step.resource == key else step for step in journey.steps
        ),
    )
