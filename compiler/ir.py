"""The IR: functions as basic blocks of typed instructions. Knows nothing of LLVM.

An instruction that gives something *is* its value: other instructions name it as an operand. A value
is defined once, before its uses, and is used only in blocks that its block dominates; whatever is
assigned more than once, or at a join, is a `Local`. Locals are read and written by GetLocal and
SetLocal, or live in memory (`storage`) and are reached through LocalAddress.

Types are those of the machine, but for REF, the address of a counted object or 0, and WEAK, the same
without keeping the object alive. Where a value holds counted references the pass `count` keeps the
counts (Retain and Release of a WEAK are of the header's weak count), by these rules of ownership:

    parameter             borrowed: the caller holds a reference for the whole call
    Call, New, Caught     owned by this function: released after its last use unless it moves on
    GetLocal              borrowed from the local, which owns what it holds
    Load                  unowned: good until anything may store or release
    SetLocal, Store       hold one reference; what they replace is released afterwards
    Make                  owns its items; Extract borrows from the aggregate
    Convert               RETAIN, WEAKEN, UPGRADE: owned; ASSUME: borrowed, like a parameter
    Return, Raise         pass ownership to the caller

Errors. A block's `on_error` is the block that handles what is raised inside it; None passes it to
the caller. Lowering sets `on_error` and uses Caught in handlers, as their first instructions; it
writes no tests. The pass `raise` then ends a block with BranchOnError after each call that may
raise; and in worlds where a failed check raises, it turns Check into a branch, too.

    stage      Raise, Caught, Check   Call, New              Retain, Release
    lowered    yes                    anywhere               no
    raised     Check only (traps)     BranchOnError follows  no
    counted    as before              as before              yes

World hooks are functions that an image must define and the compiler calls by name:

    __pw_allocate(size: i64, type: ptr) -> ptr    0: no memory. Zeroed, aligned to 16
    __pw_free(object: ptr, type: ptr)
    __pw_destroy(object: ptr)                     strong count fell to 0 (core/object.py)
    __pw_destroy_later(object: ptr)               the same, where nothing may be freed or sleep
    __pw_copy_from_user(target: ptr, address: i64, size: i64) -> i1    from and to a program's memory;
    __pw_copy_to_user(address: i64, source: ptr, size: i64) -> i1      False: BadAddress
    __pw_rcu_store(place: ptr, object: ptr)       publish a reference that it takes for the place,
                                                  and release the old one after a grace period
    __pw_trap(kind: i32, location: ptr, a: i64, b: i64)    a failed check; does not return
    __pw_trace(location: ptr)                     an exception passes here (checked builds); 0: a
                                                  new one is about to be raised

A TypeInfo is a global, one per class, named by `type_info_symbol`:

    0  size of an object, u64             32  number u32 (of an exception), 36 depth u32
    8  TypeInfo of the base, or 0         40  word for the world's allocator, u64 (writable)
   16  drop(object), or 0                 48  unused
   24  name: NUL-terminated bytes         56  vtable: one code address per slot

`drop` runs `__del__`, then releases the fields; it does not free. TypeInfo globals are writable data
because of the allocator's word.

A str object: header(16), 16 data ptr, 24 size in bytes u64, 32 length in code points u64,
40 hash u64 (0: not computed), 48 owner REF (0: data is static or follows the object). One that is
no literal has more behind that (core/containers/text.py), and may grow while one local has it alone.
A bytes object: header(16), 16 data ptr, 24 size u64, 32 hash u64, 40 owner REF.
Static objects have strong count 0x40000000.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compiler.layout import Layout
    from compiler.source import Span
    from compiler.types import Type

IMMORTAL = 0x40000000


# Types ---------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class IRType:
    """A machine type. `bits` of an integer or float."""

    name: str
    bits: int = 0

    def __str__(self) -> str:
        return self.name

    __repr__ = __str__


@dataclass(frozen=True, repr=False)
class AggregateType(IRType):
    """Several values held as one: a slice is {ptr, i64}."""

    items: tuple[IRType, ...] = ()

    def __str__(self) -> str:
        return "{" + ", ".join(map(str, self.items)) + "}"

    __repr__ = __str__


VOID = IRType("void")
I1, I8, I16, I32, I64, I128 = (IRType(f"i{n}", n) for n in (1, 8, 16, 32, 64, 128))
F32, F64 = IRType("f32", 32), IRType("f64", 64)
PTR = IRType("ptr", 64)
REF = IRType("ref", 64)
WEAK = IRType("weak", 64)


def aggregate(*items: IRType) -> AggregateType:
    return AggregateType("aggregate", 0, items)


def is_counted(type: IRType) -> bool:
    """True if values of `type` hold counted references."""
    if isinstance(type, AggregateType):
        return any(map(is_counted, type.items))
    return type is REF or type is WEAK


def type_info_symbol(class_symbol: str) -> str:
    """Return the name of a class's TypeInfo, which no attribute of the class can have."""
    return f"{class_symbol}:type"


