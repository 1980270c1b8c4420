"""BPMN 2.0 read as a journey: our own files come back as they were, others as a map.

What is drawn counts: names, lanes, ways and timers that somebody changed in another program win
over what our extension elements say. What journeys have no word for is left out, and said.
"""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from vuon.errors import N_, VuonError, Where, Words
from vuon.journeys import file
from vuon.journeys.bpmn import BPMN, DRAWN, OWN, drawn_as, duration, one_line
from vuon.journeys.dists import centre
from vuon.journeys.model import Dist, Journey, Step
from vuon.toml.table import Text
from vuon.toml.writing import dumps
from vuon.vietnamese import fold

#: A process of an office has some kilobytes.
MOST_BYTES = 2_000_000
TASKS = {
    "task": "do", "userTask": "do", "manualTask": "do", "sendTask": "do", "receiveTask": "wait",
    "serviceTask": "backoffice", "scriptTask": "backoffice", "businessRuleTask": "backoffice",
    "subProcess": "backoffice", "callActivity": "backoffice", "intermediateCatchEvent": "wait",
}  # fmt: skip
GATEWAYS = ("exclusiveGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway")
#: Elements that say nothing which a journey would have to say.
_QUIET = ("sequenceFlow", "laneSet", "extensionElements", "startEvent", "boundaryEvent",
          "documentation", "endEvent", "parallelGateway")  # fmt: skip
_DURATION = re.compile(
    r"P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?\Z"
)


def read(text: str, name: str = "journey.bpmn") -> tuple[Journey, tuple[Words, ...]]:
    """The journey of a BPMN text, and in words what was left out or taken for something else.

    Raises:
        VuonError: `journey.bpmn` if it is no BPMN with a process; `journey.bpmn_size` above two
            megabytes; `journey.bpmn_doctype` if it brings definitions of its own, which can let a
            file grow without end or name other files; whatever `file.read` raises.
    """
    drawing = _Drawing(_process(text, name))
    body = drawing.toml()
    journey = file.read(body, name)
    return drawing.entered(journey), tuple(drawing.lost)


def _process(text: str, name: str) -> ET.Element:
    if len(text.encode()) > MOST_BYTES:
        raise _wrong("journey.bpmn_size", N_("The file is too large for a process."), name)
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text):
        raise _wrong("journey.bpmn_doctype", N_("The file brings definitions of its own."), name)
    try:
        # Without definitions of its own XML can neither grow nor name other files.
        root = ET.fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text))  # noqa: S314
    except ET.ParseError:
        raise _wrong("journey.bpmn", N_("The file is not BPMN."), name) from None
    found = [each for each in root.iter(_tag("process")) if len(each)]
    if not found:
        raise _wrong("journey.bpmn", N_("The file is not BPMN."), name)
    found[0].set("others", str(len(found) - 1))
    return found[0]


def _wrong(code: str, what: str, name: str) -> VuonError:
    do = Words(N_("Save the process again as BPMN 2.0 in XML, from the program that drew it."))
    return VuonError(code, Words(what), do, where=Where(name))


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _is(each: ET.Element, mark: str) -> bool:
    return each.get(f"{{{OWN}}}{mark}") == "true"


def _own(each: ET.Element, name: str) -> str:
    return each.findtext(f"{_tag('extensionElements')}/{{{OWN}}}{name}") or ""


def _table(text: str, name: str) -> dict[str, Any]:
    """Our own table below an element; empty where there is none that can be read."""
    try:
        found = tomllib.loads(text).get(name)
    except tomllib.TOMLDecodeError:
        return {}
    return found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}


def minutes_of(text: str) -> float | None:
    """The minutes of an ISO 8601 duration of days, hours, minutes and seconds; else None.

    >>> minutes_of("P1DT2H30M"), minutes_of("PT7.5M"), minutes_of("P1M")
    (1590.0, 7.5, None)
    """
    found = _DURATION.match(text.strip())
    if not found or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (float(each or 0) for each in found.groups())
    return days * 1440 + hours * 60 + minutes + seconds / 60


@dataclass
class _Flow:
    element: ET.Element
    source: str
    target: str

    @property
    def implied(self) -> bool:
        return _is(self.element, "implied")


