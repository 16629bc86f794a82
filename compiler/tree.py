"""The typed tree: what check makes of a function's syntax, and lower turns into IR.

Everything is resolved: names are locals, variables, fields or function instances; overloads,
operators and implicit conversions are explicit nodes; generics are instantiated; types are concrete.
Nothing here knows of blocks, machine values or LLVM, so that another back end may start here.

Expressions have a `type` and a `span`. An expression whose type is a place (`types.is_place`) is
either *fresh* (made by this expression: StructValue, ArrayValue, Copy, Call of a function that
returns by value) or *denotes* a place that exists (LocalRef, VariableRef, FieldRef, IndexRef, Deref,
Call of a function that returns a view). `is_fresh` tells which.

Order of evaluation is Python's: left to right, as the children are listed in each class; for an
assignment the value first, then the target's parts; lower keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING

from compiler.types import (
    NEVER,
    NONE,
    Effect,
    FunctionInstance,
    NamedType,
    Type,
    WrappedType,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.layout import Field
    from compiler.source import Span
    from compiler.types import (
        CallableType,
        CFunctionType,
        FunctionDeclaration,
        Signature,
        Static,
        VariableDeclaration,
    )


@dataclass(eq=False)
class Node:
    """A node of the typed tree."""

    span: Span

    def children(self) -> Iterator[Node]:
        """Yield the nodes directly below, in order of evaluation."""
        for name in _parts(type(self)):
            value = getattr(self, name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, list):
                yield from (item for item in value if isinstance(item, Node))


@cache
def _parts(kind: type[Node]) -> tuple[str, ...]:
    """Return the names of the fields that may hold nodes."""
    return tuple(each.name for each in fields(kind) if each.name not in ("span", "type"))


# Expressions ---------------------------------------------------------------------------------


@dataclass(eq=False)
class Expression(Node):
    type: Type


@dataclass(eq=False)
class Local:
    """A parameter or local variable of one function. Compared by identity.

    A local whose type is a place either owns its storage (`owns`) or is an alias: it holds the
    address of a place that outlives it.
    """

    name: str
    type: Type
    span: Span
    is_parameter: bool = False
    owns: bool = True
    captured: bool = False  # by reference: a nested function may run after an assignment, or assign
    boxed: bool = False  # so by one that escapes: it lives on the heap
    is_kept: bool = (
        False  # the source does not name it, yet it ends where it is deleted, not before
    )
    is_default: bool = False  # of a lambda's parameter: it has the value from when that was made
    presence: Local | None = (
        None  # whether it has a value, where that is asked when the program runs
    )


@dataclass(eq=False)
class Literal(Expression):
    """An int, bool, float or None of a concrete type. An enum member is its number."""

    value: int | bool | float | None


@dataclass(eq=False)
class StringLiteral(Expression):
    """A `str` or `bytes` literal: a static, immortal object."""

    value: str | bytes


@dataclass(eq=False)
class StaticRef(Expression):
    """A place or reference that compile-time Python made."""

    static: Static


@dataclass(eq=False)
class LocalRef(Expression):
    local: Local


@dataclass(eq=False)
class VariableRef(Expression):
    """A module-level variable, as a place or a value. PerCpu: only as operand of an Intrinsic."""

    variable: VariableDeclaration


@dataclass(eq=False)
class FunctionRef(Expression):
    """A function as a value of Callable or CFunction type."""

    function: FunctionInstance


@dataclass(eq=False)
class FieldRef(Expression):
    """`object.field`. The object is a place, a reference, or a pointer to a struct."""

    object: Expression
    field: Field


@dataclass(eq=False)
class Deref(Expression):
    """What a pointer points at, as a place (`p[0]`, or a struct reached through `p.field`)."""

    pointer: Expression


@dataclass(eq=False)
class IndexRef(Expression):
    """`base[index]` of an Array, Slice, Ptr, bytes. `checked`: test against the length.

    A negative index counts from the end for Array, Slice and bytes when the index is signed.
    """

    base: Expression
    index: Expression
    checked: bool


@dataclass(eq=False)
class TupleItem(Expression):
    tuple: Expression
    index: int


class UnaryOperator(Enum):
    NEGATE = "-"
    INVERT = "~"
    NOT = "not"


class BinaryOperator(Enum):
    """Operators on two scalars of the same type (shifts: the amount may have any integer type)."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    FLOOR_DIVIDE = "//"
    MODULO = "%"
    POWER = "**"
    AND = "&"
    OR = "|"
    XOR = "^"
    SHIFT_LEFT = "<<"
    SHIFT_RIGHT = ">>"