@dataclass(frozen=True)
class FunctionType:
    """Parameters and result of a function as the machine sees it.

    `may_raise`: True or False where it is known or declared; None until the pass `raise` knows.
    """

    parameters: tuple[IRType, ...]
    result: IRType
    may_raise: bool | None = None


# Values --------------------------------------------------------------------------------------


@dataclass(eq=False)
class Value:
    """Something that an instruction can name."""

    type: IRType


@dataclass(eq=False)
class Constant(Value):
    """A number; 0 of PTR or REF is None."""

    value: int | float


@dataclass(eq=False)
class Symbol(Value):
    """The address of a function or global."""

    name: str


@dataclass(eq=False)
class Undefined(Value):
    """Any value: on paths that do not matter."""


@dataclass(eq=False)
class Parameter(Value):
    """`source_type`: for the debugger; None: made by the compiler. `exclusive`: a pointer, and
    nothing else leads to what it points at while the function runs."""

    name: str
    source_type: Type | None = None
    exclusive: bool = False


@dataclass(eq=False)
class Local:
    """A variable of a function.

    Either it holds a value of `type`, or it is `storage` in memory. `drop` names the function that
    releases what the storage holds; such storage is zeroed on entry and dropped on every way out.
    With a `frame_offset` it lies in the frame that the function's first parameter points at, which
    outlives the function; it holds no reference then, as storage it may.
    """

    name: str
    type: IRType
    storage: Layout | None = None
    drop: str | None = None
    source_type: Type | None = None  # for the debugger; None: made by the compiler
    parameter: int | None = None  # index of the source's parameter that it holds
    span: Span | None = None
    frame_offset: int | None = None


# Instructions --------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class Instruction(Value):
    """Base of all instructions. `type` VOID: gives nothing. `span`: the source it comes from."""

    type: IRType = VOID
    span: Span | None = None

    def operands(self) -> Iterator[Value]:
        """Yield the values that it uses, in order."""
        for name in own_fields(type(self)):
            value = getattr(self, name)
            if isinstance(value, Value):
                yield value
            elif isinstance(value, list):
                yield from (item for item in value if isinstance(item, Value))


@cache
def own_fields(kind: type[Instruction]) -> tuple[str, ...]:
    """Return the names of the fields that not every instruction has."""
    return tuple(each.name for each in fields(kind) if each.name not in ("type", "span"))


class Op(Enum):
    """Two operands of one type, one result of it. Nothing is checked: shifts below the width,
    divisors not 0 and no overflow of a division are the producer's duty."""

    ADD = "add"
    SUB = "sub"
    MUL = "mul"
    SDIV = "sdiv"
    UDIV = "udiv"
    SREM = "srem"
    UREM = "urem"
    AND = "and"
    OR = "or"
    XOR = "xor"
    SHL = "shl"
    LSHR = "lshr"
    ASHR = "ashr"
    FADD = "fadd"
    FSUB = "fsub"
    FMUL = "fmul"
    FDIV = "fdiv"
    FREM = "frem"


@dataclass(eq=False)
class Binary(Instruction):
    op: Op
    left: Value
    right: Value
    no_signed_wrap: bool = False  # proven
    no_unsigned_wrap: bool = False


@dataclass(eq=False)
class Overflowing(Instruction):
    """`op` (ADD, SUB, MUL) as {result, i1 overflowed}; its type is that aggregate."""

    op: Op
    signed: bool
    left: Value
    right: Value


class Predicate(Enum):
    EQ = "eq"
    NE = "ne"
    SLT = "slt"
    SLE = "sle"
    SGT = "sgt"
    SGE = "sge"
    ULT = "ult"
    ULE = "ule"
    UGT = "ugt"
    UGE = "uge"
    FEQ = "oeq"
    FNE = "une"
    FLT = "olt"
    FLE = "ole"
    FGT = "ogt"
    FGE = "oge"


@dataclass(eq=False)
class Compare(Instruction):
    """Gives an i1."""

    predicate: Predicate
    left: Value
    right: Value


