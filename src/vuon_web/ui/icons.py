"""One family of line icons, drawn for Vuon: 24 units, strokes of 1.75 with round ends.

The nine stages are plants; the rest are things of an office and a garden. `icons.svg` holds a
symbol a line, without colour; `.icon` in the style sheet gives stroke and size.
"""

from __future__ import annotations

import re
from pathlib import Path

STAGES = ("seed", "root", "path", "web", "weather", "sprout", "greenhouse", "rings", "wind")

_SYMBOL = re.compile(r'<symbol id="([a-z]+)"[^>]*>(.*)</symbol>')

ICONS: dict[str, str] = dict(
    _SYMBOL.findall(Path(__file__).with_name("icons.svg").read_text(encoding="utf-8"))
)
