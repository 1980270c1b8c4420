"""Writes have an address: `actions`. Reads have another: `queries`."""

from __future__ import annotations

import ast

from tests.architecture.sources import PRODUCT, named, nodes, python, tree

READS_ONLY = {"views", "forms", "queries", "panels", "pages", "exports", "urls", "context"}
WRITES = {
    "save", "create", "delete", "update", "update_or_create", "get_or_create",
    "bulk_create", "bulk_update", "asave", "acreate", "adelete", "aupdate",
}  # fmt: skip


def _is_plain(node: ast.Attribute) -> bool:
    """Whether the call is on something that is surely no table: a dict, a set, a hash, a key."""
    owner = ast.unparse(node.value)
    plain = ("fields", "seen", "found", "known", "words", "hashlib", "request.session", "response")
    return owner.startswith(plain) or owner.endswith(("headers", "cookies", "META"))


def _module(path: object) -> str:
    parts = path.relative_to(PRODUCT).parts  # type: ignore[attr-defined]
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


def test_writes_live_in_actions() -> None:
    """No `.save(`, `.create(`, `.delete(`, `.update(` where requests are answered or rows read."""
    found = []
    for path in python(PRODUCT):
        if _module(path) not in READS_ONLY:
            continue
        found += [
            f"{named(path)}:{node.lineno} {ast.unparse(node.func)}(…)"
            for node in nodes(path)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
            and not _is_plain(node.func)
        ]
    assert not found, "Move the write into the app's actions:\n" + "\n".join(found)


# Public functions in actions that nobody known does yet, with the reason.
NOBODY_ACTS = {
    "take_seat": "makes the actor",
    "resume": "whoever holds the words becomes the actor",
    "with_a_free_pseudonym": "draws again until the database takes it; what it calls says who acts",
}


def test_actions_say_who_acts() -> None:
    """Every public action takes keywords only, and whoever does it as `by` (or is its `actor`)."""
    found = []
    for path in python(PRODUCT):
        if _module(path) != "actions":
            continue
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            keywords = {arg.arg for arg in node.args.kwonlyargs}
            if node.args.args or not keywords & {"by", "actor"}:
                found.append(f"{named(path)}:{node.lineno} {node.name}")
    unexplained = [line for line in found if line.split()[-1] not in NOBODY_ACTS]
    assert not unexplained, "Keyword-only, with by=:\n" + "\n".join(unexplained)