class Cast(Enum):
    ZERO_EXTEND = "zext"
    SIGN_EXTEND = "sext"
    TRUNCATE = "trunc"
    POINTER_TO_INT = "ptrtoint"
    INT_TO_POINTER = "inttoptr"
    SIGNED_TO_FLOAT = "sitofp"
    UNSIGNED_TO_FLOAT = "uitofp"
    FLOAT_TO_SIGNED = "fptosi"
    FLOAT_TO_UNSIGNED = "fptoui"
    FLOAT_EXTEND = "fpext"
    FLOAT_TRUNCATE = "fptrunc"
    BITS = "bitcast"
    BORROW = "borrow"  # ref to ptr, same bits
    RETAIN = "retain"  # ptr to ref: the result is owned
    ASSUME = "assume"  # ptr to ref: someone else holds the object for as long as this is used
    WEAKEN = "weaken"  # ref to weak: the result is owned
    UPGRADE = "upgrade"  # weak to ref: owned, and 0 if the object is gone


@dataclass(eq=False)
class Convert(Instruction):
    cast: Cast
    operand: Value


@dataclass(eq=False)
class Select(Instruction):
    condition: Value
    then: Value
    other: Value


@dataclass(eq=False)
class Make(Instruction):
    """An aggregate of its items."""

    items: list[Value]


@dataclass(eq=False)
class Extract(Instruction):
    aggregate: Value
    index: int


@dataclass(eq=False)
class Offset(Instruction):
    """`address + bytes`, inside the same object."""

    address: Value
    offset: int


@dataclass(eq=False)
class Index(Instruction):
    """`address + index * stride`; the index is an i64, signed."""

    address: Value
    index: Value
    stride: int


class Order(Enum):
    """Memory order of an atomic access."""

    RELAXED = "relaxed"
    ACQUIRE = "acquire"
    RELEASE = "release"
    ACQ_REL = "acq_rel"
    SEQ_CST = "seq_cst"


@dataclass(frozen=True)
class Part:
    """What an access reaches, where that is known. Memory that is reached as one of these is never
    reached as another, between the calls that take it and give it back.

    `offset`: of the field, in the object; what starts elsewhere in an object is another field.
    """

    name: str
    offset: int = 0


ELEMENT = Part("element")  # of what a list holds (core/containers/storage.py)
CHARACTER = Part("character")  # of a text's encoding
COUNT = Part("count")  # of references to an object


def field_part(offset: int) -> Part:
    """Return what a field of an object is, reached through a reference to it."""
    return Part("field", offset)


def text_part(offset: int) -> Part:
    """Return what a field of a str is. Programs change it where nobody else has the str
    (core/containers/text.py); elsewhere a Load of it may be `invariant`, too."""
    return Part("text", offset)


@dataclass(eq=False)
class Load(Instruction):
    """A value of its type from memory. `per_cpu`: the address is a PerCpu symbol's, reached
    through gs. `align` 0: natural."""

    address: Value
    volatile: bool = False
    order: Order | None = None
    per_cpu: bool = False
    align: int = 0
    invariant: bool = False  # the memory never changes once it can be read (length of a str)
    part: Part | None = None
    is_some: bool = False  # it is an address and not 0


@dataclass(eq=False)
class Store(Instruction):
    """`initialises`: no reference was there before, so none is released."""

    address: Value
    value: Value
    volatile: bool = False
    order: Order | None = None
    per_cpu: bool = False
    align: int = 0
    initialises: bool = False
    part: Part | None = None


@dataclass(eq=False)
class AtomicUpdate(Instruction):
    """Gives the old value. `op`: swap add sub and or xor. `per_cpu`: one instruction, whole as seen
    by this processor only, without a lock."""

    op: str
    address: Value
    value: Value
    order: Order
    per_cpu: bool = False


@dataclass(eq=False)
class CompareExchange(Instruction):
    """Gives the value that was there; equal to `expected` means swapped."""

    address: Value
    expected: Value
    new: Value
    order: Order


@dataclass(eq=False)
class Fence(Instruction):
    order: Order
    compiler_only: bool = False


@dataclass(eq=False)
class PerCpuBase(Instruction):
    """What to add to the address of a per-CPU variable for this processor's instance, a ptr: the
    address of its per-CPU area less PerCpuStart. 0 where there is one instance, the variable."""


@dataclass(eq=False)
class PerCpuStart(Instruction):
    """Where per-CPU variables are linked, a ptr; 0 where there is one instance, the variable."""


