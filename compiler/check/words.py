"""Words: functions of lang and builtins of Python that the compiler itself knows, and types called.

Each is entered in a table by `@word`. What a word computes is a node of the tree; words that are one
machine operation on integers are in `INTEGER_WORDS`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    assembly,
    classes,
    construction,
    conversions,
    members,
    methods,
    operators,
    special,
    unsupported,
    values,
)
from compiler.check.conversions import (
    LITERAL,
    convert,
    described,
    literal_as,
    settle,
    try_convert,
    widens,
)
from compiler.layout import fields_of, layout_of
from compiler.tree import (
    Arithmetic,
    Binary,
    BinaryOperator,
    Conversion,
    Convert,
    Expression,
    Intrinsic,
    Literal,
)
from compiler.types import (
    BOOL,
    BYTES,
    FORMAT,
    INT,
    NEVER,
    NONE,
    STR,
    U32,
    U64,
    ArrayType,
    CallableType,
    CFunctionType,
    FloatType,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    WrappedType,
    is_enum,
    is_place,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

Handler = Callable[["Checker", ast.Call, "Type | None"], Expression]
WORDS: dict[str, Handler] = {}


def word(*names: str) -> Callable[[Handler], Handler]:
    """Enter a function as what checks calls of these words."""

    def enter(handler: Handler) -> Handler:
        WORDS.update(dict.fromkeys(names, handler))
        return handler

    return enter


def call(check: Checker, node: ast.Call, name: str, hint: Type | None) -> Expression:
    """Check the call of a word."""
    handler = WORDS.get(name)
    if handler is None:
        raise unsupported.called(check, node, name)
    return handler(check, node, hint)


def _arguments(
    check: Checker, node: ast.Call, form: str, least: int, most: int | None = None
) -> list[ast.expr]:
    """Return the positional arguments; `form` shows how the word is written."""
    most = least if most is None else most
    if node.keywords or not least <= len(node.args) <= most:
        raise check.error(node, f"'{form.partition('(')[0]}' is written otherwise", f"write {form}")
    return node.args


# Types called --------------------------------------------------------------------------------


def type_call(check: Checker, node: ast.Call, type: Type, hint: Type | None) -> Expression:
    """`T(...)` of a type that is no class: conversions, pointers, arrays, slices."""
    match type:
        case IntType():
            return _integer(check, node, type)
        case FloatType():
            return _float(check, node, type)
        case PointerType() | CFunctionType():
            return _pointer(check, node, type)
        case ArrayType():
            return _array(check, node, type)
        case SliceType():
            return _slice(check, node, type)
        case WrappedType():
            return _wrapped(check, node, type)
        case NamedType():
            return construction.instance(check, node, type, hint)
        case TupleType():
            raise check.error(node, "a tuple is written out", "write (a, b)")
    if type is BOOL:
        (argument,) = _arguments(check, node, "bool(x)", 1)
        return values.truth(check, check.operand(argument), argument)
    if type is STR or type is BYTES:
        raise unsupported.called(check, node, str(type))
    raise check.error(node, f"'{type}' cannot be called")


def _integer(check: Checker, node: ast.Call, to: IntType) -> Expression:
    """`u8(x)`: a conversion that is checked in every build."""
    if not node.args and not node.keywords:
        return Literal(check.span(node), to, 0)
    (argument,) = _arguments(check, node, f"{to}(x)", 1)
    value = check.operand(argument, to)
    return as_integer(check, node, value, to)


def as_integer(check: Checker, node: ast.Call, value: Expression, to: IntType) -> Expression:
    """Return a value converted to an integer type, with a check where it may not fit."""
    span, own = check.span(node), value.type
    if isinstance(own, FloatType):
        return Convert(span, to, Conversion.FLOAT_TO_INT, value)
    if isinstance(own, PointerType):
        raise check.error(node, f"{described(own)} is no number", "write p.address")
    number = operators.as_number(value)
    if number.type is LITERAL:
        return literal_as(check, number, to)
    if not isinstance(number.type, IntType):
        called = special.call(check, node, value, "__index__", [])
        if called is None or not isinstance(called.type, IntType):
            raise _no_integer(check, node, value)
        number = called
    if isinstance(number, tree.Length) and widens_length(to):
        return conversions.length_as(number, to)
    if number.type == to:
        return number
    conversion = Conversion.WIDEN if widens(number.type, to) else Conversion.CHECKED
    return Convert(span, to, conversion, number)


def widens_length(to: IntType) -> bool:
    """True if `to` holds every length: none exceeds 63 bits."""
    return to.maximum >= INT.maximum


def _no_integer(check: Checker, node: ast.Call, value: Expression):
    hint = ""
    if value.type in (STR, BYTES):
        hint = "see core.text.parse"
    elif isinstance(value.type, OptionalType):
        hint = "it may be None; test it first"
    return check.error(node, f"{described(value.type)} does not convert to an integer", hint)


def _float(check: Checker, node: ast.Call, to: FloatType) -> Expression:
    check.unit.allow_floats(check, node)
    (argument,) = _arguments(check, node, f"{to}(x)", 1)
    value = operators.as_number(check.operand(argument, to))
    if value.type is LITERAL or isinstance(value.type, IntType):
        return operators.as_float(check, value, to)
    if not isinstance(value.type, FloatType):
        raise check.error(node, f"{described(value.type)} does not convert to '{to}'")
    return value if value.type == to else Convert(check.span(node), to, Conversion.WIDEN, value)


def _pointer(check: Checker, node: ast.Call, to: PointerType | CFunctionType) -> Expression:
    """`Ptr[T](address)`; `CFunction[...](function)` or of an address."""
    (argument,) = _arguments(check, node, f"{to}(address)", 1)
    is_code = isinstance(to, CFunctionType)
    value = check.operand(argument, to if is_code else U64)
    if is_code and isinstance(value.type, CFunctionType | CallableType):
        return convert(check, value, to, argument)
    span = check.span(node)
    if isinstance(value.type, PointerType):
        if is_code:
            return Convert(span, to, Conversion.POINTER, value)
        text = check.text(argument)
        raise check.error(
            node, f"this is {described(value.type)} already", f"write {text}.cast({to.target})"
        )
    value = operators.as_number(value)
    if isinstance(value, Literal) and value.value == 0:
        raise check.error(argument, f"{described(to)} is never 0", "None is the null pointer")
    if isinstance(value.type, IntType):
        value = construction.checked_integer(value, U64)
    address = convert(check, value, U64, argument)
    return Convert(span, to, Conversion.INT_TO_POINTER, address)


def _array(check: Checker, node: ast.Call, type: ArrayType) -> Expression:
    """`Array[T, N]()`: zeroed; `Array[T, N](a, b, ...)`: its elements."""
    if node.keywords:
        raise check.error(node, "an Array takes its elements", f"write {type}(a, b)")
    if not node.args:
        if not construction.zero_is_valid(type):
            raise check.error(
                node, f"zero is no '{type.element}'", f"write {type}(...) with its elements"
            )
        return tree.ArrayValue(check.span(node), type, [])
    if len(node.args) != type.length:
        raise check.error(
            node, f"{described(type)} has {type.length} elements, not {len(node.args)}"
        )
    elements = [
        aliasing.stored(check, argument, check.expression(argument, type.element), "the Array")
        for argument in node.args
    ]
    return tree.ArrayValue(check.span(node), type, elements)


def _slice(check: Checker, node: ast.Call, type: SliceType) -> Expression:
    """`Slice[T](pointer, length)`."""
    pointer_node, length_node = _arguments(check, node, f"{type}(pointer, length)", 2)
    pointer = check.expression(pointer_node, PointerType(type.element))
    length = operators.as_number(check.operand(length_node, U64))
    if isinstance(length.type, IntType):
        length = construction.checked_integer(length, U64)
    length = convert(check, length, U64, length_node)
    return tree.SliceValue(check.span(node), type, pointer, length)


def _wrapped(check: Checker, node: ast.Call, type: WrappedType) -> Expression:
    """`Atomic[T](value)`, `Weak[T](reference)`, `UserPtr[T](address)`."""
    span = check.span(node)
    match type.word:
        case "Atomic" | "Volatile" | "Rcu":
            if not node.args:
                return tree.Zero(span, type)
            (argument,) = _arguments(check, node, f"{type}(value)", 1)
            value = check.expression(argument, type.inner)
            return Intrinsic(span, type, "wrap", [value])
        case "Weak":
            (argument,) = _arguments(check, node, "Weak(reference)", 1)
            return Intrinsic(span, type, "weak_new", [check.expression(argument, type.inner)])
        case "UserPtr":
            (argument,) = _arguments(check, node, f"{type}(address)", 1)
            address = check.expression(argument, U64)
            return Intrinsic(span, type, "user_pointer", [address])
        case "UserSlice":
            first, second = _arguments(check, node, f"{type}(address, length)", 2)
            parts = [check.expression(first, U64), check.expression(second, U64)]
            return Intrinsic(span, type, "user_slice", parts)
    raise check.error(node, f"'{type.word}' is declared, not called")


@word("Weak")
def weak(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`Weak(reference)`."""
    (argument,) = _arguments(check, node, "Weak(reference)", 1)
    value = check.expression(argument)
    if not isinstance(value.type, NamedType) or not is_reference(value.type):
        raise check.error(argument, f"{described(value.type)} is not counted, so Weak has no use")
    if isinstance(hint, WrappedType) and hint.word == "Weak":
        value = convert(check, value, hint.inner, argument)
    return Intrinsic(check.span(node), WrappedType("Weak", value.type), "weak_new", [value])


