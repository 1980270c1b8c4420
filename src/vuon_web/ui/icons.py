"""One family of line icons: 24 units, strokes of 1.75 with round ends, drawn for Vuon.

The nine stages are plants; the rest are things of an office and a garden. A mark is a list of
SVG shapes without colour; `.icon` in the style sheet gives stroke and size.
"""

from __future__ import annotations

STAGES = ("seed", "root", "path", "web", "weather", "sprout", "greenhouse", "rings", "wind")


def _paths(*lines: str) -> str:
    return "".join(f'<path d="{line}"/>' for line in lines)


def _circle(x: float, y: float, r: float, filled: bool = False) -> str:
    fill = ' fill="currentColor" stroke="none"' if filled else ""
    return f'<circle cx="{x}" cy="{y}" r="{r}"{fill}/>'


PLANTS = {
    "seed": _paths(
        "M12 4c3.6 2.8 5.6 5.9 5.6 9.2A5.7 5.7 0 0 1 12 19a5.7 5.7 0 0 1-5.6-5.8C6.4 9.9 8.4 6.8 12 4z",
        "M12 19v-6.5c0-1.7.7-2.9 2.2-3.9",
    ),
    "root": _paths(
        "M3.5 8.5h17",
        "M12 8.5V21",
        "M12 11.5c-2.4.4-4 1.9-4.7 4.5",
        "M12 13.5c2.4.4 4.1 2.1 4.8 5",
        "M12 8.5c0-2.5 1.4-4.3 4-5-.1 2.7-1.4 4.4-4 5z",
    ),
    "path": _paths("M6 20c0-4.5 12-4.5 12-9.5 0-3.5-5-3.2-8-3.5")
    + _circle(6, 20, 1.2, True)
    + _paths("M7.5 4 10 7 7.5 10"),
    "web": _paths(
        "M12 3v4",
        "M12 7c-4 1-6.5 3-6.5 7",
        "M12 7c4 1 6.5 3 6.5 7",
        "M12 7v8",
        "M6 12.5 12 15l6-2.5",
        "M12 15l-4 5.5",
        "M12 15l4 5.5",
        "M5.5 14l2.5 6.5",
        "M18.5 14 16 20.5",
    ),
    "weather": _paths(
        "M7.5 16.5a3.7 3.7 0 0 1 .3-7.4 5 5 0 0 1 9.5 1.3 3.1 3.1 0 0 1-.4 6.1z",
        "M9 19.5l-.6 1.5",
        "M13 19.5l-.6 1.5",
        "M17 19.5l-.6 1.5",
        "M15.5 5.5a3 3 0 0 1 4.5 2.7",
    ),
    "sprout": _paths(
        "M12 21v-9",
        "M12 13c-.2-4-2.8-6.3-7.5-6.5C4.7 11 7.5 13.1 12 13z",
        "M12 10.5c.2-3.7 2.7-6 7.5-6.5-.2 4.5-2.9 6.7-7.5 6.5z",
    ),
    "greenhouse": _paths(
        "M4 20V10.5L12 4l8 6.5V20z",
        "M4 10.5h16",
        "M12 20v-6",
        "M12 16c-2 0-3.3-1-3.6-3 2.2 0 3.5 1 3.6 3z",
        "M12 15c.1-1.7 1.3-2.7 3.4-2.8-.2 1.9-1.4 2.9-3.4 2.8z",
    ),
    "rings": _paths(
        "M12 3.5c5 0 8.5 3.6 8.5 8.4 0 5-3.6 8.6-8.5 8.6S3.5 17 3.5 12.1c0-4.9 3.5-8.6 8.5-8.6z",
        "M12.2 7c2.9 0 5 2.1 5 5s-2.2 5.1-5.1 5.1S7 15 7 12s2.2-5 5.2-5z",
    )
    + _circle(12.1, 12, 1.7),
    "wind": _paths(
        "M6 20.5c1-4.5 3-7.7 6.2-9.7",
        "M12.2 10.8 10.5 6",
        "M12.2 10.8 15 6.5",
        "M12.2 10.8l4.9-.6",
        "M12.2 10.8 8 9",
        "M19 15.5h2",
        "M17.5 18.5H20",
        "M19.5 4.5l1-1",
    )
    + _circle(10.3, 5, 0.9, True)
    + _circle(15.7, 5.6, 0.9, True)
    + _circle(18.2, 10.1, 0.9, True)
    + _circle(7, 8.5, 0.9, True),
}

