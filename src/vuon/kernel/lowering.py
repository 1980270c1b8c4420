"""One function of a kernel source as a typed tree: types, definite assignment, every path."""

from __future__ import annotations

import ast

from vuon.kernel.check import DialectError, Program, Signature
from vuon.kernel.expressions import Expressions
from vuon.kernel.toplevel import TYPES
from vuon.kernel.tree import (
    Assign,
    Binary,
    Break,
    Call,
    Const,
    Continue,
    Do,
    Expr,
    Function,
    If,
    Load,
    Local,
    Loop,
    Return,
    Stmt,
    Store,
)

#: The set of locals after a path that does not go on: everything counts as set.
_NEVER = None
Set = frozenset[str] | None


def _both(one: Set, other: Set) -> Set:
    if one is None:
        return other
    return one if other is None else one & other


class Lowering(Expressions):
    """Lowers one function; `calls` and `arrays` say afterwards what it uses."""

    def __init__(self, program: Program, signature: Signature) -> None:
        super().__init__(program, signature)
        self.set: Set = frozenset(self.types)
        self.breaks: list[Set] = []
        self.counters: set[str] = set()
        self.hidden = 0

    def function(self) -> Function:
        """The function as a tree."""
        signature = self.signature
        for name, _ in signature.parameters:
            if self.is_global(name):
                raise self.wrong(signature.tree, f"the parameter {name} is a name of the module")
        body = self._block(signature.tree.body)
        if signature.result and self.set is not None:
            raise self.wrong(signature.tree, "not every path returns a value")
        parameters = {name for name, _ in signature.parameters}
        locals_ = tuple((k, t) for k, t in self.types.items() if k not in parameters)
        return Function(signature.name, signature.parameters, signature.result, locals_, body)

    def _block(self, nodes: list[ast.stmt]) -> tuple[Stmt, ...]:
        found: list[Stmt] = []
        for node in nodes:
            if self.set is None:
                raise self.wrong(node, "nothing gets here")
            found += self._stmt(node)
        return tuple(found)

    def _stmt(self, node: ast.stmt) -> list[Stmt]:
        match node:
            case ast.Pass():
                return []
            case ast.Expr(value=ast.Constant(value=str())):
                return []
            case ast.Expr(value=ast.Call()):
                call = self.expr(node.value)
                if not isinstance(call, Call):
                    raise self.wrong(node, "this does nothing")
                return [Do(call)]
            case ast.Assign(targets=[target]):
                return self._assign(target, node.value)
            case ast.AnnAssign(target=ast.Name(id=name) as target, value=ast.expr() as value):
                return [self._annotated(node, self._set(target, name, self.expr(value)))]
            case ast.AugAssign():
                return [self._augmented(node)]
            case ast.If():
                return [self._if(node)]
            case ast.While(orelse=[]):
                return [self._while(node)]
            case ast.For(orelse=[]):
                return self._for(node)
            case ast.Break() | ast.Continue():
                return [self._jump(node)]
            case ast.Return():
                return [self._return(node)]
        raise self.wrong(node, f"{type(node).__name__} is no statement of the dialect")

    def _assign(self, target: ast.expr, value: ast.expr) -> list[Stmt]:
        found = self.expr(value)
        if isinstance(target, ast.Name):
            return [self._set(target, target.id, found)]
        if not isinstance(target, ast.Subscript):
            raise self.wrong(target, "only a name or a cell of an array can be assigned")
        before: list[Stmt] = []
        if self.writes(value, target):
            # Python works out the value before the index; wasm the other way round
            found = self._kept(target, "value", found, before)
        return [*before, self._store(target, found)]

    def _store(self, target: ast.Subscript, value: Expr) -> Store:
        array, index = self.cell(target)
        if value.type != array.type:
            raise self.wrong(target, f"{array.name} holds {self.word(array.type)}")
        return Store(array.name, index, value)

    def _kept(self, node: ast.AST, name: str, value: Expr, before: list[Stmt]) -> Expr:
        """A hidden local that keeps a value; its assignment is added to `before`."""
        self.hidden += 1
        hidden = f"{name}.{self.hidden}"
        before.append(self._set(node, hidden, value))
        return Local(value.type, hidden)

    def _annotated(self, node: ast.AnnAssign, made: Assign) -> Assign:
        kind = node.annotation.id if isinstance(node.annotation, ast.Name) else ""
        if TYPES.get(kind) != made.value.type:
            raise self.wrong(node, f"the value is {self.word(made.value.type)}")
        return made

    def _set(self, node: ast.AST, name: str, value: Expr) -> Assign:
        if name in self.counters:
            raise self.wrong(node, f"{name} is counted by its loop and cannot be assigned")
        if value.type not in ("i64", "f64"):
            raise self.wrong(node, "a comparison is no value: write 1 if … else 0")
        known = self.types.setdefault(name, value.type)
        if known != value.type:
            raise self.wrong(node, f"{name} is {self.word(known)}", "Write float(…) or int(…).")
        if self.is_global(name):
            raise self.wrong(node, f"{name} is a name of the module")
        assert self.set is not None
        self.set |= {name}
        return Assign(name, value)

    def _augmented(self, node: ast.AugAssign) -> Stmt:
        target = node.target
        if isinstance(target, ast.Subscript):
            if self.writes(target):
                raise self.wrong(target, "the index is worked out twice, and it writes")
            array, index = self.cell(target)
            old: Expr = Load(array.type, array.name, index)
            if self.writes(node.value):
                raise self.wrong(node, "the value writes", "Keep it in a local first.")
            return self._store(target, self.combine(node, node.op, old, self.expr(node.value)))
        if not isinstance(target, ast.Name):
            raise self.wrong(target, "only a name or a cell of an array can be assigned")
        old = self.expr(ast.copy_location(ast.Name(target.id, ast.Load()), target))
        value = self.combine(node, node.op, old, self.expr(node.value))
        return self._set(target, target.id, value)

    def _if(self, node: ast.If) -> Stmt:
        condition = self.condition(node.test)
        before = self.set
        then = self._block(node.body)
        after, self.set = self.set, before
        other = self._block(node.orelse)
        self.set = _both(after, self.set)
        return If(condition, then, other)

    def _while(self, node: ast.While) -> Stmt:
        forever = isinstance(node.test, ast.Constant) and node.test.value is True
        condition = Const("i32", 1) if forever else self.condition(node.test)
        body, after = self._body(node.body)
        self.set = after if forever else _both(self.set, after)
        return Loop(condition, body)

    def _body(self, nodes: list[ast.stmt]) -> tuple[tuple[Stmt, ...], Set]:
        """The body of a loop, and what is set where a `break` leaves it."""
        before = self.set
        inner = {
            each.target.id
            for node in nodes
            for each in ast.walk(node)
            if isinstance(each, ast.For) and isinstance(each.target, ast.Name)
        }
        if self.set is not None:
            # a second time round they would be what an inner loop left, which differs from Python
            self.set -= inner
        self.breaks.append(_NEVER)
        body = self._block(nodes)
        self.set = before
        return body, self.breaks.pop()

    def _for(self, node: ast.For) -> list[Stmt]:
        call, target = node.iter, node.target
        if (
            not isinstance(target, ast.Name)
            or not isinstance(call, ast.Call)
            or not isinstance(call.func, ast.Name)
            or call.func.id != "range"
            or len(call.args) != 2
        ):
            raise self.wrong(node, "a for loop is `for i in range(first, after_last)`")
        first, end = (self.whole(each) for each in call.args)
        found: list[Stmt] = []
        if self.writes(*call.args):
            first = self._kept(target, target.id, first, found)
        if not isinstance(end, Const):
            end = self._kept(target, target.id, end, found)
        found.append(self._set(target, target.id, first))
        counter = Local("i64", target.id)
        self.counters.add(target.id)
        body, after = self._body(node.body)
        self.counters.remove(target.id)
        self.set = _both(self.set, after)
        # after the loop Python and wasm would not agree on its value
        assert self.set is not None
        self.set -= {target.id}
        up = Assign(target.id, Binary("i64", "add", counter, Const("i64", 1)))
        return [*found, Loop(Binary("i32", "lt", counter, end), body, (up,))]

    def _jump(self, node: ast.Break | ast.Continue) -> Stmt:
        if not self.breaks:
            raise self.wrong(node, "there is no loop around it")
        if isinstance(node, ast.Break):
            self.breaks[-1] = _both(self.breaks[-1], self.set)
        self.set = None
        return Break() if isinstance(node, ast.Break) else Continue()

    def _return(self, node: ast.Return) -> Stmt:
        result = self.signature.result
        value = self.expr(node.value) if node.value is not None else None
        if (value.type if value else "") != result:
            raise self.wrong(node, f"the function gives {self.word(result)}")
        self.set = None
        return Return(value)

    def wrong(self, node: ast.AST, what: str, remedy: str = "") -> DialectError:
        """The error at a node of this function."""
        return DialectError(self.signature.source, node, what, remedy)
