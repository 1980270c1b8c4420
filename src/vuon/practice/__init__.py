"""Practice places: a ward that does not exist, where nothing can break."""

from vuon.practice.beans import Spread, spread
from vuon.practice.place import Cause, Letter, Place, Purse, Scene, Text, Voice, read

__all__ = [
    "Cause",
    "Letter",
    "Place",
    "Purse",
    "Scene",
    "Spread",
    "Text",
    "Voice",
    "read",
    "spread",
]
