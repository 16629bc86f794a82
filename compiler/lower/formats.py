"""f-strings. Given to a parameter of type `Format`, one becomes code and environment, both borrowed:

    environment   on the caller's stack: the values of the parts, in the order of evaluation
    code          a hidden function (environment, out) that calls the writer of each part

so that nothing is formatted, and nothing allocated, unless somebody asks `message.write_to(out)`.
An f-string that is to be a `str` is written the same way, into a new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import PTR, REF, VOID, Cast, FunctionType, Linkage, Symbol, Value
from compiler.layout import Layout, layout_of
from compiler.lower import calls
from compiler.lower.function import none_value, value_of
from compiler.lower.objects import signature_of
from compiler.lower.representation import FORMATTER, is_place, machine_type
from compiler.source import CompileError
from compiler.types import FORMAT, Type

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

FORMAT_CODE = FunctionType((PTR, PTR), VOID, may_raise=False)


@value_of(tree.FormatString)
def lower_format_string(f: FunctionLowering, node: tree.FormatString) -> Value:
    if node.type is not FORMAT:
        raise CompileError(
            node.span,
            "an f-string makes a new str, which needs memory of its own",
            "pass it to a parameter of type Format",
        )
    environment, offsets = _environment(f, node.parts)

    def body(g: FunctionLowering, parameters: list[Value]) -> None:
        g.span = node.span
        for part, offset in zip(node.parts, offsets, strict=True):
            _write_part(g, part, offset, *parameters)

    symbol = f.unit.numbered(f"{f.function.symbol}:format")
    f.unit.helper(symbol, FORMAT_CODE, body, Linkage.INTERNAL, span=node.span)
    return f.make(FORMATTER, Symbol(PTR, symbol), environment)


def _environment(
    f: FunctionLowering, parts: list[tree.FormatPart]
) -> tuple[Value, list[int | None]]:
    """Evaluate the parts and keep their values; return where, and None for literal text."""
    offsets: list[int | None] = []
    end = 0
    for part in parts:
        if part.value is None:
            offsets.append(None)
            continue
        layout = Layout(8, 8) if is_place(part.value.type) else layout_of(part.value.type)
        start = -(-end // layout.align) * layout.align
        offsets.append(start)
        end = start + layout.size

    local = f.new_local("format", PTR, Layout(max(end, 1), 16))
    environment = f.local_address(local)
    for part, offset in zip(parts, offsets, strict=True):
        if part.value is not None:
            _keep(f, part.value, f.offset(environment, offset))
    return environment, offsets


def _keep(f: FunctionLowering, node: tree.Expression, place: Value) -> None:
    """Store a part's value; what it refers to stays alive until the statement ends."""
    if is_place(node.type):
        f.store(place, f.address(node))
        return
    value = f.value(node)
    if ir.is_counted(value.type):
        kept = f.new_local("shown", value.type)
        f.set(kept, value)
        f.temporaries.append(kept)
        value = f.get(kept)
    if value.type is REF:
        f.store(place, f.convert(Cast.BORROW, value, PTR))
    elif value.type is not VOID:
        f.store(place, value, initialises=True)


def _write_part(
    g: FunctionLowering, part: tree.FormatPart, offset: int | None, environment: Value, out: Value
) -> None:
    """Call the writer of a part: (out, value, what else check supplies)."""
    writer = part.writer
    if writer is None or not part.text and part.value is None:
        return
    signature = signature_of(writer)
    values = [out]
    if part.value is None:
        pointer, length = g.unit.statics.text_view(part.text)
        values.append(g.make(machine_type(signature.parameters[1]), pointer, length))
    else:
        values.append(_kept(g, part.value.type, g.offset(environment, offset)))
    values += [g.address(each) if is_place(each.type) else g.value(each) for each in part.arguments]
    calls.call_with(g, writer, signature, values)


def _kept(g: FunctionLowering, type: Type, place: Value) -> Value:
    if is_place(type):
        return g.load(place, PTR)
    if machine_type(type) is REF:
        return g.convert(Cast.ASSUME, g.load(place, PTR), REF)
    return g.load(place, machine_type(type))


def write_format(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    """Lower `message.write_to(out)`: call the code with its environment."""
    message = f.value(node.arguments[0])
    out = (
        f.address(node.arguments[1])
        if is_place(node.arguments[1].type)
        else f.value(node.arguments[1])
    )
    f.call(f.extract(message, 0), FORMAT_CODE, [f.extract(message, 1), out])
    return none_value()