class Arithmetic(Enum):
    """What happens when the result does not fit."""

    CHECKED = auto()  # fails in every build: `int`
    FIXED = auto()  # fails in checked builds, wraps in release: the fixed widths
    WRAPPING = auto()  # wraps, on purpose
    PROVEN = auto()  # cannot happen (a loop counter below its bound)


class Comparison(Enum):
    EQUAL = "=="
    NOT_EQUAL = "!="
    LESS = "<"
    LESS_EQUAL = "<="
    GREATER = ">"
    GREATER_EQUAL = ">="
    IS = "is"  # also of Ptr with ==; None tests are IsNone
    IS_NOT = "is not"


@dataclass(eq=False)
class Unary(Expression):
    operator: UnaryOperator
    operand: Expression
    arithmetic: Arithmetic = Arithmetic.FIXED


@dataclass(eq=False)
class Binary(Expression):
    """`left operator right` on numbers of the node's type. Pointers: see PointerOffset."""

    operator: BinaryOperator
    left: Expression
    right: Expression
    arithmetic: Arithmetic = Arithmetic.FIXED


@dataclass(eq=False)
class PointerOffset(Expression):
    """`p + n` or `p - n` (negate): n elements on."""

    pointer: Expression
    count: Expression
    negate: bool


@dataclass(eq=False)
class PointerDifference(Expression):
    """`p - q` in elements, an i64."""

    left: Expression
    right: Expression


@dataclass(eq=False)
class Compare(Expression):
    """Compares two scalars: integers of any types by mathematical value, bools, floats, pointers,
    enums of one type; references only by IS and IS_NOT; str and bytes by content."""

    comparison: Comparison
    left: Expression
    right: Expression


@dataclass(eq=False)
class CompareChain(Expression):
    """`a < b < c`: operands evaluated once, left to right, until one comparison is false.
    Each link's `left` is None in the tree's eyes: it is the operand before it."""

    first: Expression
    links: list[tuple[Comparison, Expression]]

    def children(self) -> Iterator[Node]:
        yield self.first
        yield from (operand for _, operand in self.links)


@dataclass(eq=False)
class IsNone(Expression):
    """`operand is None`."""

    operand: Expression


@dataclass(eq=False)
class Logical(Expression):
    """`and` (conjunction) or `or` over operands of the node's type, with short circuit. Operands
    of type bool unless all have the same type, in which case the value is the deciding operand."""

    is_and: bool
    operands: list[Expression]


@dataclass(eq=False)
class Truth(Expression):
    """The truth of a value: a number is not 0, a pointer or reference is not None, a str, bytes,
    Slice or Array is not empty. Classes with `__bool__` or `__len__` are calls instead."""

    operand: Expression


@dataclass(eq=False)
class Conditional(Expression):
    """`then if test else other`."""

    test: Expression
    then: Expression
    other: Expression


@dataclass(eq=False)
class Walrus(Expression):
    """`(local := value)`."""

    local: Local
    value: Expression


@dataclass(eq=False)
class Steps(Expression):
    """What a display or comprehension is made by: statements, then `value`."""

    statements: Block
    value: Expression