@dataclass(eq=False)
class MemoryCopy(Instruction):
    """Copies `size` (i64) bytes; the ranges do not overlap unless `overlap`."""

    target: Value
    source: Value
    size: Value
    overlap: bool = False
    align: int = 1


@dataclass(eq=False)
class MemoryFill(Instruction):
    target: Value
    byte: Value  # i8
    size: Value
    align: int = 1


@dataclass(eq=False)
class GetLocal(Instruction):
    local: Local


@dataclass(eq=False)
class SetLocal(Instruction):
    local: Local
    value: Value


@dataclass(eq=False)
class LocalAddress(Instruction):
    """The address of a local's storage."""

    local: Local


@dataclass(eq=False)
class ClearLocal(Instruction):
    """`del local`: releases what it holds, now; it holds 0 afterwards."""

    local: Local


@dataclass(eq=False)
class Call(Instruction):
    """Calls a symbol or a code address. `method`: the symbol of the method as which the caller
    knows what it calls through a vtable. `silent`: it raises nothing, though its type has room for
    an exception."""

    callee: Value
    function_type: FunctionType
    arguments: list[Value]
    tail: bool = False
    method: str = ""
    silent: bool = False


@dataclass(eq=False)
class CallError(Instruction):
    """Made by `raise`: the class (ptr to TypeInfo) that the call raised, where it did."""

    call: Value


@dataclass(eq=False)
class CallErrorObject(Instruction):
    """Made by `raise`: the exception object (ref, owned, may be 0) that the call raised."""

    call: Value


@dataclass(eq=False)
class New(Instruction):
    """A new, zeroed object of the class with this TypeInfo, strong count 1. Raises MemoryError.

    Once raised: only the memory, 0 if there is none; stores that `raise` adds make the header.
    """

    type_info: str
    size: int


@dataclass(eq=False)
class Caught(Instruction):
    """In a handler: the class (PTR) of the exception being handled."""


@dataclass(eq=False)
class CaughtObject(Instruction):
    """In a handler: its object (REF, may be 0), owned."""


@dataclass(eq=False)
class Check(Instruction):
    """Fails with `kind` (compiler/trap.py TrapKind name) unless `condition`; `values` (up to two,
    i64) go into the message. `debug_only` ones are left out of release builds by lowering."""

    condition: Value
    kind: str
    values: list[Value] = field(default_factory=list)


@dataclass(eq=False)
class Assume(Instruction):
    """The condition holds, as the producer knows and nobody could find out."""

    condition: Value


@dataclass(eq=False)
class Apart(Instruction):
    """What is reached by one of two addresses is never reached by the other."""

    first: Value
    second: Value


@dataclass(eq=False)
class Retain(Instruction):
    value: Value


@dataclass(eq=False)
class Release(Instruction):
    value: Value


@dataclass(eq=False)
class Trace(Instruction):
    """Made by `raise` in checked builds: an exception passes here, or starts here."""

    starts: bool = False


@dataclass(eq=False)
class Intrinsic(Instruction):
    """One machine operation: rotate_left rotate_right (amount of the value's type, any size)
    leading_zeros trailing_zeros popcount byte_swap prefetch spin_hint sqrt."""

    name: str
    arguments: list[Value]


@dataclass(eq=False)
class Assembly(Instruction):
    """Inline assembly, AT&T, LLVM constraints. Several outputs give an aggregate."""

    template: str
    constraints: str
    arguments: list[Value]


# Terminators ---------------------------------------------------------------------------------


@dataclass(eq=False)
class Terminator(Instruction):
    """The last instruction of a block."""

    def successors(self) -> list[Block]:
        return []


@dataclass(eq=False)
class Branch(Terminator):
    """`is_strided`: the way back in a loop that is not worth vectorising, since what it steps by is
    not constant."""

    target: Block
    is_strided: bool = False

    def successors(self) -> list[Block]:
        return [self.target]


@dataclass(eq=False)
class BranchIf(Terminator):
    """`likely`: True, False, or None when not known. `is_strided`: as in Branch."""

    condition: Value
    then: Block
    other: Block
    likely: bool | None = None
    is_strided: bool = False

    def successors(self) -> list[Block]:
        return [self.then, self.other]


@dataclass(eq=False)
class BranchOnError(Terminator):
    """Made by `raise`, directly after a Call or New: `error` if it raised. There the call has no
    result, but CallError and CallErrorObject do."""

    call: Value
    normal: Block
    error: Block

    def successors(self) -> list[Block]:
        return [self.normal, self.error]


