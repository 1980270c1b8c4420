"""Where everything stands on the drawn map: offices are lanes, steps follow from left to right.

Plain geometry in units of one pixel at 1:1, so that a page, a print and a test read the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from vuon.journeys.model import Edge, Journey, Step
from vuon.toml.table import Text

COLUMN, LANE = 196, 132
BOX_WIDTH, BOX_HEIGHT = 156, 68
HEAD = 150  # the column of office names
TOP = 28
ARC = 26  # how much higher each further arc passes


@dataclass(frozen=True)
class Box:
    """A step on the map; `x` and `y` are its upper left corner."""

    step: Step
    x: float
    y: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return self.x + BOX_WIDTH / 2, self.y + BOX_HEIGHT / 2


@dataclass(frozen=True)
class Lane:
    """The lane of one office."""

    office: Text
    y: float


@dataclass(frozen=True)
class Line:
    """An edge as an SVG path; `width` follows the share who take it, 2 where it is unknown."""

    edge: Edge
    path: str
    width: float
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Drawing:
    """The whole map with its size."""

    width: float
    height: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    ways: tuple[Line, ...]
    returns: tuple[Line, ...]


def draw(journey: Journey) -> Drawing:
    """The journey as a picture.

    >>> from vuon.journeys.file import read
    >>> two = '[[step]]\\nkey = "a"\\ntitle = "A"\\n[[step]]\\nkey = "b"\\ntitle = "B"'
    >>> [box.x for box in draw(read("format = 1\\n" + two)).boxes]
    [170.0, 366.0]
    """
    arcs = len(journey.returns)
    top = TOP + ARC * min(arcs, 4) + (20 if arcs else 0)
    rows = {office: row for row, office in enumerate(journey.offices)}
    boxes = {
        step.key: Box(
            step,
            HEAD + 20.0 + COLUMN * column,
            top + LANE * rows[step.office] + (LANE - BOX_HEIGHT) / 2,
        )
        for column, step in enumerate(journey.steps)
    }
    width = HEAD + 20 + COLUMN * max(len(journey.steps), 1)
    height = top + LANE * max(len(rows), 1) + 30
    return Drawing(
        width,
        height,
        tuple(Lane(office, top + LANE * row) for office, row in rows.items()),
        tuple(boxes.values()),
        tuple(_way(edge, boxes[edge.source], boxes[edge.target]) for edge in journey.way),
        tuple(
            _return(edge, boxes[edge.source], boxes[edge.target], number)
            for number, edge in enumerate(journey.returns)
        ),
    )


def _width(edge: Edge) -> float:
    return 2.0 if edge.share is None else round(1.5 + 10 * edge.share.value, 1)


def _way(edge: Edge, a: Box, b: Box) -> Line:
    """From the right side of one box to the left side of the other, bending half-way."""
    x1, y1 = a.x + BOX_WIDTH, a.middle[1]
    x2, y2 = b.x, b.middle[1]
    half = (x1 + x2) / 2
    path = f"M {x1:g} {y1:g} C {half:g} {y1:g} {half:g} {y2:g} {x2:g} {y2:g}"
    return Line(edge, path, _width(edge), half, (y1 + y2) / 2)


def _return(edge: Edge, a: Box, b: Box, number: int) -> Line:
    """An arc above the path, from the top of one box back to the top of the other."""
    x1, x2 = a.middle[0] - 10, b.middle[0] + 10
    high = TOP + ARC * (number % 4)
    path = f"M {x1:g} {a.y:g} C {x1:g} {high:g} {x2:g} {high:g} {x2:g} {b.y:g}"
    lowest = min(a.y, b.y)
    return Line(edge, path, _width(edge), (x1 + x2) / 2, high + 0.25 * (lowest - high))