class Conversion(Enum):
    WIDEN = auto()  # integer to integer, float to float; no value is lost
    CHECKED = auto()  # integer to integer: fails if the value does not fit, in every build
    TRUNCATE = auto()  # integer to integer: low bits
    INT_TO_FLOAT = auto()
    FLOAT_TO_INT = auto()  # `int(x)`: toward zero; fails if it does not fit
    BOOL_TO_INT = auto()
    INT_TO_ENUM = auto()  # no check for a flag; an IntEnum's number must be a member (ValueError)
    ENUM_TO_INT = auto()
    BITS = auto()  # bit_cast: same size, same bits
    POINTER = auto()  # Ptr[A] to Ptr[B]
    POINTER_TO_INT = auto()
    INT_TO_POINTER = auto()  # fails on 0 (checked builds)
    SOME = auto()  # T to T | None
    UNWRAP = auto()  # T | None to T where narrowing has proved it
    NONE_TO_OPTIONAL = auto()  # the literal None as a T | None
    UPCAST = auto()  # reference (or Ptr) to a base class's
    DOWNCAST = auto()  # to a derived class's, after isinstance has proved it
    ARRAY_TO_SLICE = auto()  # the operand is a place
    BYTES_TO_SLICE = auto()  # str.encode() as a view, bytes as Slice[u8]
    BORROW = auto()  # reference to Ptr, not counted
    RETAIN = auto()  # Ptr to reference, counted
    ASSUME = auto()  # Ptr to reference, not counted: someone else keeps the object alive


@dataclass(eq=False)
class Convert(Expression):
    conversion: Conversion
    operand: Expression


@dataclass(eq=False)
class Call(Expression):
    """A direct call. Arguments are in the order of the parameters, defaults filled in;
    `evaluation` gives the order in which they are evaluated when keywords change it. That of a
    generator function makes an object, unless a `ForGenerator` consumes it."""

    function: FunctionInstance
    signature: Signature
    arguments: list[Expression]
    evaluation: list[int] | None = None


@dataclass(eq=False)
class VirtualCall(Expression):
    """A call through the receiver's class. `method` is the one that the receiver's static type
    knows; `slot` its place in the vtable (`layout.virtual_methods`)."""

    method: FunctionInstance
    signature: Signature
    slot: int
    arguments: list[Expression]  # the receiver first
    evaluation: list[int] | None = None  # as in Call


@dataclass(eq=False)
class IndirectCall(Expression):
    """A call of a Callable or CFunction value."""

    callee: Expression
    signature: CallableType | CFunctionType
    arguments: list[Expression]


@dataclass(eq=False)
class New(Expression):
    """A new counted object: allocated zeroed, `initialiser` called with it first. Raises
    MemoryError. Without initialiser: `arguments` are the fields' values (dataclass; None: zero)."""

    initialiser: FunctionInstance | None
    signature: Signature | None
    arguments: list[Expression | None]
    evaluation: list[int] | None = None  # as in Call; what is None is not in it


@dataclass(eq=False)
class StructValue(Expression):
    """A fresh struct: `initialiser` called on zeroed storage, or one value per field
    (None: zero)."""

    initialiser: FunctionInstance | None
    signature: Signature | None
    arguments: list[Expression | None]
    evaluation: list[int] | None = None  # as in New


@dataclass(eq=False)
class ArrayValue(Expression):
    """A fresh Array: its elements, or all zero when `elements` is empty."""

    elements: list[Expression]


@dataclass(eq=False)
class Zero(Expression):
    """`zeroed(T)`: a fresh value with every byte 0."""


@dataclass(eq=False)
class Copy(Expression):
    """A fresh second struct or Array."""

    operand: Expression


@dataclass(eq=False)
class TupleValue(Expression):
    items: list[Expression]


@dataclass(eq=False)
class SliceValue(Expression):
    """`Slice[T](pointer, length)`."""

    pointer: Expression
    length: Expression


@dataclass(eq=False)
class SliceOf(Expression):
    """`base[start:stop]` of a Slice, bytes view, UserSlice, or an Array that is a place.
    Missing bounds are None; bounds are clamped as in Python."""

    base: Expression
    start: Expression | None
    stop: Expression | None


