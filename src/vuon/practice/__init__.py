"""Practice places: a ward that does not exist, where nothing can break."""

from vuon.practice.beans import Spread, spread
from vuon.practice.place import Cause, Letter, Place, Purse, Scene, Voice
from vuon.practice.reading import read
from vuon.practice.truth import Truth, read_truth
from vuon.toml.table import Text

__all__ = [
    "Cause",
    "Letter",
    "Place",
    "Purse",
    "Scene",
    "Spread",
    "Text",
    "Truth",
    "Voice",
    "read",
    "read_truth",
    "spread",
]
