"""Where the words of a sketch stand: the longest loop on an oval, the rest around and below it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from vuon.systems.loops import find
from vuon.systems.model import Link, SystemModel

BOX_WIDTH, BOX_HEIGHT = 168, 52
_ROW = 5


@dataclass(frozen=True)
class Arrow:
    """A link as an SVG path, with the place of its sign."""

    link: Link
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """The sketch as a picture: middles of boxes by key, arrows, size."""

    width: float
    height: float
    places: Mapping[str, tuple[float, float]]
    arrows: tuple[Arrow, ...]


def draw(model: SystemModel) -> Drawing:
    """The sketch as a picture; the same sketch always gives the same one."""
    loops = find(model, most=200, seconds=0.1).loops
    longest = sorted((loop.keys for loop in loops), key=lambda keys: (-len(keys), keys))
    ring = list(longest[0][:14]) if longest else []
    rest = [each.key for each in model.drawn if each.key not in ring]
    radius_x = max(300.0, len(ring) * (BOX_WIDTH + 46) / 5.2)
    radius_y = max(150.0, len(ring) * (BOX_HEIGHT + 56) / 4.4)
    centre = (radius_x + BOX_WIDTH / 2 + 20, radius_y + BOX_HEIGHT / 2 + 20)
    places: dict[str, tuple[float, float]] = {}
    for number, key in enumerate(ring):
        angle = 2 * math.pi * number / len(ring) - math.pi / 2
        places[key] = (
            round(centre[0] + radius_x * math.cos(angle), 1),
            round(centre[1] + radius_y * math.sin(angle), 1),
        )
    width = max(2 * centre[0], (BOX_WIDTH + 40) * min(len(rest), _ROW) + 20.0)
    top = 2 * centre[1] + 30 if ring else 20 + BOX_HEIGHT / 2
    for number, key in enumerate(rest):
        across, down = number % _ROW, number // _ROW
        # Every second row is set in, so that arrows between rows do not lie on each other.
        inset = (BOX_WIDTH + 40) / 4 * (down % 2)
        places[key] = (
            round(20 + BOX_WIDTH / 2 + across * (BOX_WIDTH + 40) + inset, 1),
            round(top + BOX_HEIGHT / 2 + down * (BOX_HEIGHT + 70), 1),
        )
    width = max([width, *(x + BOX_WIDTH / 2 + 20 for x, _ in places.values())])
    height = max([120.0, *(y + BOX_HEIGHT / 2 + 30 for _, y in places.values())])
    arrows = tuple(_arrow(link, places, centre) for link in model.links)
    return Drawing(width, height, places, arrows)


def _arrow(
    link: Link, places: Mapping[str, tuple[float, float]], centre: tuple[float, float]
) -> Arrow:
    """A bent arrow from the rim of one box to the rim of the other."""
    (x1, y1), (x2, y2) = places[link.source], places[link.target]
    if link.source == link.target:
        high = f"{x1 - 60:g} {y1 - 80:g} {x1 + 60:g} {y1 - 80:g}"
        path = f"M {x1 - 20:g} {y1 - 26:g} C {high} {x1 + 20:g} {y1 - 26:g}"
        return Arrow(link, path, x1, y1 - 68)
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    length = math.hypot(x2 - x1, y2 - y1) or 1
    # Bent to the right of its direction, so that an arrow and its return do not meet.
    bend = min(60.0, length / 5)
    over = (middle[0] + (y1 - y2) / length * bend, middle[1] + (x2 - x1) / length * bend)
    a = _rim((x1, y1), over, 4)
    b = _rim((x2, y2), over, 10)
    path = f"M {a[0]:g} {a[1]:g} Q {over[0]:g} {over[1]:g} {b[0]:g} {b[1]:g}"
    x = 0.25 * a[0] + 0.5 * over[0] + 0.25 * b[0]
    y = 0.25 * a[1] + 0.5 * over[1] + 0.25 * b[1]
    return Arrow(link, path, round(x, 1), round(y, 1))


def _rim(box: tuple[float, float], towards: tuple[float, float], gap: float) -> tuple[float, float]:
    """Where the line from the middle of a box leaves it, and a little further."""
    dx, dy = towards[0] - box[0], towards[1] - box[1]
    reach = min(
        (BOX_WIDTH / 2 + gap) / abs(dx) if dx else math.inf,
        (BOX_HEIGHT / 2 + gap) / abs(dy) if dy else math.inf,
    )
    if not math.isfinite(reach):
        return box
    return round(box[0] + dx * reach, 1), round(box[1] + dy * reach, 1)