@dataclass(eq=False)
class Length(Expression):
    """`len(x)` of an Array, Slice, bytes or UserSlice (bytes), or str (code points)."""

    operand: Expression


@dataclass(eq=False)
class AddressOf(Expression):
    """`address_of(place)`."""

    place: Expression


@dataclass(eq=False)
class OwnerOf(Expression):
    """`owner(link, T, "field")`: from the address of an embedded member to its owner."""

    member: Expression  # a place
    offset: int


@dataclass(eq=False)
class Intrinsic(Expression):
    """A word of lang that is one machine operation. `name` is the word; `order` for atomics.

    Names: wrapping ops are Binary instead. `rotate_left rotate_right leading_zeros trailing_zeros
    popcount byte_swap square_root prefetch spin_hint fence compiler_fence unreachable`; `wrap`, a fresh Atomic,
    Volatile or Rcu of a value; on an Atomic or Volatile place as first argument: `load store swap
    fetch_add fetch_sub fetch_and fetch_or fetch_xor compare_exchange volatile_load volatile_store`;
    on a PerCpu variable: `percpu_load percpu_store percpu_add percpu_here percpu_at`; on Rcu and
    Weak: `rcu_load rcu_store weak_new weak_get`; on user memory: `user_pointer user_slice
    user_address user_read user_write user_copy_out user_copy_in`; on slices: `slice_pointer
    slice_fill slice_copy_from slice_equal`; `write_format` (message.write_to)."""

    name: str
    arguments: list[Expression]
    order: str = "seq_cst"


@dataclass(eq=False)
class Assembly(Expression):
    template: str
    inputs: list[tuple[str, Expression]]
    outputs: list[tuple[str, Type]]
    clobbers: list[str]

    def children(self) -> Iterator[Node]:
        yield from (value for _, value in self.inputs)


@dataclass(eq=False)
class FormatString(Expression):
    """An f-string, or a str, as a Format: what it shows is evaluated here, in order, and kept in the
    frame; `function(out: TextBuffer)` writes the text later, from its captures, which are `values`.
    """

    values: list[Expression]
    function: Function


@dataclass(eq=False)
class Closure(Expression):
    """A lambda or nested function as a Callable. `escapes`: it may be called after the function
    around it returned, so that its captures live on the heap."""

    function: Function
    captures: list[Local]  # locals of the function around it
    escapes: bool

    @property
    def is_object_alone(self) -> bool:
        """True if its only capture is a counted object, which serves as the environment itself."""
        if len(self.captures) != 1:
            return False
        (local,) = self.captures
        is_weak = isinstance(local.type, WrappedType)
        return is_reference(local.type) and not is_weak and not local.captured


@dataclass(eq=False)
class BoundMethod(Expression):
    """`object.method` as a Callable. The object is counted, and is itself the environment:
    `function` calls the method of its only capture."""

    object: Expression
    function: Function


@dataclass(eq=False)
class Resume(Expression):
    """The next item of a generator that is an object; raises StopIteration if there is none."""

    generator: Expression


@dataclass(eq=False)
class ThrowInto(Expression):
    """Raises an exception at the `yield` where a generator that is an object rests, if its declaration
    `takes_throws`; the next item, as Resume, if it goes on."""

    generator: Expression
    exception: Expression


@dataclass(eq=False)
class CloseGenerator(Expression):
    """Ends a generator that is an object, where it rests; one that has ended stays so."""

    generator: Expression


@dataclass(eq=False)
class IsInstance(Expression):
    operand: Expression
    of: NamedType


# Statements ----------------------------------------------------------------------------------


@dataclass(eq=False)
class Statement(Node):
    """A statement."""


Block = list[Statement]


@dataclass(eq=False)
class Evaluate(Statement):
    value: Expression


@dataclass(eq=False)
class SetLocal(Statement):
    """`local = value`. For a place-typed local: owns -> a fresh value built in its storage;
    alias -> the address of the place."""

    local: Local
    value: Expression