@dataclass(eq=False)
class Switch(Terminator):
    value: Value
    cases: list[tuple[int, Block]]
    default: Block

    def successors(self) -> list[Block]:
        return [*(block for _, block in self.cases), self.default]


@dataclass(eq=False)
class Return(Terminator):
    value: Value | None = None


@dataclass(eq=False)
class Raise(Terminator):
    """Raises to the block's `on_error`, or to the caller."""

    exception_class: Value  # PTR
    object: Value  # REF, may be 0


@dataclass(eq=False)
class ReturnError(Terminator):
    """Made by `raise`: leaves the function with an exception."""

    exception_class: Value
    object: Value


@dataclass(eq=False)
class Unreachable(Terminator):
    pass


# Functions and modules -----------------------------------------------------------------------


@dataclass(eq=False)
class Block:
    """`defers_release`: here nothing may be freed (a lock is held), so releases are queued."""

    name: str
    instructions: list[Instruction] = field(default_factory=list)
    on_error: Block | None = None
    defers_release: bool = False

    @property
    def terminator(self) -> Terminator | None:
        last = self.instructions[-1] if self.instructions else None
        return last if isinstance(last, Terminator) else None


class Linkage(Enum):
    EXTERNAL = auto()  # one definition in the image
    SHARED = auto()  # the same definition in several units: generics, inline functions
    INTERNAL = auto()  # this unit's own


@dataclass(eq=False)
class Function:
    """A function. The first block is the entry. `locals` in order of release. `source_signature`: a
    CallableType, for the debugger."""

    symbol: str
    type: FunctionType
    parameters: list[Parameter]
    locals: list[Local] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    linkage: Linkage = Linkage.EXTERNAL
    span: Span | None = None
    source_name: str = ""  # as a traceback shows it: `Thread.run`
    source_signature: Type | None = None
    inline: bool = False
    noinline: bool = False
    cold: bool = False
    naked: bool = False
    interrupt: bool = False
    section: str | None = None
    export: bool = False  # C name and ABI
    defers_release: bool = False  # runs where nothing may be freed: releases are queued


@dataclass(eq=False)
class Global:
    """Static storage. `content`: pieces in order, bytes or (symbol, addend) of 8 bytes each; None:
    zeroed, `size` bytes."""

    symbol: str
    size: int
    align: int
    content: list[bytes | tuple[str, int]] | None = None
    constant: bool = False
    linkage: Linkage = Linkage.EXTERNAL
    section: str | None = None
    per_cpu: bool = False
    span: Span | None = None
    source_type: Type | None = None


@dataclass(eq=False)
class Unit:
    """One object file's worth of IR. `declared`: functions of other units that it names. A symbol
    that is neither defined nor declared here is a global of another unit."""

    name: str
    path: str
    functions: list[Function] = field(default_factory=list)
    globals: list[Global] = field(default_factory=list)
    declared: dict[str, FunctionType] = field(default_factory=dict)


def replace_operands(function: Function, replaced: dict[Value, Value]) -> None:
    """Make every instruction use, in place of each value that is a key, the value that it maps to."""
    for block in function.blocks:
        for each in block.instructions:
            replace_operands_of(each, replaced)


def replace_operands_of(each: Instruction, replaced: dict[Value, Value]) -> None:
    """Make one instruction do so."""
    for name in own_fields(type(each)):
        value = getattr(each, name)
        if isinstance(value, list):
            setattr(each, name, [_replacement(replaced, item) for item in value])
        elif isinstance(value, Value):
            setattr(each, name, _replacement(replaced, value))


def _replacement(replaced: dict[Value, Value], value: object) -> object:
    return replaced.get(value, value) if isinstance(value, Value) else value


def replace_successor(last: Terminator, old: Block, new: Block) -> None:
    """Let a block go on in `new` wherever it went on in `old`."""
    for name in own_fields(type(last)):
        value = getattr(last, name)
        if value is old:
            setattr(last, name, new)
        elif isinstance(last, Switch) and name == "cases":
            last.cases = [(number, new if block is old else block) for number, block in value]


def counted_leaves(value: Value, out: list[Instruction]) -> list[Value]:
    """Return the references in a value; what takes them out of an aggregate goes to `out`. What
    lives for ever holds none."""
    if isinstance(value, Constant | Symbol | Undefined):
        return []
    if not isinstance(value.type, AggregateType):
        return [value]
    leaves = []
    for index, type in enumerate(value.type.items):
        if is_counted(type):
            item = Extract(value, index, type=type, span=getattr(value, "span", None))
            out.append(item)
            leaves += counted_leaves(item, out)
    return leaves
