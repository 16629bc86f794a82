"""Functions as values: closures, methods with their object, plain functions.

A Callable is code and environment, a counted object or 0. The code takes the environment before all
else, and has room in its result for an exception whether it raises one or not, so that a Callable
with more promises serves where fewer are asked for.

    plain function     its adapter (`f:callable`), which ignores the environment; no environment
    bound method       code that calls it; the object is the environment
    closure            its own code; an environment for its captures, unless the only one is a
                       reference, which then is the environment

The environment of a closure that does not escape lies in the frame of the function around, with a
count that never falls to 0, so that whoever holds the Callable need not know. That of one that
escapes is on the heap, and so is a local that it shares with others: in a box, from the start of its
function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import (
    I64,
    IMMORTAL,
    PTR,
    REF,
    Cast,
    Constant,
    FunctionType,
    Symbol,
    Value,
    type_info_symbol,
)
from compiler.layout import HEADER_SIZE, Layout, layout_of
from compiler.lower import bodies, calls, environments
from compiler.lower.environments import Environment, Mode
from compiler.lower.function import Binding, FunctionLowering, value_of
from compiler.lower.representation import (
    CALLABLE,
    callable_function_type,
    callable_signature,
    holds_references,
    is_place,
)
from compiler.source import Span
from compiler.types import STR, CFunctionType, FunctionInstance, Type, symbol_of

if TYPE_CHECKING:
    from compiler.lower.unit import UnitLowering


# Plain functions and methods -----------------------------------------------------------------


@value_of(tree.FunctionRef)
def lower_function_ref(f: FunctionLowering, node: tree.FunctionRef) -> Value:
    """A function as a value: its code's address, or an adapter's and no environment."""
    type = calls.instance_type(node.function, callable_signature(node.type))
    f.unit.declare(node.function.symbol, type)
    if isinstance(node.type, CFunctionType):
        return Symbol(PTR, node.function.symbol)
    code = adapter(f.unit, node.function, type)
    return f.make(CALLABLE, Symbol(PTR, code), Constant(REF, 0))


def adapter(unit: UnitLowering, function: FunctionInstance, type: FunctionType) -> str:
    """Return the code by which a plain function is called as a Callable. It is at the function's place, without
    which nothing would be known of the lines of a function that becomes part of it."""
    symbol, declaration = function.symbol, function.declaration
    span = Span.of(declaration.module.path, declaration.node)

    def body(f: FunctionLowering, parameters: list[Value]) -> None:
        result = f.call(Symbol(PTR, symbol), type, parameters[1:])
        f.add(ir.Return(result if type.result is not ir.VOID else None))

    adapted = FunctionType((PTR, *type.parameters), type.result, may_raise=True)
    return unit.helper(f"{symbol}:callable", adapted, body, span=span)


@value_of(tree.BoundMethod)
def lower_bound_method(f: FunctionLowering, node: tree.BoundMethod) -> Value:
    object = f.value(node.object)
    return f.make(CALLABLE, _code(f.unit, node.function, None), object)


# Closures ------------------------------------------------------------------------------------


@value_of(tree.Closure)
def lower_closure(f: FunctionLowering, node: tree.Closure) -> Value:
    """Make the environment of a closure, and its value."""
    if not node.captures:
        return f.make(CALLABLE, _code(f.unit, node.function, _NOTHING), Constant(REF, 0))
    if node.is_object_alone:
        object = f.read_local(node.captures[0])
        return f.make(CALLABLE, _code(f.unit, node.function, None), object)

    captured = [(_mode(local), local.type) for local in node.captures]
    layout = environments.lay_out(captured, HEADER_SIZE)
    address = _on_heap(f, node, layout) if node.escapes else _on_stack(f, layout.size)
    for local, capture in zip(node.captures, layout.captures, strict=True):
        place = f.offset(address, capture.offset)
        value = _captured(f, local, capture.mode)
        if node.escapes:
            f.store(place, value, initialises=True)
        else:
            environments.store_borrowed(f, place, value)
    environment = address if node.escapes else f.convert(Cast.ASSUME, address, REF)
    return f.make(CALLABLE, _code(f.unit, node.function, layout), environment)


_NOTHING = Environment((), 0)


def _mode(local: tree.Local) -> Mode:
    if local.boxed and not is_place(local.type):
        return Mode.BOX
    return Mode.ADDRESS if local.captured or is_place(local.type) else Mode.VALUE


def _captured(f: FunctionLowering, local: tree.Local, mode: Mode) -> Value:
    match mode:
        case Mode.VALUE:
            return f.read_local(local)
        case Mode.ADDRESS:
            return f.local_place(local)
    return f.get(f.bindings[local].box)


def _on_stack(f: FunctionLowering, size: int) -> Value:
    local = f.new_local("environment", PTR, Layout(size, 16))
    address = f.local_address(local)
    f.store(address, Constant(I64, IMMORTAL | 1 << 32))  # both counts
    return address


def _on_heap(f: FunctionLowering, node: tree.Closure, layout: Environment) -> Value:
    symbol = f"{node.function.symbol}:environment"
    held = [
        (each.offset, STR if each.mode is Mode.BOX else each.type)
        for each in layout.captures
        if each.mode is Mode.BOX or each.mode is Mode.VALUE and holds_references(each.type)
    ]
    f.unit.hidden_class(symbol, layout.size, held)
    return f.add(ir.New(type_info_symbol(symbol), layout.size, type=REF))


def _code(unit: UnitLowering, function: tree.Function, layout: Environment | None) -> Value:
    """Return the address of a nested function's code, which is lowered when it is first wanted.
    `layout` None: its only capture is the environment."""
    if function.symbol not in unit.nested:
        unit.nested.add(function.symbol)

        def enter(f: FunctionLowering, environment: Value) -> None:
            _enter(f, function, environment, layout)

        if function.generator_item is not None:
            from compiler.lower import generators

            generators.lower_nested(unit, function, enter)
        else:
            bodies.lower_nested(unit, function, callable_function_type(function.signature), enter)
    return Symbol(PTR, _code_symbol(function))


def _code_symbol(function: tree.Function) -> str:
    """Return the symbol of what is called: of a generator, what makes an object."""
    is_generator = function.generator_item is not None
    return f"{function.symbol}:callable" if is_generator else function.symbol


def _enter(
    f: FunctionLowering, function: tree.Function, environment: Value, layout: Environment | None
) -> None:
    """Bind the captures of a nested function, and the name by which it calls itself."""
    held = f.convert(Cast.ASSUME, environment, REF)
    if layout is None:
        f.bindings[function.captures[0]] = Binding(value=held)
    else:
        environments.bind(f, environment, function.captures, layout)
    if function.itself is not None:
        itself = f.make(CALLABLE, Symbol(PTR, _code_symbol(function)), held)
        f.bindings[function.itself] = Binding(value=itself)


# Boxes ---------------------------------------------------------------------------------------


def make_boxes(f: FunctionLowering, node: tree.Function) -> None:
    """Put the locals that outlive the function into boxes; parameters with their value."""
    for local in node.locals:
        if not local.boxed or is_place(local.type):
            continue
        incoming = f.bindings.get(local)
        value = f.read_local(local) if incoming is not None else None
        box = f.new_local(f"{local.name}.box", REF)
        f.set(box, _new_box(f, local.type))
        f.bindings[local] = Binding(box=box)
        if value is not None:
            f.write_local(local, value)


def _new_box(f: FunctionLowering, type: Type) -> Value:
    symbol = f"{f.unit.result.name}:box[{symbol_of(type)}]"
    size = HEADER_SIZE + -(-layout_of(type).size // 16) * 16
    held = [(HEADER_SIZE, type)] if holds_references(type) else []
    f.unit.hidden_class(symbol, size, held)
    return f.add(ir.New(type_info_symbol(symbol), size, type=REF))
