"""Compiled kernels as files: the module, its layout, and the same for the browser.

Modules are built where the product is built, so that nobody needs a compiler. Files that are not
what the sources give now are found by `check`, as by `python -m vuon.kernel.build --check`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vuon.kernel import check as sources
from vuon.kernel.binary import binary
from vuon.kernel.built import made_of
from vuon.kernel.check import Source
from vuon.kernel.inline import inline
from vuon.kernel.layout import Layout
from vuon.kernel.tree import Module
from vuon.kernel.wat import emit


@dataclass(frozen=True)
class Target:
    """A module to be built.

    Args:
        module: an importable module of the dialect, or a source.
        output: where the module goes, ending in `.wasm`; `.layout.json` stands beside it.
        overrides: other values for constants, such as a capacity.
        exports: the functions that a host may call.
        typescript: where the constants for the browser go, if anywhere.
    """

    module: str | Source
    output: Path
    overrides: Mapping[str, int | float] = field(default_factory=dict)
    exports: tuple[str, ...] = ("run",)
    typescript: Path | None = None


def files(target: Target) -> dict[Path, bytes]:
    """What a target's files hold: the same bytes on every machine and Python.

    Raises:
        DialectError: something in the source is outside the dialect.
    """
    module = inline(
        sources.read(target.module, exports=target.exports, **target.overrides)
    )  # fmt: skip
    layout, wasm = Layout.of(module), binary(emit(module))
    name = target.module if isinstance(target.module, str) else target.module.name
    origin = made_of(name, target.exports, target.overrides, module.sources, wasm)
    made = {
        target.output: wasm,
        target.output.with_suffix(".layout.json"): layout_file(layout, origin).encode(),
    }
    if target.typescript:
        made[target.typescript] = typescript(module, layout).encode()
    return made


def layout_file(layout: Layout, origin: Mapping[str, object]) -> str:
    """The layout as JSON: for each array type, address in bytes and length; hash and origin.

    The hash is a text, since JavaScript would round it.
    """
    told = {**origin, "hash": str(layout.hash), "pages": layout.pages}
    head = "".join(f" {json.dumps(key)}: {json.dumps(value)},\n" for key, value in told.items())
    arrays = ",\n".join(
        f"  {json.dumps(each.array.name)}: "
        + json.dumps([each.array.type, each.address, each.array.length])
        for each in layout.places
    )
    return f'{{\n{head} "arrays": {{\n{arrays}\n }}\n}}\n'


def typescript(module: Module, layout: Layout) -> str:
    """The layout and the exported functions as TypeScript constants."""
    lines = ["// Written by vuon.kernel.build; not to be edited."]
    lines.append(f"export const LAYOUT = {layout.hash}n;")
    lines.append(f"export const PAGES = {layout.pages};")
    names = ", ".join(json.dumps(name.rsplit(".", 1)[-1]) for name in module.exports)
    lines.append(f"export const FUNCTIONS = [{names}] as const;")
    lines.append("export const ARRAYS = {")
    for place in layout.places:
        array = place.array
        told = f'type: "{array.type}", address: {place.address}, length: {array.length}'
        lines.append(f"  {json.dumps(array.name)}: {{ {told} }},")
    return "\n".join([*lines, "} as const;", ""])


def build(targets: Sequence[Target]) -> list[Path]:
    """The files that were written, because they were missing or different."""
    written = []
    for path, body in _all(targets).items():
        if not path.is_file() or path.read_bytes() != body:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
            written.append(path)
    return written


def check(targets: Sequence[Target]) -> list[Path]:
    """The files that are missing, or not what the sources give now; nothing is written."""
    found = _all(targets).items()
    return [path for path, body in found if not path.is_file() or path.read_bytes() != body]


def _all(targets: Sequence[Target]) -> dict[Path, bytes]:
    made: dict[Path, bytes] = {}
    for target in targets:
        for path, body in files(target).items():
            if made.setdefault(path, body) != body:
                raise ValueError(f"two targets write {path}")
    return made


def targets_of(path: Path) -> list[Target]:
    """The targets of a list: JSON with `module`, `output` (from its folder), `overrides` and so on.

    >>> import tempfile
    >>> listed = Path(tempfile.mkdtemp()) / "kernels.json"
    >>> written = listed.write_text('[{"module": "vuon.kernel.random", "output": "r.wasm"}]')
    >>> targets_of(listed)[0].output.name
    'r.wasm'
    """
    found = []
    for each in json.loads(path.read_text(encoding="utf-8")):
        script = each.get("typescript")
        found.append(
            Target(
                each["module"],
                path.parent / each["output"],
                each.get("overrides", {}),
                tuple(each.get("exports", ["run"])),
                path.parent / script if script else None,
            )
        )
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if the files are, or are now, what the sources give; 1 if `--check` found others."""
    parser = argparse.ArgumentParser(description="Build the kernels of a list.")
    parser.add_argument("lists", nargs="+", type=Path, help="JSON files that list targets")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    asked = parser.parse_args(arguments)
    targets = [target for path in asked.lists for target in targets_of(path)]
    changed = check(targets) if asked.check else build(targets)
    for path in changed:
        print(f"{path} is not what its source gives" if asked.check else f"written: {path}")
    return 1 if asked.check and changed else 0


if __name__ == "__main__":
    raise SystemExit(main())