THINGS = {
    "add": _paths("M12 5v14", "M5 12h14"),
    "less": _paths("M5 12h14"),
    "bean": _paths(
        "M8.5 4.5c3.5-1.3 7.2.2 9.3 3.7 2.4 4.2 1.7 9.1-1.3 10.9-2.4 1.4-4.5.3-5.3-2-.6-1.8-1.6-2.6-3.4-3-2.6-.6-4-2.3-4-4.6 0-2.2 1.7-4 4.7-5z"
    ),
    "calendar": _paths("M4.5 6.5h15v13h-15z", "M4.5 10.5h15", "M8.5 4v4", "M15.5 4v4"),
    "check": _paths("M5 12.5l4.5 4.5L19 7.5"),
    "clock": _circle(12, 12, 8.5) + _paths("M12 7v5l3.3 2"),
    "stopwatch": _circle(12, 13.5, 7) + _paths("M12 10v3.5", "M9.5 3.5h5", "M12 3.5v3"),
    "close": _paths("M6 6l12 12", "M18 6 6 18"),
    "copy": _paths("M8.5 8.5h11v11h-11z", "M15.5 8.5v-4h-11v11h4"),
    "door": _paths("M6 20.5V4.5h12v16", "M3.5 20.5h17") + _circle(14.7, 12.5, 1, True),
    "down": _paths("M6 9.5l6 6 6-6"),
    "download": _paths("M12 4v11", "M7.5 11l4.5 4.5 4.5-4.5", "M4.5 19.5h15"),
    "upload": _paths("M12 15.5V4.5", "M7.5 9 12 4.5 16.5 9", "M4.5 19.5h15"),
    "eye": _paths("M2.5 12C4.7 8 8 6 12 6s7.3 2 9.5 6c-2.2 4-5.5 6-9.5 6s-7.3-2-9.5-6z")
    + _circle(12, 12, 2.7),
    "flag": _paths("M6 21V4", "M6 4.5c4-2 7 2 12 .3v8.7c-5 1.7-8-2.3-12-.3"),
    "garden": _paths(
        "M3.5 20h17",
        "M7.5 20v-5",
        "M7.5 15.5c-2.4 0-3.7-1.2-4-3.5 2.6-.1 3.9 1.1 4 3.5z",
        "M7.5 15.5c0-2.3 1.2-3.5 3.6-3.6-.1 2.4-1.3 3.6-3.6 3.6z",
        "M16.5 20v-9",
        "M16.5 11.5c-2.7 0-4.2-1.6-4.5-4.5 3 0 4.4 1.5 4.5 4.5z",
        "M16.5 11.5c0-2.8 1.4-4.3 4-4.5 0 2.9-1.3 4.4-4 4.5z",
    ),
    "globe": _circle(12, 12, 8.5)
    + _paths(
        "M3.5 12h17", "M12 3.5c2.7 2.5 4 5.3 4 8.5s-1.3 6-4 8.5c-2.7-2.5-4-5.3-4-8.5s1.3-6 4-8.5z"
    ),
    "hand": _paths(
        "M8 12.5V6a1.5 1.5 0 0 1 3 0v5",
        "M11 10.5V4.5a1.5 1.5 0 0 1 3 0v6",
        "M14 11V6a1.5 1.5 0 0 1 3 0v8.5c0 3.5-2 6-5.5 6-2.7 0-4-1.2-5.3-3.3L4 13.5a1.5 1.5 0 0 1 2.5-1.6L8 14",
    ),
    "history": _paths("M4.5 9A8.2 8.2 0 1 1 3.8 13.5", "M4 4.5V9h4.5", "M12 8v4.5l3 1.8"),
    "home": _paths("M4 11.5 12 5l8 6.5", "M6 10.5V19.5h12v-9", "M10.5 19.5v-5h3v5"),
    "info": _circle(12, 12, 8.5) + _paths("M12 11v5") + _circle(12, 7.8, 1.1, True),
    "key": _circle(8, 12, 3.5) + _paths("M11.5 12h9", "M17 12v3", "M20 12v2.5"),
    "letter": _paths("M3.5 6h17v12.5h-17z", "M4 6.5l8 6.5 8-6.5"),
    "light": _circle(12, 12, 4)
    + _paths(
        "M12 3v2",
        "M12 19v2",
        "M3 12h2",
        "M19 12h2",
        "M5.6 5.6 7 7",
        "M17 17l1.4 1.4",
        "M18.4 5.6 17 7",
        "M7 17l-1.4 1.4",
    ),
    "link": _paths(
        "M10 14.5a4 4 0 0 1 0-5.6l3-3a4 4 0 0 1 5.6 5.6l-1.5 1.5",
        "M14 9.5a4 4 0 0 1 0 5.6l-3 3a4 4 0 0 1-5.6-5.6L6.9 11",
    ),
    "list": _paths("M9 6.5h11", "M9 12h11", "M9 17.5h11")
    + _circle(4.8, 6.5, 1.1, True)
    + _circle(4.8, 12, 1.1, True)
    + _circle(4.8, 17.5, 1.1, True),
    "lock": _paths("M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"),
    "map": _paths("M4 6.5 9.5 4.5l5 2L20 4.5v13l-5.5 2-5-2L4 19.5z", "M9.5 4.5v13", "M14.5 6.5v13"),
    "money": _paths("M3.5 7h17v10.5h-17z")
    + _circle(12, 12.2, 2.5)
    + _paths("M6.5 12.2h.01", "M17.5 12.2h.01"),
    "more": _circle(6, 12, 1.4, True) + _circle(12, 12, 1.4, True) + _circle(18, 12, 1.4, True),
    "next": _paths("M9 5.5l6.5 6.5L9 18.5"),
    "back": _paths("M15 5.5 8.5 12l6.5 6.5"),
    "notice": _paths("M12 4 21 19.5H3z", "M12 10v4.5") + _circle(12, 17, 1, True),
    "office": _paths(
        "M5 20.5v-10h14v10", "M3.5 10.5 12 4l8.5 6.5", "M10 20.5v-5h4v5", "M3 20.5h18"
    ),
    "paper": _paths("M6 3.5h8.5L18 7v13.5H6z", "M14 3.5V7.5h4", "M9 12h6", "M9 15.5h6"),
    "pen": _paths("M5 19l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L9 18z", "M14.5 6.5l3 3"),
    "people": _circle(9, 8, 3.2)
    + _paths(
        "M3 19.5c.4-4 2.6-6 6-6s5.6 2 6 6",
        "M15.5 5.2a3.2 3.2 0 0 1 0 5.7",
        "M17 13.8c2.3.6 3.7 2.5 4 5.7",
    ),
    "person": _circle(12, 8, 3.5) + _paths("M5 20c.4-4.3 2.9-6.5 7-6.5s6.6 2.2 7 6.5"),
    "print": _paths("M7 9V4h10v5", "M7 17H4.5V9h15v8H17", "M7 14h10v6.5H7z"),
    "question": _circle(12, 12, 8.5)
    + _paths("M9.5 9.5a2.5 2.5 0 1 1 3.7 2.2c-.8.4-1.2.9-1.2 1.8")
    + _circle(12, 16.7, 1, True),
    "search": _circle(10.5, 10.5, 6) + _paths("M15 15l5.5 5.5"),
    "share": _paths("M12 14.5V4", "M8 8l4-4 4 4", "M5.5 12v8h13v-8"),
    "speech": _paths("M4 5h16v11h-9l-4.5 4V16H4z"),
    "stage": _paths(
        "M5 19.5h14", "M12 19.5V9", "M12 12c-2.7 0-4.2-1.5-4.5-4.5 3 0 4.5 1.5 4.5 4.5z"
    ),
    "star": _paths("M12 4l2.4 5.1 5.6.7-4.1 3.8 1.1 5.4-5-2.7-5 2.7 1.1-5.4L4 9.8l5.6-.7z"),
    "undo": _paths("M8.5 5 4.5 9l4 4", "M4.5 9h10a5 5 0 0 1 0 10H9"),
    "walk": _circle(6, 18.5, 1.5) + _circle(18, 5.5, 1.5) + _paths("M7.5 18.5c8 0 1.5-13 9-13"),
}

ICONS = {**PLANTS, **THINGS}
