"""Closures: nested functions and lambdas that use locals of the function around them.

A closure's value is code and environment. The environment is an object: on the stack of the
function around if the closure does not escape, with a count that never falls to 0, so that whoever
holds the Callable need not know; else on the heap. After the header come the captures, each

    by value       a local that keeps its value once the closure exists
    by reference   the address of a local in memory, or of a place
    boxed          a reference to a box on the heap, where an escaping closure shares a variable

A boxed local lives in its box from the start of its function.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I64, IMMORTAL, PTR, REF, Cast, Constant, Symbol, Value, type_info_symbol
from compiler.layout import HEADER_SIZE, POINTER_SIZE, Layout, layout_of
from compiler.lower import bodies
from compiler.lower.function import Binding, FunctionLowering, value_of
from compiler.lower.representation import CALLABLE, holds_references, is_place, machine_type
from compiler.source import CompileError
from compiler.types import STR, Type, symbol_of

if TYPE_CHECKING:
    from compiler.lower.unit import UnitLowering


class Mode(Enum):
    BY_VALUE = auto()
    BY_REFERENCE = auto()
    BOXED = auto()


@dataclass(frozen=True)
class Capture:
    """How one local is captured, and where in the environment."""

    mode: Mode
    type: Type
    offset: int


@value_of(tree.Closure)
def lower_closure(f: FunctionLowering, node: tree.Closure) -> Value:
    """Make the environment of a closure, and its value."""
    captures = _plan(f, node)
    if node.function.symbol not in f.unit.nested:
        f.unit.nested.add(node.function.symbol)
        bodies.lower_nested(f.unit, node.function, captures)
    code = Symbol(PTR, node.function.symbol)
    if not captures:
        return f.make(CALLABLE, code, Constant(REF, 0))
    size = _size(captures)
    if node.escapes:
        environment = _on_heap(f, node, captures, size)
    else:
        environment = _on_stack(f, size)
    for local, capture in zip(node.captures, captures, strict=True):
        value = _captured_value(f, local, capture)
        f.store(f.offset(environment, capture.offset), value, initialises=True)
    if not node.escapes:
        environment = f.convert(Cast.ASSUME, environment, REF)
    return f.make(CALLABLE, code, environment)


def _plan(f: FunctionLowering, node: tree.Closure) -> list[Capture]:
    """Decide how each local is captured, and lay the environment out."""
    captures, end = [], HEADER_SIZE
    for local in node.captures:
        mode = _mode(f, local, node)
        layout = _pointer() if mode is not Mode.BY_VALUE else layout_of(local.type)
        start = -(-end // layout.align) * layout.align
        captures.append(Capture(mode, local.type, start))
        end = start + layout.size
    return captures


def _mode(f: FunctionLowering, local: tree.Local, node: tree.Closure) -> Mode:
    binding = f.bindings[local]
    if is_place(local.type):
        if node.escapes:
            raise CompileError(
                node.span,
                f"this function outlives '{local.name}', which it uses",
                "put what it needs into a class, and capture that",
            )
        return Mode.BY_REFERENCE
    if binding.box is not None:
        return Mode.BOXED
    in_memory = binding.local is not None and binding.local.storage is not None
    return Mode.BY_REFERENCE if in_memory or binding.address is not None else Mode.BY_VALUE


def _pointer() -> Layout:
    return Layout(POINTER_SIZE, POINTER_SIZE)


def _size(captures: list[Capture]) -> int:
    last = captures[-1]
    size = POINTER_SIZE if last.mode is not Mode.BY_VALUE else layout_of(last.type).size
    return -(-(last.offset + size) // 16) * 16


def _on_stack(f: FunctionLowering, size: int) -> Value:
    local = f.new_local("environment", PTR, Layout(size, 16))
    address = f.local_address(local)
    f.store(address, Constant(I64, IMMORTAL | 1 << 32))
    return address


def _on_heap(f: FunctionLowering, node: tree.Closure, captures: list[Capture], size: int) -> Value:
    symbol = f"{node.function.symbol}:environment"
    held = [
        (each.offset, STR if each.mode is Mode.BOXED else each.type)
        for each in captures
        if each.mode is Mode.BOXED or each.mode is Mode.BY_VALUE and holds_references(each.type)
    ]
    f.unit.hidden_class(symbol, size, held)
    return f.add(ir.New(type_info_symbol(symbol), size, type=REF))


def _captured_value(f: FunctionLowering, local: tree.Local, capture: Capture) -> Value:
    match capture.mode:
        case Mode.BY_VALUE:
            return f.read_local(local)
        case Mode.BY_REFERENCE:
            return f.local_place(local)
    return f.get(f.bindings[local].box)


def bind_captures(
    f: FunctionLowering, environment: Value, locals: Iterable[tree.Local], captures: list[Capture]
) -> None:
    """Bind the locals of a nested function to what its environment holds."""
    for local, capture in zip(locals, captures, strict=True):
        place = f.offset(environment, capture.offset)
        match capture.mode:
            case Mode.BY_REFERENCE:
                f.bindings[local] = Binding(address=f.load(place, PTR))
            case Mode.BOXED:
                box = f.new_local(f"{local.name}.box", REF)
                f.set(box, _held(f, place, REF))
                f.bindings[local] = Binding(box=box)
            case Mode.BY_VALUE:
                f.bindings[local] = Binding(value=_held(f, place, machine_type(capture.type)))


def _held(f: FunctionLowering, place: Value, type: ir.IRType) -> Value:
    """Load what the environment holds, and so keeps alive for the whole call."""
    if type is REF:
        return f.convert(Cast.ASSUME, f.load(place, PTR), REF)
    return f.load(place, type)


def make_boxes(f: FunctionLowering, node: tree.Function) -> None:
    """Put locals that an escaping closure shares into boxes; parameters with their value."""
    for local in node.locals:
        if local not in f.scope.uses.boxed or is_place(local.type):
            continue
        incoming = f.bindings.get(local)
        value = f.read_local(local) if incoming is not None else None
        box = f.new_local(f"{local.name}.box", REF)
        f.set(box, _new_box(f.unit, f, local.type))
        f.bindings[local] = Binding(box=box)
        if value is not None:
            f.write_local(local, value)


def _new_box(unit: UnitLowering, f: FunctionLowering, type: Type) -> Value:
    symbol = f"{unit.result.name}:box[{symbol_of(type)}]"
    size = HEADER_SIZE + -(-layout_of(type).size // 16) * 16
    held = [(HEADER_SIZE, type)] if holds_references(type) else []
    unit.hidden_class(symbol, size, held)
    return f.add(ir.New(type_info_symbol(symbol), size, type=REF))