@dataclass(eq=False)
class Store(Statement):
    """`place = value`: the value first, then the place's parts, then the store. A place-typed
    value is fresh, and what was there before is dropped."""

    target: Expression  # FieldRef, IndexRef, Deref, VariableRef
    value: Expression


@dataclass(eq=False)
class Update(Statement):
    """`target op= value` on numbers: the target's parts once, its value, then the right side."""

    target: Expression  # LocalRef too
    operator: BinaryOperator
    value: Expression
    arithmetic: Arithmetic = Arithmetic.FIXED


@dataclass(eq=False)
class Unpack(Statement):
    """`a, b = value`: a tuple's items, converted and stored left to right."""

    value: Expression
    targets: list[Expression]  # LocalRef or places; conversions have been made unnecessary


@dataclass(eq=False)
class Return(Statement):
    value: Expression | None


@dataclass(eq=False)
class Break(Statement):
    pass


@dataclass(eq=False)
class Continue(Statement):
    pass


@dataclass(eq=False)
class If(Statement):
    test: Expression
    body: Block
    orelse: Block


@dataclass(eq=False)
class While(Statement):
    test: Expression
    body: Block
    orelse: Block


@dataclass(eq=False)
class ForRange(Statement):
    """`for local in range(start, stop, step)`: bounds once; the local is not touched when empty."""

    local: Local
    start: Expression
    stop: Expression
    step: Expression  # a constant unless `dynamic_step`
    body: Block
    orelse: Block
    index: Local | None = None  # counts iterations, for enumerate


@dataclass(eq=False)
class ForEach(Statement):
    """`for target in sequence` over an Array place, Slice or bytes: by index, no copy. A
    place-typed element makes the local an alias. `index` counts, for enumerate; `reverse` for
    reversed()."""

    local: Local
    sequence: Expression
    body: Block
    orelse: Block
    index: Local | None = None
    reverse: bool = False


@dataclass(eq=False)
class ForZip(Statement):
    """`for a, b in zip(x, y)` over Arrays, Slices or bytes: as long as the shortest."""

    locals: list[Local]
    sequences: list[Expression]
    body: Block
    orelse: Block


@dataclass(eq=False)
class ForGenerator(Statement):
    """`for local in generator(...)`: the generator's frame lives in this function's frame, and it
    is closed (its `finally` clauses run) when the loop is left early."""

    local: Local
    generator: Expression  # a Call of a generator function
    body: Block
    orelse: Block


@dataclass(eq=False)
class ForIterator(Statement):
    """`for local in iterable` by `__iter__` and `__next__` (StopIteration ends it). `next_call`
    is a Call of `__next__` on `iterator`, a hidden local."""

    local: Local
    iterator: Local
    iterable: Expression  # already the result of `__iter__`
    next_call: Expression
    body: Block
    orelse: Block


@dataclass(eq=False)
class Yield(Statement):
    """`yield value`, a statement."""

    value: Expression | None


@dataclass(eq=False)
class Raise(Statement):
    """`raise Class`, `raise Class(...)`, `raise` (exception None: the one being handled)."""

    exception_class: NamedType | None
    value: Expression | None = None  # the object, where exceptions are objects
    cause: Expression | None = None


@dataclass(eq=False)
class Handler(Node):
    """`except classes as local: body`; no classes: everything."""

    classes: list[NamedType]
    local: Local | None
    body: Block


@dataclass(eq=False)
class Try(Statement):
    """`passing`, if there is one, stands for `final` where an exception passes through, which it is given."""

    body: Block
    handlers: list[Handler]
    orelse: Block
    final: Block
    passing: Handler | None = None


@dataclass(eq=False)
class With(Statement):
    """One context manager. `manager` is a hidden local that holds it; `enter` a Call of
    `__enter__` on it, whose result goes to `target`; `leave` a Call of `__exit__`/`release` run
    on every way out. `suppresses`: `__exit__` returns bool and sees the exception."""

    manager: Local
    context: Expression
    enter: Expression
    target: Expression | None  # LocalRef or a place
    leave: Expression
    body: Block
    suppresses: bool = False
    block_effects: frozenset[Effect] = field(default_factory=frozenset)


