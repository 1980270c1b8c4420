"""A journey as BPMN 2.0, the notation in which offices draw processes; reading is `bpmn_reading`.

Tasks, exclusive and parallel gateways, start and end, lanes, and a timer at the border of a task
for patience. What the notation has no place for stands in extension elements of our own namespace,
as the tables of `journey.toml`: other programs keep it and do not show it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from vuon.errors import N_, Words
from vuon.journeys import writing
from vuon.journeys.dists import centre
from vuon.journeys.model import Edge, Journey, Step
from vuon.toml.table import Text
from vuon.toml.writing import dumps

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
OWN = "urn:vuon:journey:1"
#: What each kind of step is drawn as; a decision that takes time or has a queue is a task, too.
DRAWN = {
    "do": "userTask", "desk": "task", "backoffice": "serviceTask", "wait": "task",
    "travel": "task", "batch": "task", "decision": "exclusiveGateway", "fork": "parallelGateway",
    "join": "parallelGateway", "end": "endEvent",
}  # fmt: skip
#: Characters that XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def drawn_as(step: Step) -> str:
    """The element of a step."""
    timed = step.service or step.service_for or step.resource or step.patience
    return "task" if step.kind == "decision" and timed else DRAWN[step.kind]


def one_line(text: Text) -> str:
    """A text as the name of something that is drawn."""
    return " ".join(_ILLEGAL.sub(" ", text.say("vi")).split())


def duration(minutes: float) -> str:
    """Minutes as ISO 8601 writes them.

    >>> duration(7.5)
    'PT7.5M'
    """
    return f"PT{minutes:.6f}".rstrip("0").rstrip(".") + "M"


def write(journey: Journey) -> tuple[str, tuple[Words, ...]]:
    """The journey as BPMN, and in words what other programs will not see.

    >>> from vuon.journeys.file import read
    >>> way = read('format = 1\\n[[step]]\\nkey = "desk"\\ntitle = "Quầy"')
    >>> '<bpmn:userTask id="step_desk" name="Quầy"' in write(way)[0]
    True
    """
    for prefix, name in (("bpmn", BPMN), ("bpmndi", DI), ("dc", DC), ("di", DD), ("vuon", OWN)):
        ET.register_namespace(prefix, name)
    root = _Picture(journey).definitions()
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', tuple(_unseen(journey))


def _unseen(journey: Journey) -> Iterator[Words]:
    yield Words(
        N_("Times, shares, groups and fees are in the file, but other programs do not show them.")
    )
    for step in journey.steps:
        named = {"step": step.title.say("vi") or step.key}
        if step.kind in ("wait", "travel", "batch") or drawn_as(step) != DRAWN[step.kind]:
            yield Words(N_("“{step}” is drawn as an ordinary task."), named)
        if step.patience and (step.patience.family != "const" or step.patience_for):
            yield Words(N_("Of the patience at “{step}” one middle value is drawn."), named)
        if step.gives_up or step.gives_up_for:
            yield Words(N_("Who gives up behind “{step}” is not drawn."), named)


class _Picture:
    """The elements of a journey; what is only drawn, and is no step of it, is marked `made`."""

    def __init__(self, journey: Journey) -> None:
        self.journey = journey
        self.process = ET.Element(f"{{{BPMN}}}process", id="journey", isExecutable="false")
        self.nodes: list[tuple[str, str]] = []
        self.flows: list[tuple[str, str, str]] = []

    def definitions(self) -> ET.Element:
        """The whole document."""
        journey, process = self.journey, self.process
        process.set("name", one_line(journey.title))
        head = writing.write(replace(journey, steps=(), edges=()))
        self.extended(process, "journey", head)
        self.lanes()
        self.node("startEvent", "start", made=True)
        for step in journey.steps:
            self.step(step)
        drawn = any(not edge.rework for edge in journey.edges)
        for n, edge in enumerate((*journey.edges, *(() if drawn else journey.way))):
            self.edge(n, edge, implied=n >= len(journey.edges))
        if journey.enters:
            self.flow("enter", "start", f"step_{journey.enters}")
        self.borders_and_ends()
        root = ET.Element(f"{{{BPMN}}}definitions", id="definitions", targetNamespace=OWN)
        root.append(process)
        root.append(self.diagram())
        return root

    def extended(self, parent: ET.Element, name: str, text: str) -> None:
        """Our own table below an element."""
        inside = ET.SubElement(parent, f"{{{BPMN}}}extensionElements")
        kept = _ILLEGAL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
        ET.SubElement(inside, f"{{{OWN}}}{name}").text = kept

    def node(self, tag: str, name: str, title: str = "", *, made: bool = False) -> ET.Element:
        """An element of the way."""
        found = ET.SubElement(self.process, f"{{{BPMN}}}{tag}", id=name)
        if title:
            found.set("name", title)
        if made:
            found.set(f"{{{OWN}}}made", "true")
        self.nodes.append((tag, name))
        return found

    def flow(self, name: str, source: str, target: str, mark: str = "made") -> ET.Element:
        """A way from one element to another; `mark` "" is an edge of the journey."""
        found = ET.SubElement(
            self.process, f"{{{BPMN}}}sequenceFlow", id=name, sourceRef=source, targetRef=target
        )
        if mark:
            found.set(f"{{{OWN}}}{mark}", "true")
        self.flows.append((name, source, target))
        return found

    def lanes(self) -> None:
        """One lane for each office, in the order of the steps."""
        found: dict[str, list[str]] = {}
        for step in self.journey.steps:
            found.setdefault(one_line(step.lane or step.office), []).append(step.key)
        if not any(found):
            return
        among = ET.SubElement(self.process, f"{{{BPMN}}}laneSet", id="lanes")
        for n, (name, keys) in enumerate(found.items()):
            lane = ET.SubElement(among, f"{{{BPMN}}}lane", id=f"lane_{n}", name=name)
            for key in keys:
                ET.SubElement(lane, f"{{{BPMN}}}flowNodeRef").text = f"step_{key}"

    def step(self, step: Step) -> None:
        """A step, and a gateway behind it where several ways lead on from a task."""
        tag = drawn_as(step)
        found = self.node(tag, f"step_{step.key}", one_line(step.title))
        found.set(f"{{{OWN}}}key", step.key)
        self.extended(found, "step", _table("step", writing.step_table(step)))
        if tag.lower().endswith("task") and len(self.exits(step.key)) > 1:
            self.node("exclusiveGateway", f"after_{step.key}", made=True)
            self.flow(f"to_after_{step.key}", f"step_{step.key}", f"after_{step.key}")

    def exits(self, key: str) -> list[str]:
        """Where a step leads; "" is the end of the way."""
        found = [e.target for e in (*self.journey.way, *self.journey.returns) if e.source == key]
        if self.journey.step(key).kind != "end" and not any(
            edge.source == key for edge in self.journey.way
        ):
            found.append("")
        return found

    def out_of(self, key: str) -> str:
        """The element from which the ways of a step lead on."""
        return (
            f"after_{key}" if ("exclusiveGateway", f"after_{key}") in self.nodes else f"step_{key}"
        )

    def edge(self, n: int, edge: Edge, *, implied: bool) -> None:
        """An edge of the journey, or one that the order of its steps implies."""
        mark = "implied" if implied else ""
        found = self.flow(f"edge_{n}", self.out_of(edge.source), f"step_{edge.target}", mark)
        if edge.why:
            found.set("name", one_line(edge.why))
        if not implied:
            self.extended(found, "edge", _table("edge", writing.edge_table(edge)))

    def borders_and_ends(self) -> None:
        """Timers of patience, and the ends that no step is."""
        left = [step.key for step in self.journey.steps if "" in self.exits(step.key)]
        if left:
            self.node("endEvent", "end_of_the_way", made=True)
        for key in left:
            self.flow(f"finish_{key}", self.out_of(key), "end_of_the_way")
        for step in self.journey.steps:
            if step.patience is None or not drawn_as(step).lower().endswith("task"):
                continue
            timer = self.node("boundaryEvent", f"patience_{step.key}", made=True)
            timer.set("attachedToRef", f"step_{step.key}")
            inside = ET.SubElement(timer, f"{{{BPMN}}}timerEventDefinition")
            told = ET.SubElement(inside, f"{{{BPMN}}}timeDuration")
            told.text = duration(centre(step.patience))
            target = f"step_{step.impatient_to}" if step.impatient_to else f"left_{step.key}"
            if not step.impatient_to:
                self.node("endEvent", target, made=True)
            self.flow(f"leave_{step.key}", f"patience_{step.key}", target)

    def diagram(self) -> ET.Element:
        """Places for those programs that draw nothing without: one row for each lane."""
        diagram = ET.Element(f"{{{DI}}}BPMNDiagram", id="diagram")
        plane = ET.SubElement(diagram, f"{{{DI}}}BPMNPlane", id="plane", bpmnElement="journey")
        rows = {key: n for n, key in enumerate(dict.fromkeys(map(self.lane_of, self.nodes)))}
        middle: dict[str, tuple[int, int]] = {}
        for column, (tag, name) in enumerate(self.nodes):
            wide, high = (100, 80) if tag.lower().endswith("task") else (40, 40)
            x, y = 100 + 150 * column, 100 + 160 * rows[self.lane_of((tag, name))]
            middle[name] = (x, y)
            shape = ET.SubElement(plane, f"{{{DI}}}BPMNShape", id=f"shape_{name}", bpmnElement=name)
            box = {"x": x - wide // 2, "y": y - high // 2, "width": wide, "height": high}
            ET.SubElement(shape, f"{{{DC}}}Bounds", {key: str(at) for key, at in box.items()})
        for name, source, target in self.flows:
            line = ET.SubElement(plane, f"{{{DI}}}BPMNEdge", id=f"line_{name}", bpmnElement=name)
            for end in (source, target):
                x, y = middle[end]
                ET.SubElement(line, f"{{{DD}}}waypoint", x=str(x), y=str(y))
        return diagram

    def lane_of(self, node: tuple[str, str]) -> str:
        """The lane in which an element is drawn."""
        key = node[1].partition("_")[2]
        step = self.journey.step(key) if key in self.journey.keys else None
        return one_line(step.lane or step.office) if step else ""


def _table(name: str, values: Mapping[str, Any]) -> str:
    return dumps([(f"[[{name}]]", values)])