@dataclass
class _Drawing:
    process: ET.Element
    lost: list[Words] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.elements = {each.get("id", ""): each for each in self.process}
        self.flows = [
            _Flow(each, each.get("sourceRef", ""), each.get("targetRef", ""))
            for each in self.process.iter(_tag("sequenceFlow"))
            if each.get("sourceRef") in self.elements and each.get("targetRef") in self.elements
        ]
        self.splits: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        others = int(self.process.get("others", "0"))
        if others:
            named = {"name": self.process.get("name") or self.process.get("id", "")}
            self.lost.append(Words(N_("Of several processes only “{name}” was read."), named))
        self.nodes = [each for each in self.process if self.is_step(each)]
        for each in self.nodes:
            self.keys[each.get("id", "")] = self.key(each)
        self.around_made_gateways()

    def left_out(self, name: str) -> None:
        words = N_("“{name}” was left out: journeys know nothing like it.")
        self.lost.append(Words(words, {"name": name}))

    def named(self, each: ET.Element) -> str:
        return " ".join((each.get("name") or "").split()) or each.get("id", "")

    def is_step(self, each: ET.Element) -> bool:
        """Whether an element is a step; says so of what is not and would be missed."""
        tag = each.tag.rpartition("}")[2]
        if _is(each, "made"):
            return False
        if tag == "endEvent":
            return not self.only_for_the_impatient(each)
        if tag in TASKS or tag in GATEWAYS or tag == "parallelGateway":
            words = None
            if tag in ("subProcess", "callActivity"):
                words = N_("“{name}” was taken as one step; what is inside it was left out.")
            elif tag in GATEWAYS[1:]:
                words = N_("“{name}” was taken as a decision.")
            if words:
                self.lost.append(Words(words, {"name": self.named(each)}))
            return True
        if tag not in _QUIET:
            what = {"name": self.named(each) or tag}
            self.lost.append(
                Words(N_("“{name}” was left out: journeys know nothing like it."), what)
            )
        return False

    def only_for_the_impatient(self, end: ET.Element) -> bool:
        """Whether only a timer leads to an end: they give up, which is no completion."""
        sources = [self.elements[f.source] for f in self.flows if f.target == end.get("id")]
        border = _tag("boundaryEvent")
        return bool(sources) and all(each.tag == border for each in sources)

    def key(self, each: ET.Element) -> str:
        """A key that no other step has."""
        asked = each.get(f"{{{OWN}}}key", "") or each.get("id", "")
        plain = re.sub(r"[^a-z0-9_]+", "_", fold(asked).lower()).strip("_") or "step"
        plain = plain if plain[0].isalpha() else f"step_{plain}"
        found, n = plain, 2
        while found in self.keys.values():
            found, n = f"{plain}_{n}", n + 1
        return found

    def around_made_gateways(self) -> None:
        """Ways that lead through a gateway which is only drawn lead from the step before it."""
        before = {
            flow.target: flow.source
            for flow in self.flows
            if _is(flow.element, "made") and self.elements[flow.target].tag in map(_tag, GATEWAYS)
            and _is(self.elements[flow.target], "made")
        }  # fmt: skip
        for flow in self.flows:
            flow.source = before.get(flow.source, flow.source)

    def toml(self) -> str:
        """The journey's file."""
        head = _own(self.process, "journey")
        try:
            tomllib.loads(head)
        except tomllib.TOMLDecodeError:
            head = ""
        if not head:
            title = Text(" ".join((self.process.get("name") or "").split()))
            head = dumps([("", {"format": 1, "id": "journey", "title": title})])
        steps = [("[[step]]", each) for each in self.steps()]
        edges = [("[[edge]]", each) for each in self.edges()]
        return head + "\n" + dumps([*steps, *edges])

    def steps(self) -> Iterator[dict[str, Any]]:
        """The table of each step."""
        lanes = {
            ref.text: " ".join((lane.get("name") or "").split())
            for lane in self.process.iter(_tag("lane"))
            for ref in lane.findall(_tag("flowNodeRef"))
        }
        for node in self.nodes:
            name, told = node.get("id", ""), _own(node, "step")
            table = _table(told, "step")
            was = file.read(self.alone(told), "step").steps[0] if table else None
            title = " ".join((node.get("name") or "").split())
            if was is None or one_line(was.title) != title:
                table["title"] = {"vi": title or self.keys[name]}
            table["key"] = self.keys[name]
            if name in lanes and (was is None or one_line(was.lane or was.office) != lanes[name]):
                table["office"] = {"vi": lanes[name]} if lanes[name] else ""
                table.pop("lane", None)
            tag = node.tag.rpartition("}")[2]
            if was is None or drawn_as(was) != tag:
                table["kind"] = self.kind(tag, name)
            self.patience(table, was, name)
            yield {key: value for key, value in table.items() if value != ""}

    @staticmethod
    def alone(told: str) -> str:
        """A step's table as a file of its own, in which the keys that it names stand too."""
        table = _table(told, "step")
        groups = {key for each in table if each.endswith("_for") for key in table[each]}
        parts: list[tuple[str, dict[str, Any]]] = []
        parts += [("[[group]]", {"key": key, "share": 1}) for key in sorted(groups)]
        parts += [("[[document]]", {"key": key}) for key in table.get("documents", ())]
        if "resource" in table:
            parts.append(("[[resource]]", {"key": table["resource"]}))
        if table.get("impatient_to", table.get("key")) != table.get("key"):
            parts.append(("[[step]]", {"key": table["impatient_to"], "title": "?"}))
        return f"format = 1\n{told}\n{dumps(parts)}"

    def kind(self, tag: str, name: str) -> str:
        """What a drawn element is as a step."""
        if tag == "endEvent":
            return "end"
        if tag == "parallelGateway":
            return "fork" if sum(flow.source == name for flow in self.flows) > 1 else "join"
        return TASKS.get(tag, "decision")

    def patience(self, table: dict[str, Any], was: Step | None, name: str) -> None:
        """How long people queue, and where they go then, from the timer at a step's border."""
        if was and not drawn_as(was).lower().endswith("task"):
            return
        timers = [
            each
            for each in self.process.iter(_tag("boundaryEvent"))
            if each.get("attachedToRef") == name
        ]
        found = None
        for each in timers:
            told = each.findtext(f"{_tag('timerEventDefinition')}/{_tag('timeDuration')}")
            minutes = minutes_of(told or "")
            if found is not None or minutes is None:
                what = {"name": self.named(each)}
                self.lost.append(
                    Words(N_("“{name}” was left out: journeys know nothing like it."), what)
                )
                continue
            found = (each.get("id", ""), minutes)
        if found is None:
            table.pop("patience", None)
            return
        known: Dist | None = was.patience if was else None
        if known is None or duration(centre(known)) != duration(found[1]):
            table["patience"] = found[1]
        goes = [flow.target for flow in self.flows if flow.source == found[0]]
        table["impatient_to"] = self.keys.get(goes[0], "") if goes else ""

    def edges(self) -> Iterator[dict[str, Any]]:
        """The table of each edge; those that the order implies only where it no longer does."""
        ours = [f for f in self.flows if f.source in self.keys and f.target in self.keys]
        ours = [flow for flow in ours if not _is(flow.element, "made")]
        implied = [(flow.source, flow.target) for flow in ours if flow.implied]
        names = [each.get("id", "") for each in self.nodes]
        drawn = any(not flow.implied and not self.goes_back(flow) for flow in ours)
        if not drawn and implied == list(pairwise(names)):
            ours = [flow for flow in ours if not flow.implied]
        for flow in ours:
            table = _table(_own(flow.element, "edge"), "edge")
            name = " ".join((flow.element.get("name") or "").split())
            if flow.element.find(_tag("conditionExpression")) is not None:
                a, b = (self.named(self.elements[end]) for end in (flow.source, flow.target))
                words = N_("The condition between “{a}” and “{b}” was left out.")
                self.lost.append(Words(words, {"a": a, "b": b}))
            if self.goes_back(flow) and "rework" not in table:
                table["rework"] = True
            if name != one_line(_text(table.get("why"))):
                table["why"] = {"vi": name} if name else ""
            table |= {"from": self.keys[flow.source], "to": self.keys[flow.target]}
            yield {key: value for key, value in table.items() if value != ""}

    def goes_back(self, flow: _Flow) -> bool:
        """Whether a way is a way back: our own says so, another leads to what came before it."""
        if _own(flow.element, "edge"):
            return bool(_table(_own(flow.element, "edge"), "edge").get("rework"))
        if flow.implied:
            return False
        return (flow.source, flow.target) in self.backward()

    def backward(self) -> set[tuple[str, str]]:
        """The ways that lead to a step on the path to their own source, depth first."""
        if not hasattr(self, "_backward"):
            onward: dict[str, list[str]] = {}
            for flow in self.flows:
                onward.setdefault(flow.source, []).append(flow.target)
            starts = [e.get("id", "") for e in self.process.iter(_tag("startEvent"))]
            self._backward = _backward([*starts, *self.keys], onward)
        return self._backward

    def entered(self, journey: Journey) -> Journey:
        """The journey entered where the start event leads."""
        starts = [each.get("id", "") for each in self.process.iter(_tag("startEvent"))]
        goes = [f.target for f in self.flows if f.source in starts and f.target in self.keys]
        if len(goes) > 1:
            self.lost.append(Words(N_("Of several starts only the first one counts.")))
        if not goes or self.keys[goes[0]] == journey.enters:
            return journey
        first = self.keys[goes[0]]
        if journey.arrivals:
            return replace(journey, arrivals=replace(journey.arrivals, enters=first))
        edges = journey.edges if any(not e.rework for e in journey.edges) else journey.way
        others = tuple(step for step in journey.steps if step.key != first)
        back = () if edges is journey.edges else journey.returns
        return replace(journey, steps=(journey.step(first), *others), edges=(*edges, *back))


def _text(value: object) -> Text:
    if isinstance(value, dict):
        return Text(str(value.get("vi", "")), str(value.get("en", "")))
    return Text(str(value or ""))


def _backward(starts: list[str], onward: dict[str, list[str]]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for start in starts:
        path: list[tuple[str, Iterator[str]]] = []
        on: set[str] = set()
        here = start if start not in seen else None
        while here is not None or path:
            if here is not None:
                seen.add(here)
                on.add(here)
                path.append((here, iter(onward.get(here, ()))))
            top, ways = path[-1]
            here = None
            for target in ways:
                if target in on:
                    found.add((top, target))
                elif target not in seen:
                    here = target
                    break
            else:
                on.discard(top)
                path.pop()
    return found


assert set(DRAWN.values()) <= {*TASKS, *GATEWAYS, "parallelGateway", "endEvent"}
