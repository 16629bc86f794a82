"""What a `for` loop binds: its target for each item, and the index of `enumerate` beside it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import assignment, bindings, containers, operators, replacing
from compiler.check.conversions import LITERAL, literal_as
from compiler.tree import Expression, Literal, Local, LocalRef
from compiler.types import INT, U64, IntType, TupleType, Type, is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker


class Numbered:
    """The index that `enumerate` gives beside each item, if it is there."""

    def __init__(self, target: ast.expr | None, start: ast.expr | None) -> None:
        self.target = target
        self.start = start


class Target:
    """What a loop binds for each item: a local directly, or a hidden one which the body unpacks."""

    def __init__(self, check: Checker, node: ast.expr, type: Type, *, alias: bool = False) -> None:
        self.check = check
        self.node = node
        self.type = type
        self.elements: Expression | None = None  # what an alias is an element of
        self.is_direct = isinstance(node, ast.Name) and self._fits(node, alias)
        if not self.is_direct:
            renew(check, node, type)
            self.local = check.hidden_local("item", type, node, owns=not alias)

    def _fits(self, node: ast.Name, alias: bool) -> bool:
        check = self.check
        if node.id in check.globals_declared:
            return False
        known = bindings.bindable(check, node)
        if known is not None and known.type != self.type and not alias:
            value = LocalRef(check.span(node), self.type, known)
            if bindings.is_new_one(check, known, value):
                del check.names[node.id]
                known = None
        if known is None:
            self.local = check.new_local(node.id, self.type, node, owns=not alias)
            check.poisoned.discard(node.id)
            return True
        self.local = known
        if known.type == self.type:
            if is_place(known.type) and known.owns:
                raise bindings.ownership_changes(check, node, known)
            return True
        return False

    def bind(self) -> None:
        """The loop gives the local its value: note it at the start of the body."""
        flow = self.check.flow
        flow.forget(self.local)
        flow.bound.add(self.local)
        if self.elements is not None:
            replacing.aliased_element(self.check, self.local, self.elements)

    def unpack(self) -> None:
        """Emit what the body does first: hand a hidden local's value on."""
        if not self.is_direct:
            value = LocalRef(self.check.span(self.node), self.local.type, self.local)
            assignment.store_value(self.check, self.node, value, self.node)


def renew(check: Checker, node: ast.expr, type: Type) -> None:
    """Let the names in a loop's target stand for new locals where they had values of another type, and may."""
    match node, type:
        case ast.Tuple(elts=targets), TupleType(items=items) if len(targets) == len(items):
            for target, item in zip(targets, items, strict=True):
                renew(check, target, item)
        case ast.Name(), _ if node.id not in check.globals_declared:
            known = bindings.bindable(check, node)
            if known is None or known.type == type:
                return
            if bindings.is_new_one(check, known, LocalRef(check.span(node), type, known)):
                del check.names[node.id]


class Mirrored:
    """The target of a loop over a reversed range: a hidden local counts from start to stop, and
    what is bound is stop - 1 less its distance from start."""

    def __init__(
        self, check: Checker, node: ast.expr, type: IntType, start: Local, stop: Local
    ) -> None:
        self.check = check
        self.node = node
        self.start = start
        self.stop = stop
        self.local = check.hidden_local("count", type, node)

    def bind(self) -> None:
        """The count is bound from the start."""

    def unpack(self) -> None:
        """Emit what the body does first: bind the mirrored count."""
        span, type = self.check.span(self.node), self.local.type
        start, stop, count = (
            LocalRef(span, type, local) for local in (self.start, self.stop, self.local)
        )
        last = self._less(stop, Literal(span, type, 1))
        value = self._less(last, self._less(count, start))
        assignment.store_value(self.check, self.node, value, self.node)

    def _less(self, left: Expression, right: Expression) -> Expression:
        subtract, proven = tree.BinaryOperator.SUBTRACT, tree.Arithmetic.PROVEN
        return tree.Binary(left.span, left.type, subtract, left, right, proven)


class Index:
    """The counter of `enumerate`: the tree's own counts from 0, another start is added to it."""

    def __init__(self, check: Checker, numbered: Numbered) -> None:
        self.local: Local | None = None
        self.target: Target | None = None
        self.check = check
        self.node = numbered.target
        self.start: Expression | None = None
        if numbered.target is None:
            return
        type: Type = INT
        if isinstance(numbered.target, ast.Name):
            known = check.names.get(numbered.target.id)
            if known is not None and isinstance(known.type, IntType):
                type = known.type
            elif known is None and not containers.in_program(check):
                type = U64
        start = _bound_of_range(check, numbered.start, type) if numbered.start else None
        if start is not None and not (isinstance(start, Literal) and start.value == 0):
            local = check.hidden_local("start", start.type, numbered.target)
            check.emit(tree.SetLocal(start.span, local, start))
            self.start = LocalRef(start.span, start.type, local)
            type = start.type
            self.local = check.hidden_local("index", type, numbered.target)
        else:
            self.target = Target(check, numbered.target, type)
            self.local = self.target.local

    def bind(self) -> None:
        if self.target is not None:
            self.target.bind()

    def unpack(self) -> None:
        if self.target is not None:
            self.target.unpack()
        elif self.start is not None:
            span = self.check.span(self.node)
            count = LocalRef(span, self.local.type, self.local)
            total = operators.combine(
                self.check, self.node, tree.BinaryOperator.ADD, self.start, count
            )
            assignment.store_value(self.check, self.node, total, self.node)


class Counter:
    """The index of `enumerate` over what is not indexed: a hidden local counts the rounds."""

    def __init__(self, check: Checker, numbered: Numbered) -> None:
        self.check = check
        self.node = numbered.target
        self.next: Local | None = None
        if numbered.target is None:
            return
        span = check.span(numbered.target)
        type: IntType = INT if containers.in_program(check) else U64
        start: Expression = Literal(span, type, 0)
        if numbered.start is not None:
            start = _bound_of_range(check, numbered.start, type)
            type = start.type
        self.next = check.hidden_local("count", type, numbered.target)
        check.emit(tree.SetLocal(span, self.next, start))

    def bind(self) -> None:
        """Nothing is bound before the body."""

    def unpack(self) -> None:
        """Hand the count on, and count: before the body, which may `continue`."""
        if self.next is None:
            return
        span = self.check.span(self.node)
        value = LocalRef(span, self.next.type, self.next)
        assignment.store_value(self.check, self.node, value, self.node)
        one = Literal(span, self.next.type, 1)
        count = LocalRef(span, self.next.type, self.next)
        self.check.emit(
            tree.Update(span, count, tree.BinaryOperator.ADD, one, tree.Arithmetic.PROVEN)
        )


def _bound_of_range(check: Checker, node: ast.expr, type: IntType) -> Expression:
    value = operators.as_number(check.operand(node, type))
    return literal_as(check, value, type) if value.type is LITERAL else value
