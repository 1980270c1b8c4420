"""What stands above the evidence: upper apps bring their ends and links to the thread.

`ends.register("map", bring)` with `bring(corpus_id) -> Brought`: the steps of a map, the arrows of
a sketch, ideas, figures of a paper, each with an address. `ends.register_owner(find)` with
`find(corpus_id) -> Owner` names the task that a corpus belongs to. `ends.register_copies(copies)`
brings the texts in which somebody may have copied a quote, for withdrawals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from vuon.evidence.thread import End, Link


@dataclass(frozen=True)
class Brought:
    """Ends with their addresses, and the links from them downwards."""

    ends: tuple[End, ...] = ()
    links: tuple[Link, ...] = ()
    addresses: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Owner:
    """The task that a corpus belongs to."""

    title: str
    url: str
    lab: Any
    sees: str


@dataclass(frozen=True)
class Copy:
    """A text in which a quote may have been copied, and how to write it anew."""

    text: str
    write: Callable[[str], None]
    where: str


Bring = Callable[[UUID], Brought]

_brings: dict[str, Bring] = {}
_owners: list[Callable[[UUID], Owner | None]] = []
_copies: dict[str, Callable[[UUID], Iterable[Copy]]] = {}


def register(key: str, bring: Bring) -> None:
    """Let an upper app bring its ends to the thread."""
    _brings[key] = bring


def register_owner(find: Callable[[UUID], Owner | None]) -> None:
    """Say how the task of a corpus is found."""
    _owners[:] = [find]


def register_copies(key: str, copies: Callable[[UUID], Iterable[Copy]]) -> None:
    """Let a withdrawal reach the texts of an upper app."""
    _copies[key] = copies


def brought(corpus_id: UUID) -> list[Brought]:
    """What all upper apps bring to the thread of a corpus."""
    return [bring(corpus_id) for bring in _brings.values()]


def owner(corpus_id: UUID) -> Owner | None:
    """The task of a corpus."""
    return _owners[0](corpus_id) if _owners else None


def copies(corpus_id: UUID) -> list[Copy]:
    """The texts above a corpus that may hold copies of a quote."""
    return [copy for found in _copies.values() for copy in found(corpus_id)]
