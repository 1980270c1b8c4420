"""Where every array stands in the memory of a kernel; hosts refuse a module laid out otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from vuon import canonical
from vuon.kernel.tree import Array, Module

#: The first bytes stay zero.
FIRST, ALIGNED, PAGE, CELL = 64, 16, 65536, 8


@dataclass(frozen=True)
class Place:
    """An array with its address in bytes."""

    array: Array
    address: int


@dataclass(frozen=True)
class Layout:
    """The places of all arrays: short ones first, whose addresses then take fewer bytes in every
    instruction; those of one length in the order of their declaration."""

    places: tuple[Place, ...]

    @classmethod
    def of(cls, module: Module) -> Layout:
        """The layout of a module.

        >>> Layout.of(Module((Array("a", "f64", 3), Array("b", "i64", 1)), ())).address("a")
        80
        """
        places, at = [], FIRST
        for array in sorted(module.arrays, key=lambda each: each.length):
            places.append(Place(array, at))
            at += -(-array.length * CELL // ALIGNED) * ALIGNED
        return cls(tuple(places))

    @cached_property
    def by_name(self) -> Mapping[str, Place]:
        """The places by the name of their array."""
        return {each.array.name: each for each in self.places}

    def address(self, name: str) -> int:
        """The address of an array."""
        return self.by_name[name].address

    @property
    def pages(self) -> int:
        """How many pages of 64 KiB the memory has."""
        if not self.places:
            return 1
        last = self.places[-1]
        return -(-(last.address + last.array.length * CELL) // PAGE)

    @cached_property
    def told(self) -> dict[str, object]:
        """The layout as a file says it."""
        return {
            "arrays": {
                each.array.name: [each.array.type, each.address, each.array.length]
                for each in self.places
            },
            "pages": self.pages,
        }

    @cached_property
    def hash(self) -> int:
        """The first 63 bits of the layout's SHA-256: what module and host compare."""
        return int(canonical.digest(self.told)[:16], 16) >> 1
