"""What keeps a journey from running, with the place and what to do; and what to be wary of.

Two grades: `runnable` refuses, `warnings` lets run. A map that people draw is never refused: it
just does not run yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import inf

from vuon.errors import N_, Words
from vuon.journeys.calendars import desks
from vuon.journeys.dists import mean
from vuon.journeys.figures import Dist, Figure
from vuon.journeys.model import Group, Journey, Step
from vuon.journeys.refusals import Refusal, refuse
from vuon.journeys.routes import TOLERANCE, after, exits, join_of
from vuon.journeys.traffic import cases, loads, missing_papers, passes

__all__ = ["Refusal", "before_a_desk", "figures", "runnable", "warnings"]

#: The largest journey that the kernel holds.
MOST = {"steps": 64, "resources": 32, "groups": 16, "edges": 1024}
_PARTS = {
    "steps": N_("steps"),
    "resources": N_("pools of desks"),
    "groups": N_("groups"),
    "edges": N_("connections"),
}
#: Above this load a queue is long and drifts.
HEAVY = 0.95
#: Fewer cases of a group than this over the horizon say little about it.
FEW = 30
#: More minutes of own work than this in one step are more likely a wait.
A_DAY = 480


def runnable(journey: Journey) -> tuple[Refusal, ...]:
    """What would have to change before the journey can run; empty if it runs.

    >>> from vuon.journeys.file import read
    >>> way = read('format = 1\\n[[step]]\\nkey = "desk"\\ntitle = "Counter"\\nkind = "desk"')
    >>> [each.code for each in runnable(way)]
    ['no_calendar', 'no_groups', 'no_arrivals', 'no_duration', 'no_desks']
    """
    found = [*_keys(journey), *_who_and_when(journey)]
    if any(each.code in ("twice", "unknown_step") for each in found):
        return tuple(found)
    for step in journey.steps:
        found += [*_duration(journey, step), *_parts(journey, step), *_papers(journey, step)]
    found += [*_ways(journey), *_resources(journey)]
    return tuple(found)


def title(step: Step) -> str:
    """What a step is called in a sentence."""
    return step.title.vi or step.title.en or step.key


def _called(group: Group) -> str:
    return group.name.vi or group.name.en or group.key


def _keys(journey: Journey) -> Iterator[Refusal]:
    if not journey.steps:
        yield refuse("no_steps", "journey")
    for part in ("step", "resource", "group", "document"):
        for key, count in Counter(each.key for each in getattr(journey, f"{part}s")).items():
            if count > 1:
                yield refuse("twice", part, key, count=count)
    for name, most in MOST.items():
        count = len(getattr(journey, name))
        if count > most:
            parts = Words(_PARTS[name])
            yield refuse("too_many", "journey", count=count, parts=parts, most=most)
    for edge in journey.edges:
        for end in (edge.source, edge.target):
            if end not in journey.keys:
                yield refuse("unknown_step", "edge", edge.key, step=end)


def _who_and_when(journey: Journey) -> Iterator[Refusal]:
    if journey.calendar is None:
        yield refuse("no_calendar", "calendar")
    elif not journey.calendar.opening:
        yield refuse("closed", "calendar")
    if not journey.groups:
        yield refuse("no_groups", "group")
    whole = sum(group.share.value for group in journey.groups)
    if journey.groups and abs(whole - 1) > TOLERANCE:
        yield refuse("group_shares", "group", sum=round(whole, 6))
    arrivals = journey.arrivals
    if arrivals is None or not (
        arrivals.per_day.value
        or any(figure.value for _, figure in arrivals.per_day_for)
        or arrivals.before_opening
        or arrivals.backlog
        or arrivals.slots
    ):
        yield refuse("no_arrivals", "arrivals")
    if arrivals and arrivals.enters and arrivals.enters not in journey.keys:
        yield refuse("unknown_step", "arrivals", step=arrivals.enters)


def _duration(journey: Journey, step: Step) -> Iterator[Refusal]:
    for dist in _dists(step):
        if any(value < 0 for _, value in dist.parameters) or any(v < 0 for v in dist.values):
            yield refuse("negative_time", "step", step.key, step=title(step))
    if lacks_duration(journey, step):
        yield refuse("no_duration", "step", step.key, step=title(step))


def lacks_duration(journey: Journey, step: Step) -> bool:
    """Whether the step needs a time that nobody gave; before a desk the queue is the wait."""
    if step.kind not in ("do", "wait", "travel", "desk", "backoffice") or step.service:
        return False
    if step.kind == "wait" and before_a_desk(journey, step.key):
        return False
    said = dict(step.service_for)
    return not journey.groups or any(group.key not in said for group in journey.groups)


def before_a_desk(journey: Journey, key: str) -> bool:
    """Whether all ways on from a step lead to a desk: then the queue there is the wait."""
    onward = [journey.step(e.target) for e in journey.way if e.source == key]
    return bool(onward) and all(each.kind == "desk" for each in onward)


def _dists(step: Step) -> Iterator[Dist]:
    yield from (each for each in (step.service, step.patience) if each)
    for pairs in (step.service_for, step.patience_for):
        yield from (each for _, each in pairs)


def _times(step: Step) -> Iterator[Dist]:
    yield from (each for each in (step.service, *(d for _, d in step.service_for)) if each)


def _parts(journey: Journey, step: Step) -> Iterator[Refusal]:
    called = title(step)
    if step.kind == "desk" and not step.resource:
        yield refuse("no_desks", "step", step.key, step=called)
    if step.resource and step.resource not in {each.key for each in journey.resources}:
        yield refuse("unknown_resource", "step", step.key, step=called, desks=step.resource)
    if step.kind == "batch" and not step.batch_size and not step.batch_days:
        yield refuse("no_batch", "step", step.key, step=called)
    if step.impatient_to and step.impatient_to not in journey.keys:
        yield refuse("unknown_step", "step", step.key, step=step.impatient_to)


def _papers(journey: Journey, step: Step) -> Iterator[Refusal]:
    known = {each.key for each in journey.documents}
    for key in step.documents:
        if key not in known:
            yield refuse("unknown_document", "step", step.key, step=title(step), paper=key)
            return
    for group in journey.groups:
        lacking = missing_papers(journey, step.key, group.key)
        if lacking and not exits(journey, step.key, group).papers:
            yield refuse("no_papers_edge", "step", step.key, step=title(step))
            return


def _ways(journey: Journey) -> Iterator[Refusal]:
    for edge in journey.returns:
        if not (edge.share or edge.share_for or edge.papers or edge.unaided):
            a, b = journey.step(edge.source), journey.step(edge.target)
            yield refuse("no_share", "edge", edge.key, a=title(a), b=title(b))
    for edge in journey.edges:
        source = journey.step(edge.source)
        if edge.unaided and source.channel != "online":
            yield refuse("not_online", "edge", edge.key, step=title(source))
    if not journey.steps:
        return
    reached = set(after(journey, journey.enters))
    arrivals = journey.arrivals
    starts = [each.step for each in arrivals.slots] if arrivals else []
    starts += [each.step for each in arrivals.backlog] if arrivals else []
    for start in starts:
        reached |= after(journey, start) if start in journey.keys else set()
    for step in journey.steps:
        if step.key not in reached:
            yield refuse("unreached", "step", step.key, step=title(step))
        if step.kind == "fork" and not join_of(journey, step.key):
            yield refuse("no_join", "step", step.key, step=title(step))
        yield from _shares(journey, step)
    yield from _for_ever(journey, reached)


def _shares(journey: Journey, step: Step) -> Iterator[Refusal]:
    """The shares behind one step sum to 1 for every group."""
    on = [edge for edge in journey.way if edge.source == step.key]
    if step.kind == "end":
        if on:
            yield refuse("end_leads_on", "step", step.key, step=title(step))
        return
    if step.kind == "fork":
        return
    for group in journey.groups:
        total = exits(journey, step.key, group).total
        # Behind the last step of a way, who does not go back is done.
        if total > 1 + TOLERANCE or (on and total < 1 - TOLERANCE):
            who, total = _called(group), round(total, 6)
            yield refuse("shares", "step", step.key, step=title(step), group=who, sum=total)


def _for_ever(journey: Journey, reached: set[str]) -> Iterator[Refusal]:
    """No group may come to where it can neither finish nor leave."""
    for group in journey.groups:
        onward = passes(journey, group)
        free = {key for key, ways in onward.items() if sum(p for _, p in ways) < 1 - TOLERANCE}
        while True:
            more = {k for k, ways in onward.items() if any(t in free and p > 0 for t, p in ways)}
            if more <= free:
                break
            free |= more
        stuck = next((s for s in journey.steps if s.key in reached - free), None)
        if stuck:
            yield refuse("for_ever", "step", stuck.key, step=title(stuck), group=_called(group))


def _resources(journey: Journey) -> Iterator[Refusal]:
    calendar = journey.calendar
    used = {step.resource for step in journey.steps}
    for resource in journey.resources:
        name = resource.name.vi or resource.name.en or resource.key
        if any(shift.end <= shift.start for shift in resource.shifts):
            yield refuse("end_before_start", "resource", resource.key, name=name)
        elif calendar and resource.key in used and not any(n for _, n in desks(resource, calendar)):
            yield refuse("never_open", "resource", resource.key, name=name)


def warnings(journey: Journey) -> tuple[Refusal, ...]:
    """What to be wary of in a journey that runs: nothing here keeps it from running."""
    found = []
    for key, load in loads(journey).items():
        name = journey.resource(key).name
        if HEAVY < load < inf:
            called, percent = name.vi or name.en or key, round(load * 100)
            found.append(refuse("load", "resource", key, name=called, percent=percent))
    for step in journey.steps:
        longest = max((mean(d) for d in _times(step)), default=0.0) if step.kind == "do" else 0.0
        if longest > A_DAY:
            hours = round(longest / 60)
            found.append(refuse("long_work", "step", step.key, step=title(step), hours=hours))
    for group in journey.groups:
        count = cases(journey, group)
        if count < FEW:
            found.append(
                refuse("few", "group", group.key, count=round(count), group=_called(group))
            )
    lights = Counter(figure.light for _, figure in figures(journey))
    if lights["assumed"] * 2 > lights.total():
        found.append(refuse("assumed", "journey", count=lights["assumed"], all=lights.total()))
    return tuple(found)


def figures(journey: Journey) -> Iterator[tuple[str, Figure | Dist]]:
    """Every figure of a journey that has a light, with a name that says where it stands."""
    for group in journey.groups:
        yield f"group:{group.key}:share", group.share
    if journey.arrivals:
        yield "arrivals:per_day", journey.arrivals.per_day
        for key, rate in journey.arrivals.per_day_for:
            yield f"arrivals:per_day:{key}", rate
    for document in journey.documents:
        for key, missing in (("", document.missing), *document.missing_for):
            if missing.value:
                yield _named("document", document.key, "missing", key), missing
    for step in journey.steps:
        for name in ("service", "patience", "gives_up"):
            for key, each in (("", getattr(step, name)), *getattr(step, f"{name}_for")):
                if each is not None:
                    yield _named("step", step.key, name, key), each
    for edge in journey.edges:
        taken: list[tuple[str, Figure | None]] = [("", edge.share), *edge.share_for]
        yield from ((_named("edge", edge.key, "share", key), f) for key, f in taken if f)
        if edge.delay:
            yield _named("edge", edge.key, "delay", ""), edge.delay


def _named(*parts: str) -> str:
    return ":".join(part for part in parts if part)
