"""A system as people sketch it: variables, signed links, and the loops they close.

The stock-and-flow model grows out of the same file: an `open` variable has no equation yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from vuon import canonical
from vuon.toml.table import Text

KINDS = ("stock", "flow", "aux", "const", "table", "open")
SIGNS = ("+", "-", "?")
LIGHTS = ("measured", "said", "assumed")


@dataclass(frozen=True)
class Variable:
    """Something that can be more or less.

    Args:
        key: stable name.
        label: what people call it; it must make sense after "more" and "less".
        kind: one of `KINDS`; "open" while it has no equation.
        office: whose hands it is in, by office, never by person.
        light: what is known of its size, one of `LIGHTS`.
        rests_on: references to evidence.
        extra: what else the file says of it, such as the value of a constant.
    """

    key: str
    label: Text
    kind: str = "open"
    unit: str = ""
    office: Text = field(default_factory=Text)
    light: str = "assumed"
    note: str = ""
    rests_on: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """More of `source` makes more (+) or less (-) of `target`; "?" while nobody has said.

    Without evidence in `rests_on` it is an assumption, and is called so.
    """

    source: str
    target: str
    sign: str = "?"
    delayed: bool = False
    note: str = ""
    rests_on: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The link by its ends."""
        return f"{self.source}->{self.target}"

    @property
    def is_assumption(self) -> bool:
        """Whether nothing supports it."""
        return not self.rests_on


@dataclass(frozen=True)
class Named:
    """What people call a loop, kept by the set of its variables."""

    keys: frozenset[str]
    name: Text
    story: Text = field(default_factory=Text)


@dataclass(frozen=True)
class SystemModel:
    """A sketch or a model. `extra` holds tables that this version does not know."""

    id: str
    title: Text
    variables: tuple[Variable, ...] = ()
    links: tuple[Link, ...] = ()
    loops: tuple[Named, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def _by_key(self) -> dict[str, Variable]:
        return {each.key: each for each in self.variables}

    def variable(self, key: str) -> Variable:
        """The variable with this key; `KeyError` if there is none."""
        return self._by_key[key]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the variables in their order."""
        return tuple(each.key for each in self.variables)

    @cached_property
    def drawn(self) -> tuple[Variable, ...]:
        """What a sketch shows: figures that no arrow touches are for the model that runs."""
        linked = {end for link in self.links for end in (link.source, link.target)}
        return tuple(v for v in self.variables if v.kind != "const" or v.key in linked)

    def link(self, source: str, target: str) -> Link | None:
        """The link from one variable to another, if it is drawn."""
        return next((e for e in self.links if (e.source, e.target) == (source, target)), None)

    def name_of(self, keys: frozenset[str]) -> Named | None:
        """What people call the loop of these variables."""
        return next((each for each in self.loops if each.keys == keys), None)

    @property
    def hash(self) -> str:
        """The SHA-256 of what the sketch says."""
        return canonical.digest(
            {
                "variables": [[v.key, v.label.vi, v.label.en, v.kind] for v in self.variables],
                "links": sorted([e.source, e.target, e.sign, e.delayed] for e in self.links),
            }
        )
