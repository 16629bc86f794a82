"""Escapes: which closures outlive the function that makes them, and what they share with it.

Decided over the tree of a whole function, with those nested in it. A closure stays inside if it is
called where it is made, or *lent*: passed to a parameter that is only called
(`declare/callables.py`), or if it is bound to a local that is put to no other use. Every other
closure escapes: it may be called when the function around it is gone, so that its captures are kept
on the heap.

A captured local is one variable for the closure and the function around it, as in Python
(`Local.captured`), if the closure assigns it, or if it may be bound again while the closure exists.
A closure that is lent exists for that call only; all others for as long as the function runs. A
variable that is shared with a closure that escapes lives on the heap itself (`Local.boxed`).

Before: the function is checked, and each of its closures is taken to escape. After: `escapes`,
`captured` and `boxed` are as described, and what an escaping closure captures outlives the
function.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum, auto
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import aliasing
from compiler.source import Note, Span
from compiler.tree import Closure, Expression, Local, LocalRef, Node
from compiler.types import ParameterDeclaration, is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker


class Use(Enum):
    """What is done with a value."""

    CALLED = auto()
    LENT = auto()
    TESTED = auto()
    KEPT = auto()


def settle(check: Checker, function: tree.Function) -> None:
    """Decide for all closures of a function, and report those that cannot be as they are."""
    if not check.closures:
        return
    uses = _Uses()
    uses.function(function)
    decisions = _Decisions(uses)
    reached = [made for made in check.closures if made.closure in uses.made]  # not in broken code
    for made in reached:
        made.closure.escapes = decisions.escapes(made.closure)
    for root in uses.roots():
        if decisions.is_shared(root):
            outlives = any(map(decisions.escapes, uses.users(root)))
            for local in uses.copies(root):
                local.captured, local.boxed = True, outlives
    for made in reached:
        _report_captures(made.check, made.closure, decisions)
    for local, span in uses.deleted:
        if local in uses.captors:
            where = uses.captors[local][0][1].span
            error = check.error(
                span,
                f"'{local.name}' is used by a function inside this one, so it cannot be deleted",
                "give it another value",
                (Note(where, "used here"),),
            )
            check.report(error)


# What the tree says --------------------------------------------------------------------------

_LOOPS = (
    tree.While,
    tree.ForRange,
    tree.ForEach,
    tree.ForZip,
    tree.ForGenerator,
    tree.ForIterator,
)
_BINDING_FIELDS = ("local", "index", "iterator", "manager")


class _Uses:
    """What a function and those nested in it do with their locals and closures."""

    def __init__(self) -> None:
        self.made: dict[Closure, Use | Local] = {}  # a Local: it is bound to that
        self.of_local: dict[Local, list[Use]] = {}
        self.captors: dict[Local, list[tuple[Local, Closure]]] = {}  # by the captured local
        self.inner: set[Local] = set()  # locals that stand for one of the function around
        self.bindings: Counter[Local] = Counter()
        self.bound_in_loop: set[Local] = set()
        self.bound_in_expression: set[Local] = set()
        self.deleted: list[tuple[Local, Span]] = []
        self.depth = 0  # of loops

    def roots(self) -> list[Local]:
        """Return the captured locals that are not themselves captures."""
        return [local for local in self.captors if local not in self.inner]

    def copies(self, local: Local) -> list[Local]:
        """Return a local and all that stand for it in nested functions."""
        result = [local]
        for inner, _ in self.captors.get(local, ()):
            result += self.copies(inner)
        return result

    def users(self, local: Local) -> list[Closure]:
        """Return the closures that use a local, directly or through those inside them."""
        return [closure for each in self.copies(local) for _, closure in self.captors.get(each, ())]

    # Walking

    def function(self, function: tree.Function) -> None:
        around, self.depth = self.depth, 0
        for statement in function.body:
            self.node(statement, Use.KEPT)
        self.depth = around

    def node(self, node: Node, use: Use | Local) -> None:
        """Note a node whose value is put to `use`."""
        self.note_bindings(node)
        inside_loop = isinstance(node, _LOOPS)
        self.depth += inside_loop
        match node:
            case LocalRef(local=local):
                uses = self.of_local.setdefault(local, [])
                uses.append(use if isinstance(use, Use) else Use.KEPT)
            case Closure():
                self.closure(node, use)
            case tree.BoundMethod() | tree.FormatString():
                self.function(node.function)
                self.children(node)
            case tree.Convert(operand=operand):
                self.node(operand, use)
            case tree.IsNone(operand=operand) | tree.Truth(operand=operand):
                self.node(operand, Use.TESTED)
            case tree.IndirectCall(callee=callee, arguments=arguments):
                self.node(callee, Use.CALLED)
                self.arguments(arguments, [])
            case tree.Call(function=called, arguments=arguments):
                self.arguments(arguments, called.declaration.parameters)
            case (
                tree.New(initialiser=called, arguments=arguments)
                | tree.StructValue(initialiser=called, arguments=arguments)
            ):
                self.arguments(arguments, called.declaration.parameters[1:] if called else [])
            case tree.SetLocal(local=local, value=value):
                self.node(value, local)
            case _:
                self.children(node)
        self.depth -= inside_loop

    def children(self, node: Node) -> None:
        for child in node.children():
            self.node(child, Use.KEPT)

    def arguments(
        self, arguments: list[Expression | None], parameters: list[ParameterDeclaration]
    ) -> None:
        for number, argument in enumerate(arguments):
            lent = number < len(parameters) and parameters[number].only_called
            if argument is not None:
                self.node(argument, Use.LENT if lent else Use.KEPT)

    def closure(self, closure: Closure, use: Use | Local) -> None:
        self.made[closure] = use
        for outer, inner in zip(closure.captures, closure.function.captures, strict=True):
            self.captors.setdefault(outer, []).append((inner, closure))
            self.inner.add(inner)
        self.function(closure.function)

    def note_bindings(self, node: Node) -> None:
        match node:
            case tree.Delete(local=local):
                self.deleted.append((local, node.span))
            case tree.Walrus(local=local):
                self.bind(local)
                self.bound_in_expression.add(local)
                return
            case tree.Update(target=LocalRef(local=local)):
                self.bind(local)
            case tree.Unpack(targets=targets):
                for target in targets:
                    if isinstance(target, LocalRef):
                        self.bind(target.local)
            case tree.With(target=LocalRef(local=local)):
                self.bind(local)
            case tree.ForZip(locals=locals):
                for local in locals:
                    self.bind(local, in_loop=True)
        if not isinstance(node, LocalRef):
            for name in _BINDING_FIELDS:
                local = getattr(node, name, None)
                if isinstance(local, Local):
                    self.bind(local, in_loop=isinstance(node, _LOOPS))

    def bind(self, local: Local, in_loop: bool = False) -> None:
        self.bindings[local] += 1
        if in_loop or self.depth:
            self.bound_in_loop.add(local)


# What follows from it ------------------------------------------------------------------------


class _Decisions:
    def __init__(self, uses: _Uses) -> None:
        self.uses = uses
        self.known: dict[Closure, bool] = {}

    def escapes(self, closure: Closure) -> bool:
        if closure not in self.known:
            self.known[closure] = False  # what it is for itself, while this is worked out
            self.known[closure] = not self.stays(closure)
        return self.known[closure]

    def stays(self, closure: Closure) -> bool:
        if closure.function.generator_item is not None:
            return False  # the generator that it makes may outlive the function
        use = self.uses.made[closure]
        is_put_away = use is Use.KEPT if isinstance(use, Use) else not self.holds_well(use)
        itself = closure.function.itself
        return not is_put_away and (itself is None or self.holds_well(itself))

    def holds_well(self, local: Local) -> bool:
        """True if what a local holds is not kept by anything else."""
        if Use.KEPT in self.uses.of_local.get(local, ()):
            return False
        return all(
            self.holds_well(inner) and not self.escapes(closure)
            for inner, closure in self.uses.captors.get(local, ())
        )

    def is_lent(self, closure: Closure) -> bool:
        """True if a closure exists for one call only."""
        return self.uses.made[closure] in (Use.CALLED, Use.LENT) and not self.escapes(closure)

    def may_change(self, root: Local) -> bool:
        """True if a captured local may be bound again while a closure that uses it exists."""
        uses = self.uses
        is_bound_again = (
            uses.bindings[root] > (0 if root.is_parameter else 1) or root in uses.bound_in_loop
        )
        if not is_bound_again:
            return False
        return root in uses.bound_in_expression or not all(map(self.is_lent, uses.users(root)))

    def is_shared(self, root: Local) -> bool:
        """True if the function and its closures must see one variable. A place is one anyway."""
        if is_place(root.type) or root.is_default:
            return False
        is_assigned_inside = any(
            self.uses.bindings[each] for each in self.uses.copies(root) if each is not root
        )
        return root.captured or is_assigned_inside or self.may_change(root)


# Errors --------------------------------------------------------------------------------------


def _report_captures(check: Checker, closure: Closure, decisions: _Decisions) -> None:
    """Report what a closure uses that is gone, or another thing, when it is called."""
    for local in closure.captures:
        if is_place(local.type) and not local.owns and decisions.may_change(local):
            check.report(
                check.error(
                    closure.span,
                    f"'{local.name}' names one struct after another, and this function uses it "
                    "later",
                    f"define the function in one of its own, which takes '{local.name}'",
                    (Note(local.span, f"'{local.name}' is bound here"),),
                )
            )
        elif closure.escapes and _ends(check, local):
            what = "is a struct" if is_place(local.type) else "is a view"
            check.report(
                check.error(
                    closure.span,
                    f"this function may be called when '{check.name}' is gone, and '{local.name}', "
                    f"which it uses, {what} that is gone then, too",
                    "keep what it needs in an object of a class, and capture that",
                    (Note(local.span, f"'{local.name}' is bound here"),),
                )
            )


def _ends(check: Checker, local: Local) -> bool:
    """True if what a local names may end with the function."""
    if is_place(local.type):
        return True
    if not aliasing.holds_views(local.type):
        return False
    origin = aliasing.origin_of(check, LocalRef(local.span, local.type, local))
    return origin is not aliasing.Origin.FOREVER
