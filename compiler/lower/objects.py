"""Counted objects: what a class becomes besides its methods.

For each class a TypeInfo (laid out in compiler/ir.py) with its vtable, and a function `C:drop` that runs
`__del__` and lets go of the fields, in their order. Dropping is storing None: count releases what
was there. Structs and Arrays that hold references have functions of the same kind on demand,
`S:drop` for storage that ends and `S:copy` for a second one; every unit that needs them has them.

`isinstance` compares TypeInfo addresses, walking the bases where the class may have derived ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir
from compiler.ir import (
    I1,
    I64,
    PTR,
    REF,
    VOID,
    Cast,
    Constant,
    FunctionType,
    Linkage,
    Op,
    Predicate,
    Symbol,
    Value,
    type_info_symbol,
)
from compiler.layout import base_of, fields_of, layout_of, object_layout, virtual_methods
from compiler.lower import calls, generator_objects
from compiler.lower.expressions import zero_of
from compiler.lower.representation import holds_references, is_place, machine_type
from compiler.types import (
    ArrayType,
    ClassKind,
    FunctionInstance,
    NamedType,
    Signature,
    Type,
    WrappedType,
    substitute,
    symbol_of,
)

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering
    from compiler.lower.unit import UnitLowering

DROP = FunctionType((PTR,), VOID, may_raise=False)
COPY = FunctionType((PTR, PTR), VOID, may_raise=False)
IS_SUBCLASS = FunctionType((PTR, PTR), I1, may_raise=False)
IS_SUBCLASS_SYMBOL = "lang:is_subclass"

TYPE_INFO_BASE = 8
UNROLLED = 4  # Arrays up to this length are dropped and copied without a loop


class Objects:
    """Makes what the classes of one unit need."""

    def __init__(self, unit: UnitLowering) -> None:
        self.unit = unit
        self._drops: dict[Type, str | None] = {}

    # Classes

    def define_class(self, type: NamedType, linkage: Linkage) -> None:
        """Define the TypeInfo and the drop function of a class."""
        size = object_layout(type)[0].size
        drop = self._define_object_drop(type, linkage)
        base = base_of(type)
        methods = list(virtual_methods(type).values())
        content: list[bytes | tuple[str, int]] = [
            size.to_bytes(8, "little"),
            (type_info_symbol(base.symbol), 0) if base is not None else bytes(8),
            (drop, 0) if drop is not None else bytes(8),
            (self._name(type.symbol.removeprefix("builtins."), linkage), 0),
            type.declaration.number.to_bytes(4, "little") + _depth(type).to_bytes(4, "little"),
            bytes(16),
            *(self._slot(method) for method in methods),
        ]
        self._add_type_info(type.symbol, content, linkage)

    def define_hidden_class(
        self,
        symbol: str,
        size: int,
        fields: list[tuple[int, Type]],
        linkage: Linkage = Linkage.INTERNAL,
    ) -> None:
        """Define a class that the source does not have: an environment, a captured variable, and
        the classes of text, in every unit that has some."""

        def body(f: FunctionLowering, parameters: list[Value]) -> None:
            for offset, type in fields:
                drop_at(f, f.offset(parameters[0], offset), type)

        drop = self.unit.helper(f"{symbol}:drop", DROP, body, linkage)
        self.define_class_with_drop(symbol, size, drop, linkage)

    def define_class_with_drop(self, symbol: str, size: int, drop: str, linkage: Linkage) -> None:
        """Define a class that the source does not have, with the function that ends its objects."""
        name = self._name(symbol.removeprefix("builtins."), linkage)
        content = [size.to_bytes(8, "little"), bytes(8), (drop, 0), (name, 0), bytes(24)]
        self._add_type_info(symbol, content, linkage)

    def _add_type_info(
        self, symbol: str, content: list[bytes | tuple[str, int]], linkage: Linkage
    ) -> None:
        size = sum(len(piece) if isinstance(piece, bytes) else 8 for piece in content)
        self.unit.result.globals.append(
            ir.Global(type_info_symbol(symbol), size, 16, content, linkage=linkage)
        )

    def _name(self, name: str, linkage: Linkage) -> str:
        symbol = f"{type_info_symbol(name)}:name"
        text = name.encode() + b"\0"
        self.unit.result.globals.append(
            ir.Global(symbol, len(text), 1, [text], constant=True, linkage=linkage)
        )
        return symbol

    def _slot(self, method: FunctionInstance) -> bytes | tuple[str, int]:
        if method.declaration.is_abstract:
            return bytes(8)
        if method.declaration.is_generator:
            return self._slot_of_generator(method)
        self.unit.declare(method.symbol, calls.instance_type(method, signature_of(method)))
        return method.symbol, 0

    def _slot_of_generator(self, method: FunctionInstance) -> bytes | tuple[str, int]:
        """Return what makes a generator's object, in programs. One that is not compiled here is one that
        nobody in this unit calls."""
        function = self.unit.generator(method)
        if function is None or self.unit.options.traps or is_place(function.generator_item):
            return bytes(8)
        return generator_objects.maker(self.unit, function), 0

    def _define_object_drop(self, type: NamedType, linkage: Linkage) -> str | None:
        finaliser = _finaliser(type)
        fields = [f for f in fields_of(type).values() if holds_references(f.type)]
        if finaliser is None and not fields:
            return None

        def body(f: FunctionLowering, parameters: list[Value]) -> None:
            (object,) = parameters
            if finaliser is not None:
                borrowed = f.convert(Cast.ASSUME, object, REF)
                calls.call_with(f, finaliser, signature_of(finaliser), [borrowed])
            for field in fields:
                drop_at(f, f.offset(object, field.offset), field.type)

        return self.unit.helper(f"{type.symbol}:drop", DROP, body, linkage)

    # Values that hold references

    def drop_symbol(self, type: Type) -> str | None:
        """Return the function that drops what is stored as a `type`; None if nothing needs it."""
        if type not in self._drops:
            self._drops[type] = self._drop_function(type) if holds_references(type) else None
        return self._drops[type]

    def _drop_function(self, type: Type) -> str:
        def body(f: FunctionLowering, parameters: list[Value]) -> None:
            drop_at(f, parameters[0], type)

        # `C:drop` of a class ends an object; a place with a reference to one lets go of that.
        name = "drop" if is_place(type) else "drop_reference"
        return self.unit.helper(f"{symbol_of(type)}:{name}", DROP, body)

    def call_copy(self, f: FunctionLowering, type: Type, target: Value, source: Value) -> None:
        """Copy a place that holds references to memory that holds nothing."""

        def body(g: FunctionLowering, parameters: list[Value]) -> None:
            copy_at(g, parameters[0], parameters[1], type)

        symbol = self.unit.helper(f"{symbol_of(type)}:copy", COPY, body)
        f.call(Symbol(PTR, symbol), COPY, [target, source])

    # Classes at run time

    def is_instance(self, f: FunctionLowering, value: Value, of: NamedType) -> Value:
        """Return whether an object, not None, is an instance of a class or of one derived from it."""
        return self.is_subclass(f, f.load(f.offset(value, calls.OBJECT_TYPE), PTR), of)

    def is_subclass(self, f: FunctionLowering, type_info: Value, of: NamedType) -> Value:
        wanted = Symbol(PTR, type_info_symbol(of.symbol))
        if of.declaration.is_final:
            return f.compare(Predicate.EQ, type_info, wanted)
        self.unit.helper(IS_SUBCLASS_SYMBOL, IS_SUBCLASS, _is_subclass_body, inline=True)
        return f.call(Symbol(PTR, IS_SUBCLASS_SYMBOL), IS_SUBCLASS, [type_info, wanted])


def signature_of(method: FunctionInstance) -> Signature:
    """Return the concrete signature of a function instance."""
    declaration = method.declaration
    arguments = dict(zip(declaration.all_type_parameters, method.arguments, strict=True))
    parameters = tuple(substitute(each.type, arguments) for each in declaration.parameters)
    result = substitute(declaration.result, arguments)
    return Signature(parameters, result, declaration.returns_view, declaration.effects)


def _finaliser(type: NamedType) -> FunctionInstance | None:
    """Return the `__del__` that instances of a class run."""
    step: NamedType | None = type
    while step is not None:
        method = step.declaration.methods.get("__del__")
        if method is not None:
            return FunctionInstance(method, step.arguments)
        step = base_of(step)
    return None


def _depth(type: NamedType) -> int:
    base = base_of(type)
    return 0 if base is None else 1 + _depth(base)


def _is_subclass_body(f: FunctionLowering, parameters: list[Value]) -> None:
    """Walk from a class up to its last base, looking for another.

    entry:  step = class; br walk
    walk:   br step == wanted, found, more
    more:   step = base of step; br step == 0, missing, walk
    """
    wanted = parameters[1]
    step = f.new_local("step", PTR)
    f.set(step, parameters[0])
    walk, more, found, missing = f.new_blocks("walk", "more", "found", "missing")
    f.continue_at(walk)
    f.branch_if(f.compare(Predicate.EQ, f.get(step), wanted), found, more)
    f.start(more)
    f.set(step, f.load(f.offset(f.get(step), TYPE_INFO_BASE), PTR))
    f.branch_if(f.is_zero(f.get(step)), missing, walk)
    for block, outcome in ((found, True), (missing, False)):
        f.start(block)
        f.add(ir.Return(Constant(I1, outcome)))


# Parts ---------------------------------------------------------------------------------------


def drop_at(f: FunctionLowering, address: Value, type: Type) -> None:
    """Release what a stored `type` holds, and let it hold nothing."""
    match type:
        case ArrayType(element, length):
            _each_element(
                f, element, length, [address], lambda places: drop_at(f, places[0], element)
            )
        case NamedType(kind=ClassKind.STRUCT):
            for field in fields_of(type).values():
                if holds_references(field.type):
                    drop_at(f, f.offset(address, field.offset), field.type)
        case WrappedType(word="Rcu"):
            f.store(address, Constant(REF, 0))
        case _:
            f.store(address, zero_of(type))


def copy_at(f: FunctionLowering, target: Value, source: Value, type: Type) -> None:
    """Put a second one of what is at `source` into memory that holds nothing."""
    if not holds_references(type):
        f.copy_memory(target, source, layout_of(type))
        return
    match type:
        case ArrayType(element, length):
            _each_element(
                f, element, length, [target, source], lambda places: copy_at(f, *places, element)
            )
        case NamedType(kind=ClassKind.STRUCT):
            for field in fields_of(type).values():
                if not (field.bits and field.bit):
                    offset = field.offset
                    copy_at(f, f.offset(target, offset), f.offset(source, offset), field.type)
        case _:
            f.store(target, f.load(source, machine_type(type)), initialises=True)


def _each_element(
    f: FunctionLowering, element: Type, length: int, bases: list[Value], act: object
) -> None:
    """Do something for each element of one or two Arrays.

    before:  index = 0; br each
    each:    act; index += 1; br index < length, each, done
    done:
    """
    stride = layout_of(element).size
    if length <= UNROLLED:
        for number in range(length):
            act([f.offset(base, number * stride) for base in bases])
        return
    index = f.new_local("index", I64)
    each, done = f.new_blocks("each", "done")
    f.set(index, Constant(I64, 0))
    f.continue_at(each)
    act([f.index(base, f.get(index), stride) for base in bases])
    one = Constant(I64, 1)
    following = f.binary(Op.ADD, f.get(index), one, signed_fits=True, fits=True)
    f.set(index, following)
    f.branch_if(f.compare(Predicate.ULT, following, Constant(I64, length)), each, done)
    f.start(done)
