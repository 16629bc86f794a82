"""The frame of a function: parameters come in, locals get their places, the body is lowered.

A function whose result is a fresh place gets, before all its parameters, the address where the
caller wants it. If it always returns one and the same local, that local lives there from the
start (named return value), unless it holds references, which must not be seen half made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import PTR, VOID, Linkage, Parameter, Value
from compiler.lower import calls, closures
from compiler.lower.function import Binding, FunctionLowering
from compiler.lower.representation import holds_references, machine_type, returns_place
from compiler.lower.uses import moved_local
from compiler.types import CallableType, Effect

if TYPE_CHECKING:
    from compiler.lower.unit import UnitLowering
    from compiler.lower.uses import Uses

DEFERRING = {Effect.NO_ALLOC, Effect.NO_SLEEP, Effect.IRQ_SAFE}


def lower_function(unit: UnitLowering, node: tree.Function, linkage: Linkage) -> None:
    """Add a function, and the functions nested in it, to the unit's result."""
    type = calls.instance_type(node.instance, node.signature)
    function = declared(node, type, linkage)
    uses = unit.uses_of(node)
    f = FunctionLowering(unit, function, uses)
    hidden = _take_result_address(f, node)
    _bind_locals(f, node, function.parameters[hidden:])
    lower_body(f, node)
    unit.result.functions.append(function)


def lower_nested(
    unit: UnitLowering,
    node: tree.Function,
    type: ir.FunctionType,
    bind_captures: Callable[[FunctionLowering, Value], None],
) -> None:
    """Add a nested function, whose first parameter is its environment."""
    function = declared(node, type, Linkage.INTERNAL)
    environment = Parameter(PTR, "environment")
    function.parameters.insert(0, environment)
    f = FunctionLowering(unit, function, unit.uses_of(node))
    hidden = _take_result_address(f, node, 1)
    _bind_locals(f, node, function.parameters[1 + hidden :])
    bind_captures(f, environment)
    lower_body(f, node)
    unit.result.functions.append(function)


def lower_body(f: FunctionLowering, node: tree.Function) -> None:
    """Lower the statements, and return None at their end if it is reached."""
    f.body(node.body)
    if f.is_open:
        f.span = node.span
        falls_off = f.function.naked or f.function.type.result is not VOID
        f.add(ir.Unreachable() if falls_off else ir.Return())
    f.finish()


def declared(node: tree.Function, type: ir.FunctionType, linkage: Linkage) -> ir.Function:
    """Return the IR function that a function of the tree becomes, without a body."""
    declaration = node.declaration
    parameters = [
        Parameter(machine_type(local.type), local.name, local.type)
        for local in node.parameters
        if machine_type(local.type) is not VOID
    ]
    if returns_place(node.signature):
        parameters.insert(0, Parameter(PTR, "result", exclusive=True))
    return ir.Function(
        node.symbol,
        type,
        parameters,
        linkage=linkage,
        span=node.span,
        source_name=declaration.qualified_name,
        source_signature=CallableType(node.signature.parameters, node.signature.result),
        inline=declaration.inline,
        noinline=declaration.noinline,
        cold=declaration.cold,
        naked=declaration.naked,
        interrupt=declaration.interrupt,
        section=declaration.section,
        export=declaration.export is not None,
        defers_release=bool(declaration.effects & DEFERRING),
    )


def _take_result_address(f: FunctionLowering, node: tree.Function, index: int = 0) -> int:
    """Note where a fresh place is wanted; return how many parameters that takes."""
    if not returns_place(node.signature):
        return 0
    f.result_address = f.function.parameters[index]
    f.returned_in_place = _returned_local(node, f.scope.uses)
    return 1


def _returned_local(node: tree.Function, uses: Uses) -> tree.Local | None:
    """Return the owning local that every `return` returns, if there is one."""
    if holds_references(node.signature.result) or not uses.returned:
        return None
    local = moved_local(uses.returned[0])
    same = all(moved_local(each) is local for each in uses.returned)
    return local if same else None


def _bind_locals(f: FunctionLowering, node: tree.Function, parameters: list[Value]) -> None:
    incoming = iter(parameters)
    for index, local in enumerate(node.parameters):
        if machine_type(local.type) is VOID:
            f.bindings[local] = Binding()
        else:
            f.bind_parameter(local, next(incoming), index)
    closures.make_boxes(f, node)
    captured = set(node.captures)
    for local in node.locals:
        if local in f.bindings or local in captured:
            continue
        if local is f.returned_in_place:
            f.bindings[local] = Binding(address=f.result_address)
        else:
            f.bind(local)