# Integers ------------------------------------------------------------------------------------


@word("truncate")
def truncate(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`truncate(T, x)`: the low bits."""
    type_node, argument = _arguments(check, node, "truncate(T, x)", 2)
    to = check.type_of(type_node)
    if not isinstance(to, IntType):
        raise check.error(type_node, f"{described(to)} is no integer type")
    value = operators.as_number(check.operand(argument, to))
    span = check.span(node)
    if isinstance(value, Literal):
        return Literal(span, to, wrapped(value.value, to))
    value = values.settled(check, value)
    if not isinstance(value.type, IntType):
        raise check.error(argument, f"{described(value.type)} is no integer")
    if value.type == to:
        return value
    return Convert(span, to, Conversion.TRUNCATE, value)


def wrapped(value: int, to: IntType) -> int:
    """Return the low bits of a number as a `to`."""
    low = value & ((1 << to.bits) - 1)
    return low - (1 << to.bits) if to.signed and low >> (to.bits - 1) else low


_WRAPPING = {
    "wrapping_add": BinaryOperator.ADD,
    "wrapping_sub": BinaryOperator.SUBTRACT,
    "wrapping_mul": BinaryOperator.MULTIPLY,
    "wrapping_shl": BinaryOperator.SHIFT_LEFT,
}


@word(*_WRAPPING)
def wrapping(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`wrapping_add(a, b)` and the like: machine arithmetic, in the type where both meet."""
    name = _name(node)
    left_node, right_node = _arguments(check, node, f"{name}(a, b)", 2)
    operator = _WRAPPING[name]
    left = operators.as_number(check.operand(left_node, hint))
    right = operators.as_number(check.operand(right_node, hint))
    if (
        isinstance(left, Literal)
        and left.type is LITERAL
        and (right.type is LITERAL or name == "wrapping_shl")
    ):
        type = hint if isinstance(hint, IntType) else INT
        left = Literal(left.span, type, wrapped(left.value, type))
    combined = operators.combine(check, node, operator, left, right)
    if not isinstance(combined, Binary) or not isinstance(combined.type, IntType):
        raise check.error(node, f"'{name}' takes integers, not {described(left.type)}")
    combined.arithmetic = Arithmetic.WRAPPING
    return combined


@word("wrapping_neg")
def wrapping_neg(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`wrapping_neg(x)`: the two's complement."""
    value = _integer_argument(check, node, "wrapping_neg(x)", hint)
    negate = tree.UnaryOperator.NEGATE
    return tree.Unary(check.span(node), value.type, negate, value, Arithmetic.WRAPPING)


def _name(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id


def _integer_argument(
    check: Checker, node: ast.Call, form: str, hint: Type | None = None
) -> Expression:
    (argument,) = _arguments(check, node, form, 1)
    return _as_integer_operand(check, argument, hint)


def _as_integer_operand(check: Checker, node: ast.expr, hint: Type | None) -> Expression:
    value = operators.as_number(check.operand(node, hint))
    if value.type is LITERAL:
        return literal_as(check, value, hint) if isinstance(hint, IntType) else settle(check, value)
    if not isinstance(value.type, IntType):
        raise check.error(node, f"{described(value.type)} is no integer")
    return value


@word("rotate_left", "rotate_right")
def rotate(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`rotate_left(x, n)`: the bits that leave on one side enter on the other."""
    name = _name(node)
    value_node, amount_node = _arguments(check, node, f"{name}(x, n)", 2)
    value = _as_integer_operand(check, value_node, hint)
    amount = _as_integer_operand(check, amount_node, value.type)
    amount = convert(check, amount, value.type, amount_node)
    return Intrinsic(check.span(node), value.type, name, [value, amount])


@word("leading_zeros", "trailing_zeros", "popcount")
def count_bits(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """A count of bits: a small number, of the type that the context wants."""
    name = _name(node)
    value = _integer_argument(check, node, f"{name}(x)")
    return Intrinsic(check.span(node), U32, name, [value])


@word("byte_swap")
def byte_swap(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`byte_swap(x)`: the bytes in the other order."""
    value = _integer_argument(check, node, "byte_swap(x)", hint)
    return Intrinsic(check.span(node), value.type, "byte_swap", [value])


@word("bit_cast")
def bit_cast(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`bit_cast(T, x)`: the same bits as another type of the same size."""
    type_node, argument = _arguments(check, node, "bit_cast(T, x)", 2)
    to = check.type_of(type_node)
    value = check.expression(argument)
    for type in (to, value.type):
        if is_reference(type) or isinstance(type, CallableType):
            raise check.error(node, f"{described(type)} is more than its bits")
    sizes = layout_of(value.type).size, layout_of(to).size
    if sizes[0] != sizes[1]:
        raise check.error(
            node,
            f"{described(value.type)} has {sizes[0]} bytes and {described(to)} has {sizes[1]}",
        )
    return Convert(check.span(node), to, Conversion.BITS, value)


# Places --------------------------------------------------------------------------------------


@word("copy")
def copy(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`copy(x)`: a second struct or Array; of anything else, the value itself."""
    (argument,) = _arguments(check, node, "copy(x)", 1)
    value = check.expression(argument)
    if not is_place(value.type):
        return value
    if members.is_pinned(value.type):
        raise check.error(node, f"'{value.type}' is pinned: there is only the one that was made")
    return tree.Copy(check.span(node), value.type, value)


@word("address_of")
def address_of(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`address_of(place)`."""
    (argument,) = _arguments(check, node, "address_of(place)", 1)
    place = check.operand(argument)
    while isinstance(place, Convert) and place.conversion in (
        Conversion.UNWRAP,
        Conversion.DOWNCAST,
    ):
        place = place.operand
    is_bits = isinstance(place, tree.FieldRef) and place.field.bits
    addressable = isinstance(
        place, tree.LocalRef | tree.VariableRef | tree.FieldRef | tree.IndexRef | tree.Deref
    ) or (is_place(place.type) and not tree.is_fresh(place))
    if not addressable or is_bits or place.type is LITERAL:
        what = "a bit-field" if is_bits else f"'{check.text(argument)}'"
        raise check.error(argument, f"{what} has no address", "bind it to a local first")
    if isinstance(place, tree.LocalRef):
        check.addressed.add(place.local)
        check.flow.forget(place.local)
    return tree.AddressOf(check.span(node), PointerType(place.type), place)


@word("sizeof", "alignof")
def size_of(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`sizeof(T)`, `alignof(T)`: constants of the context's type."""
    (argument,) = _arguments(check, node, f"{_name(node)}(T)", 1)
    layout = layout_of(check.type_of(argument))
    number = layout.size if _name(node) == "sizeof" else layout.align
    return Literal(check.span(node), LITERAL, number)


@word("offsetof")
def offset_of(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`offsetof(T, "field")`: a constant of the context's type."""
    type_node, name_node = _arguments(check, node, 'offsetof(T, "field")', 2)
    field = _field_named(check, check.type_of(type_node), name_node)
    return Literal(check.span(node), LITERAL, field.offset)


def _field_named(check: Checker, type: Type, node: ast.expr):
    if not isinstance(type, NamedType) or is_enum(type):
        raise check.error(node, f"{described(type)} has no fields")
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise check.error(node, "a field is named by a literal", 'write "field"')
    field = fields_of(type).get(node.value)
    if field is None:
        raise check.error(node, f"'{type}' has no field '{node.value}'")
    return field


@word("owner")
def owner(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`owner(link, T, "field")`: the T whose field `link` is; through a pointer or as a place."""
    link_node, type_node, name_node = _arguments(check, node, 'owner(link, T, "field")', 3)
    link = check.operand(link_node)
    type = check.type_of(type_node)
    field = _field_named(check, type, name_node)
    pointed = isinstance(link.type, PointerType)
    own = link.type.target if pointed else link.type
    if own != field.type:
        raise check.error(
            link_node,
            f"'{name_node.value}' of '{type}' is {described(field.type)}, not {described(own)}",
        )
    span = check.span(node)
    member = tree.Deref(link.span, own, link) if pointed else link
    if is_reference(type):
        pointer = tree.OwnerOf(span, PointerType(type), member, field.offset)
        return pointer
    return tree.OwnerOf(span, PointerType(type) if pointed else type, member, field.offset)


@word("borrow")
def borrow(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`borrow(x)`: the address of a counted object, not counted."""
    (argument,) = _arguments(check, node, "borrow(x)", 1)
    value = check.expression(argument)
    if not isinstance(value.type, NamedType) or not is_reference(value.type):
        raise check.error(
            argument, f"{described(value.type)} is not counted", "write address_of(x)"
        )
    return Convert(check.span(node), PointerType(value.type), Conversion.BORROW, value)


@word("retain")
def retain(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`retain(p)`: a reference to the object at p, which keeps it alive from now on."""
    (argument,) = _arguments(check, node, "retain(p)", 1)
    value = check.expression(argument)
    if not isinstance(value.type, PointerType) or not is_reference(value.type.target):
        raise check.error(argument, f"{described(value.type)} does not point at a counted object")
    return Convert(check.span(node), value.type.target, Conversion.RETAIN, value)


@word("zeroed")
def zeroed(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`zeroed(T)`: a value with every byte 0."""
    (argument,) = _arguments(check, node, "zeroed(T)", 1)
    type = check.type_of(argument)
    if not construction.zero_is_valid(type):
        raise check.error(argument, f"zero is no value of '{type}'")
    return tree.Zero(check.span(node), type)


# The machine ---------------------------------------------------------------------------------


@word("unreachable")
def unreachable(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`unreachable()`: nothing arrives here."""
    _arguments(check, node, "unreachable()", 0)
    return Intrinsic(check.span(node), NEVER, "unreachable", [])


@word("spin_hint")
def spin_hint(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`spin_hint()`: tell the processor that this is a waiting loop."""
    _arguments(check, node, "spin_hint()", 0)
    return Intrinsic(check.span(node), NONE, "spin_hint", [])


@word("prefetch")
def prefetch(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`prefetch(p)`: what p points at is needed soon."""
    (argument,) = _arguments(check, node, "prefetch(p)", 1)
    pointer = check.expression(argument)
    if not isinstance(pointer.type, PointerType):
        raise check.error(argument, f"{described(pointer.type)} is no pointer")
    return Intrinsic(check.span(node), NONE, "prefetch", [pointer])


@word("fence", "compiler_fence")
def fence(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`fence(order)`, `compiler_fence()`."""
    name = _name(node)
    arguments = _arguments(check, node, f"{name}(Order.SEQ_CST)", 0, 1)
    allowed = ("ACQUIRE", "RELEASE", "ACQ_REL", "SEQ_CST")
    order = methods.memory_order(check, arguments[0], allowed) if arguments else "seq_cst"
    return Intrinsic(check.span(node), NONE, name, [], order)


@word("symbol_address")
def symbol_address(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`symbol_address("name")`: where the linker puts a symbol of the image."""
    (argument,) = _arguments(check, node, 'symbol_address("name")', 1)
    name = check.operand(argument)
    if not isinstance(name, tree.StringLiteral) or name.type is not STR:
        raise check.error(argument, "a symbol is named by a literal", 'write "name"')
    return Intrinsic(check.span(node), U64, "symbol_address", [name])


@word("print")
def print_line(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`print(f"...")`: a line of text, for programs and tests."""
    if check.unit.target not in ("host", "jit", "program"):
        raise check.error(node, f"a {check.unit.target} has no 'print'", 'write log.info(f"...")')
    (argument,) = _arguments(check, node, 'print(f"...")', 1)
    text = check.expression(argument, FORMAT)
    return Intrinsic(check.span(node), NONE, "print", [text])


@word("asm")
def asm(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`asm(template, inputs=..., outputs=..., clobbers=...)`."""
    return assembly.call(check, node)


@word("embed")
def embed(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`embed(path)` is a constant of the module."""
    raise check.error(
        node, "'embed' makes a constant of a module", "write NAME = embed(path) at module level"
    )


# Builtins ------------------------------------------------------------------------------------


@word("len")
def length(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`len(x)`: a usize, or a signed type of 64 bits where the context wants one."""
    (argument,) = _arguments(check, node, "len(x)", 1)
    value = check.operand(argument)
    span = check.span(node)
    match value.type:
        case ArrayType(length=number):
            return Literal(span, LITERAL, number)
        case SliceType() | WrappedType(word="UserSlice"):
            return tree.Length(span, _length_type(hint), value)
        case TupleType(items=items):
            return Literal(span, LITERAL, len(items))
    if isinstance(value, tree.StringLiteral):
        return Literal(span, LITERAL, len(value.value))
    if value.type is BYTES:
        return tree.Length(span, _length_type(hint), value)
    if value.type is STR:
        return tree.Length(span, _length_type(hint), value)
    called = special.call(check, node, value, "__len__", [])
    if called is not None:
        return called
    text = check.text(argument)
    note = f"it may be None; test it first: 'if {text} is not None:'"
    raise check.error(
        argument,
        f"{described(value.type)} has no length",
        note if isinstance(value.type, OptionalType) else "",
    )


def _length_type(hint: Type | None) -> IntType:
    is_wide = isinstance(hint, IntType) and hint.bits == 64
    return hint if is_wide else U64


@word("min", "max")
def least_or_greatest(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`min(a, b, ...)`, `max(a, b, ...)` of numbers: `b if b < a else a`, each evaluated once."""
    name = _name(node)
    if len(node.args) < 2 or node.keywords:
        raise check.error(node, f"'{name}' takes two or more numbers", f"write {name}(a, b)")
    operands = [operators.as_number(check.operand(each, hint)) for each in node.args]
    best = operands[0]
    for other, argument in zip(operands[1:], node.args[1:], strict=True):
        first, second = _same_type(check, node, best, other, argument)
        first, second = _both_literal(check, first, second)
        if first.type is LITERAL:
            pick = min if name == "min" else max
            best = Literal(check.span(node), LITERAL, pick(first.value, second.value))
            continue
        best = _pick(check, node, name, first, second)
    return best


def _both_literal(
    check: Checker, first: Expression, second: Expression
) -> tuple[Expression, Expression]:
    """Give two literals a type unless they can be compared now."""
    if first.type is not LITERAL or isinstance(first, Literal) and isinstance(second, Literal):
        return first, second
    return settle(check, first), settle(check, second)


def _same_type(
    check: Checker, node: ast.Call, first: Expression, second: Expression, argument: ast.expr
) -> tuple[Expression, Expression]:
    converted = try_convert(check, second, first.type) if first.type is not LITERAL else None
    if converted is not None:
        return first, converted
    if second.type is LITERAL:
        return first, second
    converted = try_convert(check, first, second.type)
    if converted is None:
        raise check.error(
            argument, f"{described(first.type)} and {described(second.type)} have no common type"
        )
    return converted, second


def _pick(
    check: Checker, node: ast.Call, name: str, first: Expression, second: Expression
) -> Expression:
    if not isinstance(first.type, IntType | FloatType):
        raise check.error(node, f"'{name}' takes numbers, not {described(first.type)}")
    span = check.span(node)
    a, b = values.held(check, node, first), values.held(check, node, second)
    better = tree.Comparison.GREATER if name == "min" else tree.Comparison.LESS
    test = tree.Compare(span, BOOL, better, a, b)
    return tree.Conditional(span, first.type, test, values.again(b), values.again(a))


@word("abs")
def absolute(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`abs(x)` of a number: `-x if x < 0 else x`."""
    (argument,) = _arguments(check, node, "abs(x)", 1)
    value = operators.as_number(check.operand(argument, hint))
    span = check.span(node)
    if isinstance(value, Literal) and value.type is LITERAL:
        return Literal(span, LITERAL, abs(value.value))
    value = values.settled(check, value)
    if not isinstance(value.type, IntType | FloatType):
        raise check.error(argument, f"'abs' takes a number, not {described(value.type)}")
    if isinstance(value.type, IntType) and not value.type.signed:
        return value
    held = values.held(check, node, value)
    again = values.again(held)
    zero = Literal(span, value.type, 0)
    negative = tree.Compare(span, BOOL, tree.Comparison.LESS, held, zero)
    arithmetic = (
        Arithmetic.CHECKED if getattr(value.type, "always_checked", True) else Arithmetic.FIXED
    )
    negated = tree.Unary(
        span, value.type, tree.UnaryOperator.NEGATE, values.again(held), arithmetic
    )
    return tree.Conditional(span, value.type, negative, negated, again)


@word("divmod")
def divide(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`divmod(a, b)`: the pair (a // b, a % b)."""
    first, second = _arguments(check, node, "divmod(a, b)", 2)
    left, right = check.operand(first), check.operand(second)
    if left.type is LITERAL and right.type is LITERAL:
        left = settle(check, left)
    a, b = values.held(check, node, left), values.held(check, node, right)
    quotient = operators.combine(check, node, BinaryOperator.FLOOR_DIVIDE, a, b)
    rest = operators.combine(check, node, BinaryOperator.MODULO, values.again(a), values.again(b))
    type = TupleType((quotient.type, rest.type))
    return tree.TupleValue(check.span(node), type, [quotient, rest])


@word("ord")
def code_point(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`ord("x")` of a literal: a constant of the context's type."""
    (argument,) = _arguments(check, node, 'ord("x")', 1)
    value = check.operand(argument)
    if isinstance(value, tree.StringLiteral) and len(value.value) == 1:
        return Literal(check.span(node), LITERAL, ord(value.value))
    raise check.error(argument, "'ord' takes one character, written out", 'write ord("x")')


@word("isinstance")
def is_instance(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`isinstance(x, Class)`."""
    return classes.isinstance_call(check, node)


@word("bool")
def truth(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`bool(x)`: the truth of a value."""
    (argument,) = _arguments(check, node, "bool(x)", 1)
    return values.truth(check, check.operand(argument), argument)
