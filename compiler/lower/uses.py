"""How a function uses its locals: what lowering must know before it meets the first statement.

One walk over the tree, nested functions included where they capture. The results are sets of
locals; lowering decides by them where a local lives:

    assigned     parameters that do not keep the value they came with: they need a local
    addressed    their address is taken: they live in memory, whatever their type
    exposed      owning places of which another name may exist: a fresh value for them is built
                 elsewhere first, if their old value may still be seen
    repeated     owning places that are bound at more than one point, or inside a loop
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from compiler import tree
from compiler.lower.representation import is_place
from compiler.tree import Local, LocalRef

LOOPS = (
    tree.While,
    tree.ForRange,
    tree.ForEach,
    tree.ForZip,
    tree.ForGenerator,
    tree.ForIterator,
)


@dataclass
class Uses:
    """What `uses_of` found."""

    assigned: set[Local] = field(default_factory=set)
    addressed: set[Local] = field(default_factory=set)
    exposed: set[Local] = field(default_factory=set)
    repeated: set[Local] = field(default_factory=set)
    returned: list[tree.Expression] = field(default_factory=list)
    yields: int = 0
    size: int = 0  # nodes of its tree


def uses_of(function: tree.Function) -> Uses:
    walk = _Walk()
    walk.all(function.body, 0)
    for local in (*function.parameters, *function.locals):
        if local.captured and not local.boxed:
            walk.uses.addressed.add(local)
    return walk.uses


def bound_in(node: tree.Node) -> set[Local]:
    """Return the locals, of whatever type, that a statement or something inside it may bind."""
    walk = _Bindings()
    walk.node(node, 0)
    return walk.bound


def bound_by(node: tree.Node) -> set[Local]:
    """Return the locals that a node binds by itself."""
    walk = _Bindings()
    handle = _HANDLERS.get(type(node))
    if handle is not None:
        handle(walk, node, 0)
    return walk.bound


class _Walk:
    def __init__(self) -> None:
        self.uses = Uses()
        self.bound: set[Local] = set()

    def all(self, nodes: Iterable[tree.Node], depth: int) -> None:
        for node in nodes:
            self.node(node, depth)

    def node(self, node: tree.Node, depth: int) -> None:
        self.uses.size += 1
        handle = _HANDLERS.get(type(node))
        if handle is not None:
            handle(self, node, depth)
        self.all(node.children(), depth + isinstance(node, LOOPS))

    def bind(self, local: Local | None, depth: int) -> None:
        if local is None:
            return
        if local.is_parameter:
            self.uses.assigned.add(local)
        elif is_place(local.type) and local.owns:
            if depth or local in self.bound:
                self.uses.repeated.add(local)
            self.bound.add(local)

    def target(self, node: tree.Node, depth: int) -> None:
        if isinstance(node, LocalRef):
            self.bind(node.local, depth)

    def expose(self, node: tree.Node) -> None:
        """Note that another name for (a part of) this place comes into being."""
        root = root_of(node)
        if root is not None:
            self.uses.exposed.add(root)

    def set_local(self, node: tree.SetLocal, depth: int) -> None:
        self.bind(node.local, depth)
        if is_place(node.local.type) and not node.local.owns:
            self.expose(node.value)

    def address_of(self, node: tree.AddressOf, depth: int) -> None:
        place = node.place
        if isinstance(place, LocalRef) and not is_place(place.local.type):
            self.uses.addressed.add(place.local)
        self.expose(place)

    def loop(self, node: tree.Node, depth: int) -> None:
        for name in ("local", "index", "iterator"):
            self.bind(getattr(node, name, None), depth + 1)
        for local in getattr(node, "locals", ()):
            self.bind(local, depth + 1)

    def for_each(self, node: tree.ForEach, depth: int) -> None:
        self.loop(node, depth)
        self.expose(node.sequence)

    def with_block(self, node: tree.With, depth: int) -> None:
        self.bind(node.manager, depth)
        if not node.manager.owns:
            self.expose(node.context)
        if node.target is not None:
            self.target(node.target, depth)

    def returns(self, node: tree.Return, depth: int) -> None:
        if node.value is not None:
            self.uses.returned.append(node.value)

    def yields(self, node: tree.Yield, depth: int) -> None:
        self.uses.yields += 1

    def closure(self, node: tree.Closure, depth: int) -> None:
        self.uses.exposed.update(node.captures)


class _Bindings(_Walk):
    """Collects every local that is bound."""

    def bind(self, local: Local | None, depth: int) -> None:
        if local is not None:
            self.bound.add(local)


def moved_local(node: tree.Expression) -> Local | None:
    """Return the owning local that a `return` gives away, as itself or as a copy of it: nobody can
    see it afterwards."""
    if isinstance(node, tree.Copy):
        node = node.operand
    if isinstance(node, LocalRef) and node.local.owns and not node.local.is_parameter:
        return node.local
    return None


def root_of(node: tree.Node) -> Local | None:
    """Return the owning local inside which a place lies, if it lies in one."""
    while True:
        match node:
            case LocalRef(local=local):
                return local if is_place(local.type) and local.owns else None
            case tree.FieldRef(object=inner) | tree.IndexRef(base=inner) | tree.SliceOf(base=inner):
                node = inner
            case tree.Convert(operand=inner) | tree.AddressOf(place=inner):
                node = inner
            case _:
                return None


def mentions(node: tree.Node, local: Local) -> bool:
    """True if `local` occurs in an expression."""
    if isinstance(node, LocalRef):
        return node.local is local
    return any(mentions(child, local) for child in node.children())


def calls(node: tree.Node) -> bool:
    """True if evaluating an expression may run other code of the program."""
    if isinstance(node, _CALLS):
        return True
    return any(calls(child) for child in node.children())


_CALLS = (
    tree.Call,
    tree.VirtualCall,
    tree.IndirectCall,
    tree.New,
    tree.FormatString,
    tree.Resume,
    tree.ThrowInto,
    tree.CloseGenerator,
)

_HANDLERS = {
    tree.SetLocal: _Walk.set_local,
    tree.Walrus: lambda walk, node, depth: walk.bind(node.local, depth),
    tree.Update: lambda walk, node, depth: walk.target(node.target, depth),
    tree.Unpack: lambda walk, node, depth: [walk.target(each, depth) for each in node.targets],
    tree.AddressOf: _Walk.address_of,
    tree.Convert: lambda walk, node, depth: (
        walk.expose(node.operand) if node.conversion is tree.Conversion.ARRAY_TO_SLICE else None
    ),
    tree.SliceOf: lambda walk, node, depth: walk.expose(node.base),
    tree.ForRange: _Walk.loop,
    tree.ForEach: _Walk.for_each,
    tree.ForZip: _Walk.loop,
    tree.ForGenerator: _Walk.loop,
    tree.ForIterator: _Walk.loop,
    tree.With: _Walk.with_block,
    tree.Handler: lambda walk, node, depth: walk.bind(node.local, depth),
    tree.Match: lambda walk, node, depth: walk.bind(node.local, depth),
    tree.AnyPattern: lambda walk, node, depth: walk.bind(node.local, depth),
    tree.AsPattern: lambda walk, node, depth: walk.bind(node.local, depth),
    tree.Delete: lambda walk, node, depth: walk.bind(node.local, depth),
    tree.Return: _Walk.returns,
    tree.Yield: _Walk.yields,
    tree.Closure: _Walk.closure,
}
