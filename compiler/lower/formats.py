"""f-strings. Given to a parameter of type `Format`, one becomes code and environment, both borrowed:

    environment   in the caller's frame: what the f-string shows, in the order of evaluation
    code          its function (environment, out), which writes it

so that nothing is formatted, and nothing allocated, unless somebody asks `message.write_to(out)`.
What a local of the function holds is alive as long as the f-string; every other reference in the
environment is held by it until the statement ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import PTR, VOID, FunctionType, Linkage, Symbol, Value
from compiler.layout import Layout
from compiler.lower import bodies, environments
from compiler.lower.environments import Environment, Mode
from compiler.lower.function import FunctionLowering, none_value, value_of
from compiler.lower.objects import DROP, drop_at
from compiler.lower.representation import FORMATTER, holds_references, is_place, machine_type

if TYPE_CHECKING:
    from compiler.lower.unit import UnitLowering


@value_of(tree.FormatString)
def lower_format_string(f: FunctionLowering, node: tree.FormatString) -> Value:
    captured = [
        (Mode.ADDRESS if is_place(value.type) else Mode.VALUE, value.type) for value in node.values
    ]
    layout = environments.lay_out(captured, 0)
    code = _code(f.unit, node.function, layout)
    if not captured:
        return f.make(FORMATTER, code, ir.Constant(PTR, 0))
    held = [_must_hold(value) for value in node.values]
    local = f.room("format", Layout(layout.size, 16), _drop(f.unit, node, layout, held))
    address = f.local_address(local)
    shown = [f.address(each) if is_place(each.type) else f.value(each) for each in node.values]
    for value, capture, is_held in zip(shown, layout.captures, held, strict=True):
        place = f.offset(address, capture.offset)
        if is_held:
            f.store(place, value, initialises=True)
        elif machine_type(capture.type) is not VOID:
            environments.store_borrowed(f, place, value)
    return f.make(FORMATTER, code, address)


def _must_hold(value: tree.Expression) -> bool:
    """True if nothing else keeps the references in a value alive."""
    if is_place(value.type) or not holds_references(value.type):
        return False
    while isinstance(value, tree.Convert):
        value = value.operand
    return not isinstance(value, tree.LocalRef | tree.StringLiteral | tree.StaticRef)


def _drop(
    unit: UnitLowering, node: tree.FormatString, layout: Environment, held: list[bool]
) -> str | None:
    """Return the function that releases what an environment holds; None if it holds nothing."""
    if not any(held):
        return None

    def body(f: FunctionLowering, parameters: list[Value]) -> None:
        for capture, is_held in zip(layout.captures, held, strict=True):
            if is_held:
                drop_at(f, f.offset(parameters[0], capture.offset), capture.type)

    return unit.helper(f"{node.function.symbol}:drop", DROP, body, Linkage.INTERNAL)


def _code(unit: UnitLowering, function: tree.Function, layout: Environment) -> Value:
    if function.symbol not in unit.nested:
        unit.nested.add(function.symbol)

        def enter(f: FunctionLowering, environment: Value) -> None:
            environments.bind(f, environment, function.captures, layout)

        bodies.lower_nested(unit, function, _code_type(unit), enter)
    return Symbol(PTR, function.symbol)


def _code_type(unit: UnitLowering) -> FunctionType:
    """Return the type of an f-string's code, which raises nothing where failed checks trap."""
    return FunctionType((PTR, PTR), VOID, may_raise=not unit.options.traps)


def write_format(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    """Lower `message.write_to(out)`: call the code with its environment."""
    message = f.value(node.arguments[0])
    out = f.address(node.arguments[1])
    f.call(f.extract(message, 0), _code_type(f.unit), [f.extract(message, 1), out])
    return none_value()
