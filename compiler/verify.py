"""Verify: what must hold of the IR, whatever pass it comes from. Tests run it after each pass.

    blocks     end in one terminator and have no other; branch only to blocks of their function; the
               entry is reached by no branch; CaughtObject and Caught stand first in a handler
    values     are defined once, before their uses, in a block that dominates the use
    types      of operands are those that the instruction takes
    calls      agree with the function type that they state, and all statements with each other
    locals     belong to the function, and are reached by value or by address, never both

Returns messages instead of raising, so that a test shows all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from compiler import ir
from compiler.ir import (
    I1,
    I8,
    I64,
    PTR,
    REF,
    VOID,
    WEAK,
    Block,
    Cast,
    Function,
    Instruction,
    Op,
    Value,
)

_INTEGERS = ("i1", "i8", "i16", "i32", "i64", "i128")
_ABOUT_CALLS = (ir.BranchOnError, ir.CallError, ir.CallErrorObject)
_FLOAT_OPS = (Op.FADD, Op.FSUB, Op.FMUL, Op.FDIV, Op.FREM)


def verify_unit(unit: ir.Unit) -> list[str]:
    """Return what is wrong with a unit."""
    errors: list[str] = []
    known = dict(unit.declared)
    for function in unit.functions:
        if known.setdefault(function.symbol, function.type) != function.type:
            errors.append(f"@{function.symbol}: declared with another type")
    names = [each.symbol for each in (*unit.functions, *unit.globals)]
    errors += [
        f"@{name}: defined twice" for name in sorted({n for n in names if names.count(n) > 1})
    ]
    for each in unit.globals:
        errors += _verify_global(each)
    for function in unit.functions:
        errors += verify_function(function, known)
    return errors


def _verify_global(each: ir.Global) -> Iterator[str]:
    if each.content is None:
        return
    size = sum(len(piece) if isinstance(piece, bytes) else 8 for piece in each.content)
    if size != each.size:
        yield f"@{each.symbol}: {size} bytes of content in {each.size}"


def verify_function(
    function: Function, known: dict[str, ir.FunctionType] | None = None
) -> list[str]:
    """Return what is wrong with a function. `known`: the types of functions that it may call."""
    return list(_Verifier(function, known or {}).errors())


class _Verifier:
    def __init__(self, function: Function, known: dict[str, ir.FunctionType]) -> None:
        self.function = function
        self.known = known
        self.placed = set(function.blocks)
        self.where: dict[Value, tuple[Block, int]] = {}
        for block in function.blocks:
            for index, each in enumerate(block.instructions):
                self.where.setdefault(each, (block, index))
        self.dominators = _dominators(function) if function.blocks else {}

    def errors(self) -> Iterator[str]:
        function = self.function
        if tuple(p.type for p in function.parameters) != function.type.parameters:
            yield f"@{function.symbol}: parameters differ from its type"
        if not function.blocks:
            yield f"@{function.symbol}: no blocks"
            return
        handlers = {block.on_error for block in function.blocks if block.on_error}
        for block in function.blocks:
            for message in (*self.structure(block), *self.handling(block, handlers)):
                yield f"@{function.symbol} {block.name}: {message}"
            for index, each in enumerate(block.instructions):
                for message in (*self.uses(each, block, index), *self.types(each)):
                    name = type(each).__name__.lower()
                    yield f"@{function.symbol} {block.name}[{index}] {name}: {message}"

    # Blocks

    def structure(self, block: Block) -> Iterator[str]:
        if block.terminator is None:
            yield "does not end in a terminator"
        for each in block.instructions[:-1]:
            if isinstance(each, ir.Terminator):
                yield "goes on after a terminator"
        for target in _following(block):
            if target not in self.placed:
                yield f"leads to {target.name}, which is not in the function"
        if self.function.blocks[0] in _following(block):
            yield "leads back to the entry"

    def handling(self, block: Block, handlers: set[Block]) -> Iterator[str]:
        for index, each in enumerate(block.instructions):
            if isinstance(each, ir.Caught | ir.CaughtObject):
                if block not in handlers:
                    yield "catches, but handles nothing"
                if any(
                    not isinstance(other, ir.Caught | ir.CaughtObject | ir.SetLocal)
                    for other in block.instructions[:index]
                ):
                    yield "catches after something else"

    # Values

    def uses(self, each: Instruction, block: Block, index: int) -> Iterator[str]:
        if self.where[each] != (block, index):
            yield "is in the function twice"
        for operand in each.operands():
            if operand.type is VOID and not isinstance(each, _ABOUT_CALLS):
                yield "uses something that has no value"
            if isinstance(operand, ir.Parameter) and operand not in self.function.parameters:
                yield f"uses %{operand.name}, a parameter of another function"
            if isinstance(operand, Instruction) and not self.is_available(operand, block, index):
                yield f"uses a {type(operand).__name__.lower()} that is not always there"
        local = getattr(each, "local", None)
        if local is not None:
            if local not in self.function.locals:
                yield f"uses {local.name}, a local of another function"
            by_address = isinstance(each, ir.LocalAddress)
            if by_address != (local.storage is not None) and not isinstance(each, ir.ClearLocal):
                yield f"reaches {local.name} in the wrong way"

    def is_available(self, value: Instruction, block: Block, index: int) -> bool:
        place = self.where.get(value)
        if place is None:
            return False
        if place[0] is block:
            return place[1] < index
        return place[0] in self.dominators.get(block, ())

    # Types

    def types(self, each: Instruction) -> Iterator[str]:
        rule = _RULES.get(type(each))
        if rule is not None and not rule(each):
            operands = ", ".join(str(operand.type) for operand in each.operands())
            yield f"{operands} do not make {each.type}"
        if isinstance(each, ir.Call):
            yield from self.call(each)
        if isinstance(each, ir.Return):
            given = VOID if each.value is None else each.value.type
            if given != self.function.type.result:
                yield f"returns {given} for {self.function.type.result}"

    def call(self, each: ir.Call) -> Iterator[str]:
        given = tuple(argument.type for argument in each.arguments)
        wanted = each.function_type.parameters
        if not _agree(given, wanted):
            yield f"{given} for {wanted}"
        if isinstance(each.callee, ir.Symbol):
            known = self.known.get(each.callee.name)
            if known is None:
                yield f"calls @{each.callee.name}, which is not declared"
            elif (known.parameters, known.result) != (wanted, each.function_type.result):
                yield f"calls @{each.callee.name} as something else"


def _agree(given: tuple[ir.IRType, ...], wanted: tuple[ir.IRType, ...]) -> bool:
    """An object may stand for its address: who takes it as a ptr does not count it."""
    if len(given) != len(wanted):
        return False
    return all(a == b or (a is REF and b is PTR) for a, b in zip(given, wanted, strict=True))


# Control flow --------------------------------------------------------------------------------


def _following(block: Block) -> list[Block]:
    terminator = block.terminator
    following = list(terminator.successors()) if terminator is not None else []
    return [*following, block.on_error] if block.on_error is not None else following


def _dominators(function: Function) -> dict[Block, set[Block]]:
    """Return for each block that is reached the blocks on every way to it, itself included.

    What is raised may leave a block anywhere, so that a handler is dominated by what dominates the
    blocks that it handles, but not by them.
    """
    entry = function.blocks[0]
    order = _reverse_postorder(entry)
    number = {block: index for index, block in enumerate(order)}
    before: dict[Block, list[tuple[Block, bool]]] = {block: [] for block in order}
    for block in order:
        for target in block.terminator.successors() if block.terminator else []:
            before[target].append((block, False))
        if block.on_error is not None:
            before[block.on_error].append((block, True))

    parent: dict[Block, Block] = {entry: entry}

    def meet(a: Block, b: Block) -> Block:
        while a is not b:
            if number[a] > number[b]:
                a = parent[a]
            else:
                b = parent[b]
        return a

    changed = True
    while changed:
        changed = False
        for block in order[1:]:
            found = None
            for source, is_error in before[block]:
                if source not in parent:
                    continue
                source = parent[source] if is_error and source is not entry else source
                found = source if found is None else meet(found, source)
            if found is not None and parent.get(block) is not found:
                parent[block] = found
                changed = True
    return {block: set(_chain(parent, block, entry)) for block in order}


def _chain(parent: dict[Block, Block], block: Block, entry: Block) -> Iterator[Block]:
    yield block
    while block is not entry:
        block = parent[block]
        yield block


def _reverse_postorder(entry: Block) -> list[Block]:
    order: list[Block] = []
    seen = {entry}
    stack = [(entry, iter(_following(entry)))]
    while stack:
        block, targets = stack[-1]
        for target in targets:
            if target not in seen:
                seen.add(target)
                stack.append((target, iter(_following(target))))
                break
        else:
            order.append(block)
            stack.pop()
    order.reverse()
    return order


# Rules of types ------------------------------------------------------------------------------


def _is_integer(type: ir.IRType) -> bool:
    return type.name in _INTEGERS


def _is_float(type: ir.IRType) -> bool:
    return type.name in ("f32", "f64")


def _is_address(type: ir.IRType) -> bool:
    return type is PTR or type is REF or type is WEAK


def _binary(each: ir.Binary) -> bool:
    kind = _is_float if each.op in _FLOAT_OPS else _is_integer
    return each.left.type == each.right.type == each.type and kind(each.type)


def _compare(each: ir.Compare) -> bool:
    left, right = each.left.type, each.right.type
    is_float = each.predicate.value[0] == "o" or each.predicate is ir.Predicate.FNE
    fits = _is_float(left) if is_float else _is_integer(left) or _is_address(left)
    return each.type is I1 and fits and (left == right or {left, right} == {PTR, REF})


def _convert(each: ir.Convert) -> bool:
    own, to = each.operand.type, each.type
    match each.cast:
        case Cast.ZERO_EXTEND | Cast.SIGN_EXTEND:
            return _is_integer(own) and _is_integer(to) and own.bits < to.bits
        case Cast.TRUNCATE:
            return _is_integer(own) and _is_integer(to) and own.bits > to.bits
        case Cast.POINTER_TO_INT:
            return own is PTR and _is_integer(to)
        case Cast.INT_TO_POINTER:
            return _is_integer(own) and to is PTR
        case Cast.BORROW:
            return own is REF and to is PTR
        case Cast.RETAIN | Cast.ASSUME:
            return own is PTR and to is REF
        case Cast.WEAKEN:
            return own is REF and to is WEAK
        case Cast.UPGRADE:
            return own is WEAK and to is REF
        case Cast.BITS:
            return own.bits == to.bits
    return _is_float(own) or _is_float(to)


def _make(each: ir.Make) -> bool:
    return (
        isinstance(each.type, ir.AggregateType)
        and tuple(item.type for item in each.items) == each.type.items
    )


def _extract(each: ir.Extract) -> bool:
    type = each.aggregate.type
    return isinstance(type, ir.AggregateType) and type.items[each.index] == each.type


def _overflowing(each: ir.Overflowing) -> bool:
    return each.left.type == each.right.type and each.type.items == (each.left.type, I1)


_RULES: dict[type, Callable[[Instruction], bool]] = {
    ir.Binary: _binary,
    ir.Overflowing: _overflowing,
    ir.Compare: _compare,
    ir.Convert: _convert,
    ir.Select: lambda each: (
        each.condition.type is I1 and each.then.type == each.other.type == each.type
    ),
    ir.Make: _make,
    ir.Extract: _extract,
    ir.Offset: lambda each: _is_address(each.address.type) and each.type is PTR,
    ir.Index: lambda each: (
        _is_address(each.address.type) and each.index.type is I64 and each.type is PTR
    ),
    ir.Load: lambda each: _is_address(each.address.type) and each.type is not VOID,
    ir.Store: lambda each: _is_address(each.address.type),
    ir.AtomicUpdate: lambda each: _is_address(each.address.type) and each.value.type == each.type,
    ir.CompareExchange: lambda each: (
        _is_address(each.address.type) and each.expected.type == each.new.type == each.type
    ),
    ir.MemoryCopy: lambda each: (
        _is_address(each.target.type) and _is_address(each.source.type) and each.size.type is I64
    ),
    ir.MemoryFill: lambda each: (
        _is_address(each.target.type) and each.byte.type is I8 and each.size.type is I64
    ),
    ir.GetLocal: lambda each: each.local.type == each.type,
    ir.SetLocal: lambda each: each.local.type == each.value.type,
    ir.Call: lambda each: each.type == each.function_type.result,
    ir.New: lambda each: each.type in (REF, PTR),
    ir.Check: lambda each: (
        each.condition.type is I1 and all(value.type is I64 for value in each.values)
    ),
    ir.BranchIf: lambda each: each.condition.type is I1,
    ir.Switch: lambda each: _is_integer(each.value.type),
    ir.Raise: lambda each: each.exception_class.type is PTR and each.object.type is REF,
}
