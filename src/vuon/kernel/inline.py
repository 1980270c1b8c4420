"""Small functions put in the place of their calls, so that nothing is saved and restored around
them. Large ones stay calls: one giant function keeps too little in registers, and the module grows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from vuon.kernel.tree import (
    Assign,
    Call,
    Const,
    Expr,
    Function,
    Inlined,
    Leave,
    Local,
    Loop,
    Module,
    Node,
    Return,
    Stmt,
    inside,
)

#: Functions of more nodes than this stay calls; straight ones, like a logarithm, may be longer.
MOST, MOST_STRAIGHT = 100, 160


def inline(module: Module, most: int = MOST) -> Module:
    """The module with its small functions inlined; what nothing calls any more is left out."""
    done: dict[str, Function] = {}
    known = {each.name: each for each in module.functions}

    def finished(name: str) -> Function:
        if name not in done:
            done[name] = _Inliner(known[name], finished, most).function()
        return done[name]

    for each in module.exports:
        finished(each)
    reached: set[str] = set()
    waiting = list(module.exports)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [
                n.function for s in done[name].body for n in inside(s) if isinstance(n, Call)
            ]
    kept = tuple(done[each.name] for each in module.functions if each.name in reached)
    return replace(module, functions=kept)


def is_small(function: Function, most: int) -> bool:
    """Whether a function is put in the place of its calls: short, or longer without calls."""
    nodes = [node for stmt in function.body for node in inside(stmt)]
    if len(nodes) <= most:
        return True
    straight = not any(isinstance(each, Loop | Call) for each in nodes)
    return straight and len(nodes) <= most * MOST_STRAIGHT // MOST


def rebuilt(node: Any, change: Callable[[Node], Node]) -> Any:
    """The node with every node directly in it changed."""
    found: dict[str, object] = {}
    for each in fields(node):
        value = getattr(node, each.name)
        if isinstance(value, Expr | Stmt):
            found[each.name] = change(value)
        elif isinstance(value, tuple) and any(isinstance(part, Expr | Stmt) for part in value):
            found[each.name] = tuple(change(part) for part in value)
    return replace(node, **found) if found else node


class _Inliner:
    def __init__(self, function: Function, finished: Callable[[str], Function], most: int) -> None:
        self.original, self.finished, self.most = function, finished, most
        self.locals = dict(function.locals)
        self.count = 0

    def function(self) -> Function:
        body = tuple(self.change(each) for each in self.original.body)
        return replace(self.original, body=body, locals=tuple(self.locals.items()))

    def change(self, node: Any) -> Any:
        if not isinstance(node, Call):
            return rebuilt(node, self.change)
        call = rebuilt(node, self.change)
        inner = self.finished(call.function)
        return self.in_place(call, inner) if is_small(inner, self.most) else call

    def in_place(self, call: Call, inner: Function) -> Inlined:
        self.count += 1
        label = f"{inner.name}.{self.count}"
        given = self.kept_as_given(call, inner)
        names = {}
        for name, kind in (*inner.parameters, *inner.locals):
            if name not in given:
                names[name] = f"{name}.{label}"
                self.locals[names[name]] = kind

        def rename(node: Any) -> Any:
            match node:
                case Local(kind, name):
                    return given[name] if name in given else Local(kind, names[name])
                case Assign(name, value):
                    return Assign(names[name], rename(value))
                case Return(value):
                    return Leave(label, rename(value) if value else None)
                case Leave(leaves, value):
                    return Leave(f"{leaves}/{label}", rename(value) if value else None)
                case Inlined(kind, leaves, body):
                    return Inlined(kind, f"{leaves}/{label}", tuple(rename(s) for s in body))
            return rebuilt(node, rename)

        copied = tuple(
            Assign(names[name], value)
            for (name, _), value in zip(inner.parameters, call.arguments, strict=True)
            if name not in given
        )
        return Inlined(call.type, label, (*copied, *(rename(each) for each in inner.body)))

    @staticmethod
    def kept_as_given(call: Call, inner: Function) -> dict[str, Expr]:
        """Arguments that need no copy: constants and locals, where the parameter never changes.

        The caller's locals cannot change meanwhile either: it waits.
        """
        changed = {
            each.name for stmt in inner.body for each in inside(stmt) if isinstance(each, Assign)
        }
        return {
            name: value
            for (name, _), value in zip(inner.parameters, call.arguments, strict=True)
            if name not in changed and isinstance(value, Const | Local)
        }
