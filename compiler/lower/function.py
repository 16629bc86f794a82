"""One function: what is known while its body is lowered, and how the parts of this package reach
each other.

A `FunctionLowering` is a builder that walks the typed tree. What it does with each kind of node is
in the file of that idea; a function there enters itself with `value_of`, `place_of`, `branch_on` or
`statement_of`, takes the FunctionLowering first, and reaches all others through these methods:

    value(node)             the machine value of an expression; the address, if it is a place
    place(node)             where something is that can be loaded and stored
    address(node)           only the address of that
    branch(test, yes, no)   ends the block by the truth of a condition
    body(block)             statements, in order

Locals. A local of the source is bound to one of these: a fixed value (a parameter that is never
assigned), an IR local that holds its value, an IR local with storage, an address (what a closure
captured by reference), or a box on the heap (what an escaping closure shares). A place-typed local
that owns its place has storage; one that is an alias holds an address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compiler import ir, tree
from compiler.ir import PTR, VOID, Constant, Value
from compiler.layout import HEADER_SIZE, Layout, layout_of
from compiler.lower.builder import Builder
from compiler.lower.representation import is_place, machine_type
from compiler.source import InlinedSpan
from compiler.types import Type

if TYPE_CHECKING:
    from compiler.lower.control import WayOut
    from compiler.lower.expansion import Expansion
    from compiler.lower.generators import Yields
    from compiler.lower.loop_versions import Known
    from compiler.lower.memory import Place
    from compiler.lower.unit import UnitLowering
    from compiler.lower.uses import Uses
    from compiler.source import Inlining, Span

Handler = Callable[["FunctionLowering", Any], Any]
BranchHandler = Callable[["FunctionLowering", Any, ir.Block, ir.Block], None]

VALUES: dict[type[tree.Node], Handler] = {}
PLACES: dict[type[tree.Node], Handler] = {}
STATEMENTS: dict[type[tree.Node], Handler] = {}
BRANCHES: dict[type[tree.Node], BranchHandler] = {}
BUILDERS: dict[type[tree.Node], Callable[[FunctionLowering, Any, Value], None]] = {}


def _entering(table: dict[type[tree.Node], Any]) -> Callable[..., Callable]:
    def kinds(*nodes: type[tree.Node]) -> Callable:
        def enter(handler: Any) -> Any:
            table.update(dict.fromkeys(nodes, handler))
            return handler

        return enter

    return kinds


value_of = _entering(VALUES)
place_of = _entering(PLACES)
statement_of = _entering(STATEMENTS)
branch_on = _entering(BRANCHES)
builder_of = _entering(BUILDERS)


@dataclass
class Binding:
    """Where a local of the source lives: exactly one of these is set, or none for a None."""

    value: Value | None = None  # fixed
    local: ir.Local | None = None
    address: Value | None = None
    box: ir.Local | None = None  # holds a reference to an object whose only field it is


@dataclass
class HandledException:
    """What the `except` body around the current statement handles."""

    exception_class: Value
    object: ir.Local | None  # None: exceptions have no objects here


@dataclass
class Scope:
    """The function whose statements are being lowered: this one, or a generator that is put in the
    place of the loop over it. `yields`: of a generator."""

    uses: Uses
    yields: Yields | Expansion | None = None
    inlining: Inlining | None = None


class FunctionLowering(Builder):
    """Lowers one function. See the module's docstring."""

    def __init__(self, unit: UnitLowering, function: ir.Function, uses: Uses) -> None:
        super().__init__(function)
        self.unit = unit
        self.options = unit.options
        self.scope = Scope(uses)
        self.bindings: dict[tree.Local, Binding] = {}
        self.ways_out: list[WayOut] = []  # what surrounds the statement, the innermost last
        self.handled: list[HandledException] = []
        self.result_address: Value | None = None  # where a fresh place is to be returned
        self.returned_in_place: tree.Local | None = None  # lives at result_address
        self.temporaries: list[ir.Local] = []  # storage for values of this statement
        self.outer_temporaries: list[list[ir.Local]] = []  # of the statements around it
        self._placed: dict[tuple[Span, Inlining], InlinedSpan] = {}
        self.known: Known | None = None  # what is true while the loop that is lowered runs
        self.fleeting: set[ir.Local] = set()  # temporaries that no `yield` outlasts

    # Places in the source

    def add(self, instruction: ir.Instruction) -> ir.Instruction:
        super().add(instruction)
        if self.scope.inlining is not None:
            instruction.span = self.placed(instruction.span)
        return instruction

    def placed(self, span: Span | None) -> Span | None:
        """Return a place in the source with what it was put in the place of."""
        if span is None or self.scope.inlining is None:
            return span
        key = (span, self.scope.inlining)
        if key not in self._placed:
            self._placed[key] = InlinedSpan(span, self.scope.inlining)
        return self._placed[key]

    # Nodes

    def value(self, node: tree.Expression) -> Value:
        """Return the machine value of an expression: of a place, its address."""
        around = self.span
        self.span = node.span
        result = VALUES[type(node)](self, node)
        self.span = around
        return result

    def place(self, node: tree.Expression) -> Place:
        """Return where an expression's value is kept. A fresh place gets a temporary."""
        around = self.span
        self.span = node.span
        result = PLACES.get(type(node), PLACES[tree.Expression])(self, node)
        self.span = around
        return result

    def address(self, node: tree.Expression) -> Value:
        return self.place(node).address

    def branch(
        self, test: tree.Expression, then: ir.Block, other: ir.Block, likely: bool | None = None
    ) -> None:
        """Go to `then` if `test` is true, else to `other`."""
        handler = BRANCHES.get(type(test))
        around = self.span
        self.span = test.span
        if handler is not None:
            handler(self, test, then, other)
        else:
            self.branch_if(VALUES[type(test)](self, test), then, other, likely)
        self.span = around

    def statement(self, node: tree.Statement) -> None:
        self.span = node.span
        self.outer_temporaries.append(self.temporaries)
        self.temporaries = []
        STATEMENTS[type(node)](self, node)
        self.drop_temporaries()
        self.temporaries = self.outer_temporaries.pop()

    def body(self, block: tree.Block) -> None:
        for node in block:
            self.statement(node)

    # Locals

    def bind(self, local: tree.Local) -> None:
        """Make room for a local. The debugger shows those that the source names."""
        type = local.type
        held = machine_type(type)
        shown = None if local.name.startswith(".") and not local.is_kept else type
        if held is VOID:
            self.bindings[local] = Binding()
        elif is_place(type) and local.owns or not is_place(type) and self.is_addressed(local):
            kept = self.storage(local.name, type, self.placed(local.span), shown)
            self.bindings[local] = Binding(local=kept)
        else:
            span = self.placed(local.span)
            kept = self.new_local(local.name, held, source_type=shown, span=span)
            self.bindings[local] = Binding(local=kept)
        if local.presence is not None:
            self.bind(local.presence)
            self.note_presence(local, False)

    def bind_parameter(self, local: tree.Local, value: Value, index: int) -> None:
        """Let a parameter be the value that came in, unless it is assigned or needs an address."""
        if local not in self.scope.uses.assigned and (
            is_place(local.type) or not self.is_addressed(local)
        ):
            self.bindings[local] = Binding(value=value)
            return
        local.owns = local.owns and not is_place(local.type)
        self.bind(local)
        self.bindings[local].local.parameter = index
        self.write_local(local, value)

    def is_addressed(self, local: tree.Local) -> bool:
        return local in self.scope.uses.addressed

    def storage(
        self, name: str, type: Type, span: Span | None = None, source_type: Type | None = None
    ) -> ir.Local:
        """Return a new local with room for a `type`, which drops what it holds in the end."""
        drop = self.unit.objects.drop_symbol(type)
        return self.new_local(name, PTR, layout_of(type), drop, source_type, span)

    def temporary(self, type: Type, name: str = "temporary") -> ir.Local:
        """Return room for a value of this statement. Empty if it counts references."""
        return self.room(name, layout_of(type), self.unit.objects.drop_symbol(type))

    def room(self, name: str, layout: Layout, drop: str | None) -> ir.Local:
        """Return storage that ends with this statement.

        In a `try`, what is raised leaves the statement before its end, and a loop may come by again.
        """
        local = self.new_local(name, PTR, layout, drop)
        if drop is not None and self.handler is not None:
            self.add(ir.ClearLocal(local))
        self.temporaries.append(local)
        self.fleeting.add(local)
        return local

    def drop_temporaries(self) -> None:
        """Drop what the statement's temporaries hold, at its end and where it parts."""
        if self.temporaries and self.is_open:
            for local in self.temporaries:
                if local.drop is not None:
                    self.add(ir.ClearLocal(local))

    def keep_temporaries(self) -> None:
        """A generator rests here: the temporaries so far of the statements around outlast it."""
        for temporaries in (*self.outer_temporaries, self.temporaries):
            self.fleeting.difference_update(temporaries)

    def read_local(self, local: tree.Local) -> Value:
        """Return the value of a local; of a place, its address."""
        binding = self.bindings[local]
        if binding.value is not None:
            return binding.value
        if not self.is_in_memory(local):
            return self.get(binding.local) if binding.local is not None else none_value()
        address = self.local_place(local)
        return address if is_place(local.type) else self.load(address, machine_type(local.type))

    def write_local(self, local: tree.Local, value: Value) -> None:
        """Give a local a value; an alias of a place, an address."""
        binding = self.bindings[local]
        if self.is_in_memory(local):
            self.store(self.local_place(local), value)
        elif binding.local is not None:
            self.set(binding.local, value)
        self.note_presence(local, True)

    def note_presence(self, local: tree.Local, is_there: bool) -> None:
        """Note whether a local has a value, where the program asks."""
        if local.presence is not None:
            self.write_local(local.presence, Constant(ir.I1, is_there))

    def is_in_memory(self, local: tree.Local) -> bool:
        """True if a local has an address of its own."""
        binding = self.bindings[local]
        if binding.local is not None:
            return binding.local.storage is not None
        return binding.address is not None or binding.box is not None

    def local_place(self, local: tree.Local) -> Value:
        """Return the address of a local that is in memory, or of the place that an alias means."""
        binding = self.bindings[local]
        if binding.address is not None:
            return binding.address
        if binding.box is not None:
            return self.offset(self.get(binding.box), HEADER_SIZE)
        if binding.value is not None:
            return binding.value
        if binding.local.storage is None:
            assert is_place(local.type), f"{local.name} has no address"
            return self.get(binding.local)
        return self.local_address(binding.local)


def none_value() -> Value:
    """Return what stands for None where nothing will read it."""
    return Constant(ir.I1, 0)
