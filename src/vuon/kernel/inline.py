"""Small functions put in the place of their calls, so that nothing is saved and restored around
them; larger ones only where there is one call, since every copy lets the module grow. The largest
stay calls: one giant function keeps too little in registers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
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
    Module,
    Node,
    Return,
    Stmt,
    inside,
)

#: Functions of more nodes than this stay calls: in a module of few functions, in one of many if
#: they are called in several places, and wherever there is one call.
MOST_OF_FEW, MOST, MOST_ONCE = 160, 30, 100
#: So many functions are few.
FEW = 20


def inline(module: Module, most: int | None = None, once: int = MOST_ONCE) -> Module:
    """The module with its small functions inlined; what nothing calls any more is left out."""
    if most is None:
        most = MOST_OF_FEW if len(module.functions) <= FEW else MOST
    calls = Counter(
        each.function
        for function in module.functions
        for stmt in function.body
        for each in inside(stmt)
        if isinstance(each, Call)
    )
    limits = {name: once if calls[name] == 1 else most for name in calls}
    done: dict[str, Function] = {}
    known = {each.name: each for each in module.functions}

    def finished(name: str) -> Function:
        if name not in done:
            done[name] = _Inliner(known[name], finished, limits).function()
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
    """Whether a function has at most so many nodes."""
    return sum(1 for stmt in function.body for _ in inside(stmt)) <= most


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
    def __init__(
        self, function: Function, finished: Callable[[str], Function], limits: Mapping[str, int]
    ) -> None:
        self.original, self.finished, self.limits = function, finished, limits
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
        return self.in_place(call, inner) if is_small(inner, self.limits[call.function]) else call

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
