"""The feedback loops of a sketch: every elementary circle, with its polarity.

Strongly connected parts by Tarjan, then within each a walk from every start that enters only what
can come back in the steps left: all circles of parts of up to 40 variables, of larger parts those
of bounded length. The answer says whether the list is complete.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vuon.systems.model import Link, SystemModel
from vuon.toml.table import Text

MOST = 2_000
SECONDS = 1.0
WHOLE = 40
BOUNDS = (8, 12, 16)
_NONE = Text()


@dataclass(frozen=True)
class Loop:
    """A circle of variables, from its smallest key on.

    `polarity` is "R" if it feeds itself, "B" if it holds itself back, "?" while a sign is missing.
    `label` is its number among those of its polarity: R1, B1. `name` is what people call it.
    """

    keys: tuple[str, ...]
    links: tuple[Link, ...]
    polarity: str
    label: str = ""
    name: Text = _NONE

    @property
    def delayed(self) -> bool:
        """Whether one of its links takes time."""
        return any(link.delayed for link in self.links)


@dataclass(frozen=True)
class Loops:
    """The loops found. `complete` is false if time, number or length stopped the search."""

    loops: tuple[Loop, ...]
    complete: bool = True


def find(model: SystemModel, *, most: int = MOST, seconds: float = SECONDS) -> Loops:
    """Every loop of the sketch: shorter ones first, then by their keys.

    >>> from vuon.systems.file import read
    >>> text = 'format = 1\\n[open.a]\\nlabel = "A"\\n[open.b]\\nlabel = "B"\\n'
    >>> text += '[[link]]\\nfrom = "a"\\nto = "b"\\nsign = "+"\\n'
    >>> text += '[[link]]\\nfrom = "b"\\nto = "a"\\nsign = "-"'
    >>> [(loop.label, loop.keys) for loop in find(read(text)).loops]
    [('B1', ('a', 'b'))]
    """
    circles, complete = circuits(_neighbours(model.links), most=most, seconds=seconds)
    drawn = {(link.source, link.target): link for link in model.links}
    found: list[Loop] = []
    numbers: dict[str, int] = {}
    for keys in sorted(circles, key=lambda each: (len(each), each)):
        ends = zip(keys, (*keys[1:], keys[0]), strict=True)
        links = tuple(drawn[pair] for pair in ends)
        kind = polarity(links)
        numbers[kind] = numbers.get(kind, 0) + 1
        named = model.name_of(frozenset(keys))
        name = named.name if named else _NONE
        found.append(Loop(keys, links, kind, f"{kind}{numbers[kind]}", name))
    return Loops(tuple(found), complete)


def polarity(links: Iterable[Link]) -> str:
    """The product of the signs: "R" for +, "B" for -, "?" if one is unknown."""
    product = 1
    for link in links:
        if link.sign == "?":
            return "?"
        product *= -1 if link.sign == "-" else 1
    return "R" if product > 0 else "B"


Graph = Mapping[str, Sequence[str]]


def _neighbours(links: Iterable[Link]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for link in links:
        found.setdefault(link.source, []).append(link.target)
        found.setdefault(link.target, [])
    return {key: sorted(set(to)) for key, to in sorted(found.items())}


def circuits(
    graph: Graph, *, most: int = MOST, seconds: float = SECONDS
) -> tuple[list[tuple[str, ...]], bool]:
    """The elementary circles of a graph, each from its smallest key, and whether these are all."""
    until = time.monotonic() + seconds
    found: list[tuple[str, ...]] = []
    complete = True
    for part in components(graph):
        inside = {key: [to for to in graph[key] if to in part] for key in sorted(part)}
        if len(part) == 1 and next(iter(part)) not in inside[next(iter(part))]:
            continue
        bounds: tuple[int, ...] = (len(part),) if len(part) <= WHOLE else BOUNDS
        for bound in bounds:
            some, whole = _bounded(inside, bound, most - len(found), until)
            if bound == bounds[-1] or not whole:
                found += some
                complete = complete and whole and len(part) <= WHOLE
                break
    return found, complete


def _bounded(
    graph: Graph, longest: int, most: int, until: float
) -> tuple[list[tuple[str, ...]], bool]:
    """The circles of at most `longest` variables, until there are `most` or time is over."""
    found: list[tuple[str, ...]] = []
    for number, circle in enumerate(_walk(graph, longest, until)):
        if circle is None or number >= most:
            return found, False
        found.append(circle)
    return found, True


def _walk(graph: Graph, longest: int, until: float) -> Iterator[tuple[str, ...] | None]:
    """Each circle once, from its smallest key; None if time is over.

    From each start only larger keys that can come back in the steps left are entered.
    """
    keys = list(graph)
    steps = 0
    for at, start in enumerate(keys):
        allowed = set(keys[at:])
        back = _distance_to(graph, start, allowed)
        path, on_path = [start], {start}
        stack = [iter(graph[start])]
        while stack:
            steps += 1
            if steps % 2_000 == 0 and time.monotonic() > until:
                yield None
                return
            here = next(stack[-1], None)
            if here is None:
                stack.pop()
                on_path.discard(path.pop())
            elif here == start:
                yield tuple(path)
            elif here in back and here not in on_path and len(path) + back[here] <= longest:
                path.append(here)
                on_path.add(here)
                stack.append(iter(graph[here]))


def _distance_to(graph: Graph, goal: str, allowed: set[str]) -> dict[str, int]:
    """How many steps each allowed key is from `goal`."""
    before: dict[str, list[str]] = {}
    for key in allowed:
        for to in graph[key]:
            before.setdefault(to, []).append(key)
    found = {goal: 0}
    ahead = [goal]
    for here in ahead:
        for key in before.get(here, ()):
            if key not in found:
                found[key] = found[here] + 1
                ahead.append(key)
    return found


def components(graph: Graph) -> list[set[str]]:
    """The strongly connected parts (Tarjan, without recursion)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    parts: list[set[str]] = []
    for root in graph:
        if root in number:
            continue
        work = [(root, iter(graph[root]))]
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        while work:
            here, ahead = work[-1]
            to = next(ahead, None)
            if to is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == number[here]:
                    at = stack.index(here)
                    parts.append(set(stack[at:]))
                    on_stack -= set(stack[at:])
                    del stack[at:]
            elif to not in number:
                number[to] = low[to] = len(number)
                stack.append(to)
                on_stack.add(to)
                work.append((to, iter(graph[to])))
            elif to in on_stack:
                low[here] = min(low[here], number[to])
    return parts
