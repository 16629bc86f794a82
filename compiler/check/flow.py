"""Flow: what is known at one point of a function, on every path that leads there.

These facts are kept:

    bound       the locals that certainly have a value
    narrowed    places whose value is known to have a narrower type than the declared one
    aliases     where locals that are aliases of places lead, and which of them are
    stale       no longer to be used, since the struct there was replaced (replacing.py)

A place is named by its path: a `Local` or module variable by itself, `object.field` by the pair
(path of the object, name of the field). An assignment to a local ends the facts about it and about
what is reached through it. A store to a field ends the facts about fields of that name, whatever
the object, since two paths may lead to one object; a call ends the facts about all fields and
module variables. Facts about locals stay until the local is assigned: nobody else can reach it.

A flow is mutable and belongs to one path; `copy` it where paths part, `join` where they meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compiler import tree
from compiler.tree import Conversion, Expression, Local
from compiler.types import Type, VariableDeclaration

if TYPE_CHECKING:
    from compiler.source import Span

Path = Local | VariableDeclaration | tuple


class Flow:
    """The facts on one path. `reachable` False: no path leads here, so everything holds."""

    __slots__ = ("aliases", "bound", "has_paths", "narrowed", "reachable", "stale")

    def __init__(self, bound: set[Local], narrowed: dict[Path, Type]) -> None:
        self.bound = bound
        self.narrowed = narrowed
        self.has_paths = False  # some fact is not about an unshared local
        self.reachable = True
        self.aliases: dict[Local, Any] = {}  # these two are replaced when they change
        self.stale: dict[Local, Span] = {}

    def copy(self) -> Flow:
        copy = Flow(self.bound.copy(), self.narrowed.copy())
        copy.reachable, copy.has_paths = self.reachable, self.has_paths
        copy.aliases, copy.stale = self.aliases, self.stale
        return copy

    def ended(self) -> Flow:
        """Return this flow as it is after a statement that nothing follows."""
        copy = self.copy()
        copy.reachable = False
        return copy

    def is_bound(self, local: Local) -> bool:
        return local in self.bound or not self.reachable

    def narrow(self, path: Path, type: Type) -> None:
        """Note that a place has a value of this type."""
        self.narrowed[path] = type
        if not isinstance(path, Local) or path.captured:
            self.has_paths = True

    def forget(self, local: Local) -> None:
        """End the facts about `local` and what is reached through it: it is assigned."""
        self.narrowed.pop(local, None)
        if self.has_paths:
            self._drop([path for path in self.narrowed if root_of(path) is local])

    def forget_field(self, name: str) -> None:
        """End the facts about fields called `name`: one is stored to."""
        if self.has_paths:
            self._drop([path for path in self.narrowed if _passes(path, name)])

    def forget_variable(self, variable: VariableDeclaration) -> None:
        if self.has_paths:
            self._drop([path for path in self.narrowed if root_of(path) is variable])

    def forget_memory(self) -> list[Path]:
        """End the facts about fields, module variables and shared locals, and return their paths:
        a call may have changed any of them."""
        if not self.has_paths:
            return []
        self.has_paths = False
        lost = [path for path in self.narrowed if not isinstance(path, Local) or path.captured]
        self._drop(lost)
        return lost

    def _drop(self, paths: list[Path]) -> None:
        for path in paths:
            del self.narrowed[path]


def join(first: Flow, second: Flow) -> Flow:
    """Return what holds whichever of two paths was taken."""
    if not first.reachable:
        return second
    if not second.reachable:
        return first
    others = second.narrowed
    narrowed = {
        path: type
        for path, type in first.narrowed.items()
        if (other := others.get(path)) is type or other == type
    }
    result = Flow(first.bound & second.bound, narrowed)
    result.has_paths = first.has_paths and second.has_paths
    result.aliases = first.aliases
    if first.aliases is not second.aliases:
        others = second.aliases
        result.aliases = {a: p for a, p in first.aliases.items() if others.get(a) is p}
    result.stale = {**first.stale, **second.stale} if second.stale else first.stale
    return result


def join_all(flows: list[Flow]) -> Flow:
    """Return what holds after any of several paths."""
    result = flows[0]
    for flow in flows[1:]:
        result = join(result, flow)
    return result


def path_of(value: Expression) -> Path | None:
    """Return the path of the place that a value was read from; None if it has none."""
    match value:
        case tree.LocalRef(local=local):
            return local
        case tree.FieldRef(object=object, field=field):
            base = path_of(object)
            return base and (base, field.name)
        case tree.VariableRef(variable=variable):
            return variable
        case tree.Convert(conversion=Conversion.UNWRAP | Conversion.DOWNCAST | Conversion.UPCAST):
            return path_of(value.operand)
        case tree.Deref(pointer=pointer):
            return path_of(pointer)
    return None


def root_of(path: Path) -> Local | VariableDeclaration:
    """Return the local or variable at which a path starts."""
    while isinstance(path, tuple):
        path = path[0]
    return path


def _passes(path: Path, name: str) -> bool:
    while isinstance(path, tuple):
        if path[1] == name:
            return True
        path = path[0]
    return False