@dataclass(eq=False)
class Assert(Statement):
    test: Expression
    message: StringLiteral | None


@dataclass(eq=False)
class Delete(Statement):
    """`del local`: releases there and then."""

    local: Local


# Patterns ------------------------------------------------------------------------------------


@dataclass(eq=False)
class Pattern(Node):
    pass


@dataclass(eq=False)
class AnyPattern(Pattern):
    """`_` or a capture."""

    local: Local | None


@dataclass(eq=False)
class ValuePattern(Pattern):
    """Equal to a constant, enum member, string, bool or None."""

    value: Expression


@dataclass(eq=False)
class TuplePattern(Pattern):
    items: list[Pattern]


@dataclass(eq=False)
class ClassPattern(Pattern):
    """`Class(a, field=b)`: isinstance where it is not known, then the fields."""

    of: NamedType
    fields: list[tuple[Field, Pattern]]
    known: bool  # the subject's static type already says so

    def children(self) -> Iterator[Node]:
        yield from (pattern for _, pattern in self.fields)


@dataclass(eq=False)
class OrPattern(Pattern):
    alternatives: list[Pattern]


@dataclass(eq=False)
class AsPattern(Pattern):
    pattern: Pattern
    local: Local


@dataclass(eq=False)
class Case(Node):
    pattern: Pattern
    guard: Expression | None
    body: Block


@dataclass(eq=False)
class Match(Statement):
    """`match subject`: the subject once, into `local`; cases in order. `exhaustive`: the last case
    without a guard needs no test. Patterns test `local` (narrowed per case by Convert nodes in the
    bodies)."""

    local: Local
    subject: Expression
    cases: list[Case]
    exhaustive: bool = False


# Functions -----------------------------------------------------------------------------------


@dataclass(eq=False)
class Function:
    """One function instance, checked.

    `locals` lists parameters first, then locals in the order in which they are first bound, which
    is the order in which they are released. `captures` (of a nested function) lists the locals of
    the function around it that it uses; inside, they are Locals of their own in the same order, and
    not among `locals`. Neither is `itself`, by which a nested function names itself.
    """

    instance: FunctionInstance
    declaration: FunctionDeclaration
    symbol: str
    signature: Signature
    parameters: list[Local]
    locals: list[Local]
    body: Block
    span: Span
    captures: list[Local] = field(default_factory=list)
    itself: Local | None = None
    generator_item: Type | None = None
    nested: list[Function] = field(default_factory=list)


def is_fresh(node: Expression) -> bool:
    """True if a place-typed expression makes a new value rather than denoting a place."""
    match node:
        case StructValue() | ArrayValue() | Copy() | Zero():
            return True
        case Call(signature=signature) | VirtualCall(signature=signature):
            return not signature.returns_view
        case IndirectCall():
            return True
        case Intrinsic(name=name):
            return name in ("wrap", "user_read")
        case Conditional(then=then, other=other):
            return is_fresh(then) and is_fresh(other)
    return False


def is_value(node: Expression) -> bool:
    """True unless the expression gives nothing to use."""
    return node.type not in (NONE, NEVER)


@dataclass(eq=False)
class Unit:
    """What check makes of one module: the functions to compile into its object.

    `functions` are its own, non-generic; `instances` are generic instances and inline functions
    of this and other modules that they reach, compiled into each unit that needs them, and the
    generator functions that their loops consume, which lower expands in place.
    `classes` are the reference classes whose TypeInfo and vtable this unit defines (its own
    non-generic ones), `class_instances` the generic ones that it uses.
    """

    module_name: str
    functions: list[Function] = field(default_factory=list)
    instances: list[Function] = field(default_factory=list)
    classes: list[NamedType] = field(default_factory=list)
    class_instances: list[NamedType] = field(default_factory=list)
    variables: list[VariableDeclaration] = field(default_factory=list)
