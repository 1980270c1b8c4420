"""What the command line prints of a table and of a discovery, for people and for machines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vuon.errors import N_, Words
from vuon.futures.discover import Box, Discovery, Limit
from vuon.futures.robustness import METRICS, Table

Name = Callable[[str], str]


def table_plain(table: Table) -> dict[str, Any]:
    """A table for JSON."""
    return {
        "measure": table.measure.name,
        "group": table.measure.group,
        "n": table.n,
        "rows": {row.policy: {**row.told, "broken": row.broken} for row in table.rows},
        "best": {metric: list(names) for metric, names in table.best.items()},
        "hidden": {metric: words.say("en") for metric, words in table.hidden.items()},
    }


def table_lines(table: Table, title: str, policy: Name, language: str) -> list[str]:
    """One line a way of asking, one column a policy; the best stand between stars."""
    told = [f"{title}  {table.measure.group}".rstrip()]
    told += [f"    {row.policy:>16}: {policy(row.policy)}" for row in table.rows]
    told.append(f"    {'':44}" + "".join(f"{row.policy:>18}" for row in table.rows))
    for metric, words in METRICS.items():
        if metric in table.hidden:
            continue
        cells = []
        for row in table.rows:
            value = row.told[metric]
            shown = "–" if value is None else f"{value:.3g}"
            cells.append(f"*{shown}*" if row.policy in table.best.get(metric, ()) else f"{shown} ")
        told.append(
            f"    {Words(words).say(language):44}" + "".join(f"{cell:>18}" for cell in cells)
        )
    told += [f"    {table.agreement.say(language)}", f"    {table.caption.say(language)}"]
    return told + [f"    · {each.say(language)}" for each in table.hidden.values()]


def discovery_plain(seen: Discovery, sentences: list[str]) -> dict[str, Any]:
    """A discovery for JSON."""

    def plain(box: Box) -> dict[str, Any]:
        return {
            "limits": [
                {"name": e.name, "low": e.low, "high": e.high, "levels": list(e.levels),
                 "p": e.p, "returns": e.returns}
                for e in box.limits
            ],
            "coverage": box.coverage, "density": box.density, "mass": box.mass,
        }  # fmt: skip

    return {
        "sentences": sentences,
        "boxes": [plain(each) for each in seen.boxes],
        "curve": [plain(each) for each in seen.curve],
        "chosen": seen.chosen,
        "cases": seen.cases,
        "failures": seen.failures,
    }


def limit_line(limit: Limit, name: str, language: str) -> str:
    """How sure a condition is: what chance says of it, and how often it came back."""
    chance = "< 0.001" if limit.p < 0.001 else f"{limit.p:.2g}"
    words = Words(
        N_("{name}: by chance {p}; came back in {tenths} of 10 halves"),
        {"name": name, "p": chance, "tenths": round(10 * limit.returns)},
    )
    return f"    {words.say(language)}"


def curve_lines(seen: Discovery, language: str) -> list[str]:
    """Coverage against density, a line a point; the chosen one is marked."""
    if not seen.curve:
        return []
    told = [Words(N_("point  of all failures  of its futures fail  conditions")).say(language)]
    for k, box in enumerate(seen.curve):
        mark = "→" if k == seen.chosen else " "
        told.append(f"{mark} {k:3}  {box.coverage:8.2f}  {box.density:8.2f}  {len(box.limits):3}")
    return told
