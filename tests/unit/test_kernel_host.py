"""What the host refuses, keeps and tells; kernels as files."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from vuon.kernel import build, built, host, kept, reference
from vuon.kernel.binary import binary, sections
from vuon.kernel.check import Source, read
from vuon.kernel.layout import Layout
from vuon.kernel.tree import Array, Module

if not host.is_here():
    pytest.skip("wasmtime has no wheel for this machine", allow_module_level=True)

TEXT = """from vuon.kernel.dialect import F, L, floats, ints
N = 3
a: L = ints(N)
unused: L = ints(100)
x: F = floats(4)
def inner(i: int) -> int:
    j = i
    while j > 0:
        j -= 2
    return 7 // j
def run(i: int) -> int:
    a[0] = i
    x[1] = float(i)
    return a[2]
def deep(i: int) -> int:
    if a[0] == 0:
        return inner(i) + inner(i + 1)
    return inner(i)
"""
SOURCE = Source.parse(TEXT)
SOURCE_FILE = "vuon.kernel.maths"
EMPTY = Layout(())


def module(body: str, memory: str = '(memory (export "memory") 1 1)') -> bytes:
    return binary(
        f'(module {body} {memory} (global (export "layout") i64 (i64.const {EMPTY.hash})))'
    )


@pytest.mark.parametrize(
    ("wasm", "told"),
    [
        (module('(import "env" "f" (func))'), "from outside"),
        (module("(func $f) (start $f)"), "by itself"),
        (module("", '(memory (export "memory") 1)'), "more memory"),
        (module("", '(memory (export "memory") 1 1025)'), "more memory"),
        (module("", "(memory 1 1)"), "no memory"),
        (binary('(module (memory (export "memory") 1 1))'), "laid out otherwise"),
    ],
)
def test_what_is_refused(wasm: bytes, told: str) -> None:
    """Imports, a start function, memory without a ceiling, another layout: before the first call."""
    with pytest.raises(host.HostError, match=told):
        host.Instance(wasm, EMPTY)


def test_a_module_of_another_layout() -> None:
    """A longer array is another layout; the host does not write to where it is not."""
    wasm, _ = host.compiled(SOURCE)
    _, other = host.compiled(SOURCE, N=5)
    with pytest.raises(host.HostError, match="laid out otherwise"):
        host.Instance(wasm, other)


def test_the_layout() -> None:
    """64 zero bytes, then blocks at 16 in the order of declaration; what nothing uses is left out."""
    layout = host.load(SOURCE).layout
    told = [(each.array.name, each.address) for each in layout.places]
    assert told == [("a", 64), ("x", 96)]
    assert layout.pages == 1


@pytest.mark.parametrize("load", [host.load, reference.load])
def test_arrays_are_written_and_read_by_name(load: object) -> None:
    """The same interface in both hosts; nothing beyond the ends."""
    kernel = load(SOURCE)  # type: ignore[operator]
    kernel.write("a", [5, -(2**63)], at=1)
    assert kernel.call("run", 9) == -(2**63)
    assert list(kernel.read("a")) == [9, 5, -(2**63)]
    assert list(kernel.read("a", 1, 2)) == [5]
    assert list(kernel.read("x", 1)) == [9.0, 0.0, 0.0]
    for values, at in (([1, 2], 2), ([1], -1), ([1], 3)):
        with pytest.raises(IndexError):
            kernel.write("a", values, at=at)
    with pytest.raises(IndexError):
        kernel.read("a", -1)
    with pytest.raises((OverflowError, TypeError)):
        kernel.write("a", [2**63])
    with pytest.raises(TypeError):
        kernel.write("a", [0.5])


def test_a_trap_names_its_function() -> None:
    """So that whoever reads it can find the place in the source."""
    kernel = host.load(SOURCE, exports=("deep",))
    with pytest.raises(host.HostError, match=r"deep trapped: .*divide by zero"):
        kernel.call("deep", 2)


def test_compiled_modules_are_kept(tmp_path: Path) -> None:
    """In a folder under the module's hash; a stale or broken file is made again."""
    wasm, layout = host.compiled(SOURCE, N=4)
    host._forget()
    host.Instance(wasm, layout, tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kept.name.startswith(host.hash_of(wasm))
    size = kept.stat().st_size
    kept.write_bytes(b"stale")
    host._forget()
    assert host.Instance(wasm, layout, tmp_path).call("run", 3) == 0
    assert kept.stat().st_size == size
    host._forget()
    assert host.Instance(wasm, layout, tmp_path).call("run", 3) == 0


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights of files are POSIX's")
def test_machine_code_is_taken_from_nobody_else(tmp_path: Path) -> None:
    """From a folder, or a file, that others may write to nothing is read, nor written there."""
    mine = tmp_path / "mine"
    kept.write(mine / "a", b"code")
    assert kept.read(mine / "a") == b"code"
    assert mine.stat().st_mode & 0o777 == 0o700
    (mine / "link").symlink_to(mine / "a")
    assert kept.read(mine / "link") is None
    (mine / "cut").write_bytes((mine / "a").read_bytes()[:-1])
    assert kept.read(mine / "cut") is None
    (mine / "a").chmod(0o666)
    assert kept.read(mine / "a") is None
    (mine / "a").chmod(0o600)
    for path in (mine, tmp_path):
        path.chmod(0o777)
        assert kept.read(mine / "a") is None
        kept.write(mine / "b", b"code")
        assert not (mine / "b").exists()
        path.chmod(0o700)
    assert kept.read(mine / "a") == b"code"
    assert sorted(each.name for each in mine.iterdir()) == ["a", "cut", "link"]


def test_where_modules_are_kept() -> None:
    """Below the user's cache; nowhere if nobody says where that is, or that nothing be kept."""
    assert kept.folder({"VUON_CACHE": "", "HOME": "/h"}) is None
    assert kept.folder({}) is None
    assert kept.folder({"VUON_CACHE": "here"}) is None
    if hasattr(os, "geteuid"):
        assert kept.folder({"VUON_CACHE": "/c", "HOME": "/h"}) == Path("/c/kernels")
        assert kept.folder({"XDG_CACHE_HOME": "/x", "HOME": "/h"}) == Path("/x/vuon/kernels")


def test_a_module_holds_no_names_of_locals() -> None:
    """They were longer than the code; function names remain for traps."""
    wasm, _ = host.compiled(SOURCE, exports=("deep",))
    custom = [body for number, body in sections(wasm) if number == 0]
    assert len(custom) == 1
    assert b"deep" in custom[0]


def test_files_are_built_and_compared(tmp_path: Path) -> None:
    """Built once, then left alone; a changed file or source is found and nothing is written."""
    target = build.Target(SOURCE, tmp_path / "small.wasm", {"N": 4}, typescript=tmp_path / "w/s.ts")
    assert len(build.check([target])) == 3
    assert len(build.build([target])) == 3
    assert build.build([target]) == build.check([target]) == []
    told = json.loads((tmp_path / "small.layout.json").read_text())
    wasm = (tmp_path / "small.wasm").read_bytes()
    assert host.Instance(wasm, Layout.of(read(SOURCE, N=4))).layout.hash == int(told["hash"])
    script = (tmp_path / "w/s.ts").read_text()
    assert f"LAYOUT = {told['hash']}n;" in script
    for name, (kind, address, length) in told["arrays"].items():
        assert f'"{name}": {{ type: "{kind}", address: {address}, length: {length} }}' in script
    (tmp_path / "w/s.ts").write_text("changed")
    assert build.check([target]) == [tmp_path / "w/s.ts"]
    assert (tmp_path / "w/s.ts").read_text() == "changed"


def test_a_list_of_kernels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command builds a list, and with --check fails where files differ."""
    listed = tmp_path / "kernels.json"
    listed.write_text('[{"module": "vuon.kernel.random", "output": "r.wasm", "exports": ["mix"]}]')
    assert build.main(["--check", str(listed)]) == 1
    assert build.main([str(listed)]) == 0
    assert build.main(["--check", str(listed)]) == 0
    assert len(re.findall("written", capsys.readouterr().out)) == 2


def test_two_targets_of_one_file(tmp_path: Path) -> None:
    """Two classes of capacity do not overwrite each other."""
    targets = [build.Target(SOURCE, tmp_path / "k.wasm", {"N": n}) for n in (3, 4)]
    with pytest.raises(ValueError, match="two targets"):
        build.build(targets)


def test_the_layout_hash_is_of_names_types_and_places() -> None:
    """Whatever a host could get wrong changes it."""
    kinds = [("a", "i64", 3), ("a", "f64", 3), ("b", "i64", 3), ("a", "i64", 4)]
    hashes = {Layout.of(Module((Array(*each),), ())).hash for each in kinds}
    assert len(hashes) == 4


def test_a_built_file_is_taken_while_it_is_true(tmp_path: Path) -> None:
    """Its own bytes, exports and constants, and the texts that it was made of; else it is built."""
    target = build.Target(SOURCE_FILE, tmp_path / "made.wasm", exports=("log",))
    build.build([target])
    wanted = (target.output, SOURCE_FILE, ("log",), {})
    taken = built.found(*wanted)
    assert taken and host.Instance(*taken).call("log", 1.0) == 0.0
    assert built.found(target.output, SOURCE_FILE, ("exp",), {}) is None
    assert built.found(target.output, SOURCE_FILE, ("log",), {"N": 2}) is None
    layout = target.output.with_suffix(".layout.json")
    told = json.loads(layout.read_text())
    layout.write_text(json.dumps({**told, "sources_hash": "0"}))
    assert built.found(*wanted) is None
    assert host.load(SOURCE_FILE, exports=("log",), made=target.output).call("log", 1.0) == 0.0
    layout.write_text(json.dumps(told))
    target.output.write_bytes(target.output.read_bytes() + bytes(2))
    assert built.found(*wanted) is None
