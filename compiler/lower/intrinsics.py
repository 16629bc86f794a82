"""Words of lang that are one machine operation, and inline assembly.

Atomics and device registers are places whose operations are instructions of the IR. A per-CPU
variable is reached through gs by its own address; memory of a program only through hooks of the
kernel, which say whether the addresses were good.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import (
    I1,
    I8,
    I64,
    PTR,
    REF,
    VOID,
    WEAK,
    Cast,
    Constant,
    FunctionType,
    Op,
    Order,
    Predicate,
    Symbol,
    Value,
)
from compiler.layout import layout_of
from compiler.lower import errors, memory, places
from compiler.lower.expressions import equal_views
from compiler.lower.formats import write_format
from compiler.lower.function import builder_of, none_value, value_of
from compiler.lower.objects import drop_at
from compiler.lower.representation import SLICE, holds_references, is_place, machine_type
from compiler.source import CompileError
from compiler.types import NONE, SliceType, Type

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

Lowered = Callable[["FunctionLowering", tree.Intrinsic], Value]

COPY_FROM_USER = FunctionType((PTR, I64, I64), I1, may_raise=False)
COPY_TO_USER = FunctionType((I64, PTR, I64), I1, may_raise=False)
RCU_STORE = FunctionType((PTR, PTR), VOID, may_raise=False)
BAD_ADDRESS = "core.errors.BadAddress"


@value_of(tree.Intrinsic)
def lower_intrinsic(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    return _LOWERED[node.name](f, node)


# Integers and the processor ------------------------------------------------------------------


def _machine_operation(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    """One instruction whose result has the type of its first operand."""
    values = [f.value(each) for each in node.arguments]
    held = values[0].type
    values[1:] = [f.resize(each, held, signed=False) for each in values[1:]]
    result = f.add(ir.Intrinsic(node.name, values, type=held))
    return f.resize(result, machine_type(node.type), signed=False)


def _hint(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    f.add(ir.Intrinsic(node.name, [f.value(each) for each in node.arguments]))
    return none_value()


def _fence(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    f.add(ir.Fence(Order(node.order), compiler_only=node.name == "compiler_fence"))
    return none_value()


def _unreachable(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    if f.options.checked:
        f.check(Constant(I1, False), "UNREACHABLE")
    f.add(ir.Unreachable())
    return none_value()


def _is_checked(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    return Constant(I1, f.options.checked)


def _release_variables(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    for each in node.arguments:
        if holds_references(each.type):
            drop_at(f, _variable_symbol(each), each.type)
    return none_value()


def _symbol_address(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    (name,) = node.arguments
    assert isinstance(name, tree.StringLiteral)
    return f.convert(Cast.POINTER_TO_INT, Symbol(PTR, name.value), I64)


def _handled_class(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    return f.handled[-1].exception_class


# Atomics and device registers ----------------------------------------------------------------


def _atomic_load(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    address = f.address(node.arguments[0])
    return f.load(address, machine_type(node.type), order=Order(node.order))


def _atomic_store(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    address = f.address(node.arguments[0])
    value = f.value(node.arguments[1])
    f.store(address, value, order=Order(node.order))
    return none_value()


def _atomic_update(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    address = f.address(node.arguments[0])
    value = f.value(node.arguments[1])
    op = node.name.removeprefix("fetch_")
    return f.add(ir.AtomicUpdate(op, address, value, Order(node.order), type=value.type))


def _compare_exchange(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    address = f.address(node.arguments[0])
    expected = f.value(node.arguments[1])
    new = f.value(node.arguments[2])
    return f.add(ir.CompareExchange(address, expected, new, Order(node.order), type=new.type))


def _volatile_load(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    place = f.place(node.arguments[0])
    return f.load(place.address, machine_type(node.type), volatile=True)


def _volatile_store(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    place = f.place(node.arguments[0])
    f.store(place.address, f.value(node.arguments[1]), volatile=True)
    return none_value()


def _wrap(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    """A fresh Atomic, Volatile or Rcu, in a temporary."""
    local = f.temporary(node.type)
    address = f.local_address(local)
    _build_intrinsic(f, node, address)
    return address


@builder_of(tree.Intrinsic)
def _build_intrinsic(f: FunctionLowering, node: tree.Intrinsic, target: Value) -> None:
    """The fresh places among the words: `wrap`, and `user_read` of a struct."""
    if node.name == "wrap":
        places.initialise(f, target, node.arguments[0].type, node.arguments[0])
    else:
        f.copy_memory(target, _user_read(f, node), layout_of(node.type))


# Per-CPU variables ---------------------------------------------------------------------------


def _variable_symbol(node: tree.Expression) -> Symbol:
    assert isinstance(node, tree.VariableRef)
    return Symbol(PTR, node.variable.symbol)


def _per_cpu_load(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    return f.load(_variable_symbol(node.arguments[0]), machine_type(node.type), per_cpu=True)


def _per_cpu_store(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    f.store(_variable_symbol(node.arguments[0]), f.value(node.arguments[1]), per_cpu=True)
    return none_value()


def _per_cpu_add(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    value = f.value(node.arguments[1])
    symbol = _variable_symbol(node.arguments[0])
    order = Order.RELAXED
    f.add(ir.AtomicUpdate("add", symbol, value, order, per_cpu=True, type=value.type))
    return none_value()


def _per_cpu_here(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    return _instance(f, node.arguments[0], f.add(ir.PerCpuBase(type=PTR)))


def _per_cpu_at(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    """The instance in the area that starts at an address; 0 where there are no areas."""
    start = f.convert(Cast.POINTER_TO_INT, f.add(ir.PerCpuStart(type=PTR)), I64)
    base = f.binary(Op.SUB, f.value(node.arguments[1]), start)
    return _instance(f, node.arguments[0], f.convert(Cast.INT_TO_POINTER, base, PTR))


def _instance(f: FunctionLowering, variable: tree.Expression, base: Value) -> Value:
    """Return the address of an instance; `base` is what PerCpuBase gives on its processor."""
    symbol = _variable_symbol(variable)
    return f.index(base, f.convert(Cast.POINTER_TO_INT, symbol, I64), 1)


# Rcu and Weak --------------------------------------------------------------------------------


def _rcu_load(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    """Borrow: the read section around keeps the object, so that nothing is counted."""
    loaded = f.load(f.address(node.arguments[0]), PTR, order=Order.ACQUIRE)
    return f.convert(Cast.ASSUME, loaded, REF) if machine_type(node.type) is REF else loaded


def _rcu_store(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    place = f.address(node.arguments[0])
    value = f.value(node.arguments[1])
    if value.type is REF:
        value = f.convert(Cast.BORROW, value, PTR)
    f.unit.declare("__pw_rcu_store", RCU_STORE)
    f.call(Symbol(PTR, "__pw_rcu_store"), RCU_STORE, [place, value])
    return none_value()


def _weak_new(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    return f.convert(Cast.WEAKEN, f.value(node.arguments[0]), WEAK)


def _weak_get(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    return f.convert(Cast.UPGRADE, f.value(node.arguments[0]), REF)


# Memory of a program -------------------------------------------------------------------------


def _user_pointer(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    return f.convert(Cast.INT_TO_POINTER, f.value(node.arguments[0]), PTR)


def _user_slice(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    pointer = f.convert(Cast.INT_TO_POINTER, f.value(node.arguments[0]), PTR)
    return f.make(SLICE, pointer, f.value(node.arguments[1]))


def _user_address(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    value = f.value(node.arguments[0])
    pointer = f.extract(value, 0) if value.type is SLICE else value
    return f.convert(Cast.POINTER_TO_INT, pointer, I64)


def _user_read(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    """Copy the value into a temporary first: nothing of it is used before all of it is there."""
    source = _user_address(f, node)
    address = f.local_address(f.temporary(node.type, "copied"))
    copy_from_user(f, address, source, Constant(I64, layout_of(node.type).size))
    return address if is_place(node.type) else f.load(address, machine_type(node.type))


def copy_from_user(f: FunctionLowering, target: Value, source: Value, size: Value) -> None:
    """Copy from a program's memory, or raise BadAddress."""
    f.unit.declare("__pw_copy_from_user", COPY_FROM_USER)
    hook = Symbol(PTR, "__pw_copy_from_user")
    _raise_unless(f, f.call(hook, COPY_FROM_USER, [target, source, size]))


def _user_write(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    target = _user_address(f, node)
    value = node.arguments[1]
    if is_place(value.type):
        source = f.address(value)
    else:
        source = f.local_address(f.temporary(value.type, "copied"))
        f.store(source, f.value(value))
    _copy_to_user(f, target, source, Constant(I64, layout_of(value.type).size))
    return none_value()


def _copy_to_user(f: FunctionLowering, target: Value, source: Value, size: Value) -> None:
    f.unit.declare("__pw_copy_to_user", COPY_TO_USER)
    hook = Symbol(PTR, "__pw_copy_to_user")
    _raise_unless(f, f.call(hook, COPY_TO_USER, [target, source, size]))


def _raise_unless(f: FunctionLowering, copied: Value) -> None:
    good, bad = f.new_blocks("good", "bad")
    f.branch_if(copied, good, bad, likely=True)
    f.start(bad)
    errors.raise_class(f, BAD_ADDRESS)
    f.start(good)


def _user_copy(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    """`copy_out(into)` and `copy_in(data)`: as many elements as both have."""
    user = f.value(node.arguments[0])
    own = f.value(node.arguments[1])
    length = f.extract(own, 1)
    f.check(
        f.compare(Predicate.EQ, f.extract(user, 1), length), "LENGTH", f.extract(user, 1), length
    )
    address = f.convert(Cast.POINTER_TO_INT, f.extract(user, 0), I64)
    size = _size_of(f, node.arguments[1].type, length)
    if node.name == "user_copy_out":
        copy_from_user(f, f.extract(own, 0), address, size)
    else:
        _copy_to_user(f, address, f.extract(own, 0), size)
    return none_value()


# Slices --------------------------------------------------------------------------------------


def _size_of(f: FunctionLowering, view: Type, length: Value) -> Value:
    """Return how many bytes the elements of a view take."""
    stride = layout_of(memory.element_of(view)).size
    return f.binary(Op.MUL, length, Constant(I64, stride), signed_fits=True, fits=True)


def _slice_pointer(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    return f.extract(f.value(node.arguments[0]), 0)


def _slice_equal(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    left, right = node.arguments
    return equal_views(f, memory.view_of(f, left), memory.view_of(f, right), left.type)


def _slice_copy_from(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    """`s.copy_from(t)`: equal lengths; they may overlap."""
    target, source = (memory.view_of(f, each) for each in node.arguments)
    element = memory.element_of(node.arguments[0].type)
    if holds_references(element):
        raise CompileError(
            node.span, f"copying elements of type `{element}` counts each", "copy them in a loop"
        )
    is_equal = f.compare(Predicate.EQ, target[1], source[1])
    f.check(is_equal, "LENGTH", target[1], source[1])
    size = _size_of(f, node.arguments[0].type, target[1])
    align = layout_of(element).align
    f.add(ir.MemoryCopy(target[0], source[0], size, overlap=True, align=align))
    return none_value()


def _slice_fill(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    """`s.fill(v)`: bytes, and zeros of any width, are one fill; else a loop over the elements."""
    pointer, length = memory.view_of(f, node.arguments[0])
    element = memory.element_of(node.arguments[0].type)
    layout = layout_of(element)
    if is_place(element):
        _fill_with_copies(f, node, pointer, length)
        return none_value()
    value = f.value(node.arguments[1])
    is_zero = isinstance(value, Constant) and value.value == 0 and not ir.is_counted(value.type)
    if is_zero or layout.size == 1 and value.type is I8:
        byte = Constant(I8, 0) if is_zero else value
        size = _size_of(f, SliceType(element), length)
        f.add(ir.MemoryFill(pointer, byte, size, align=layout.align))
        return none_value()

    def store(address: Value) -> None:
        f.store(address, value)

    _for_each_address(f, pointer, length, layout.size, store)
    return none_value()


def _fill_with_copies(
    f: FunctionLowering, node: tree.Intrinsic, pointer: Value, length: Value
) -> None:
    element = memory.element_of(node.arguments[0].type)
    if holds_references(element):
        raise CompileError(
            node.span, f"copying a `{element}` counts its references", "copy it in a loop"
        )
    source = f.address(node.arguments[1])
    layout = layout_of(element)
    _for_each_address(
        f, pointer, length, layout.size, lambda address: f.copy_memory(address, source, layout)
    )


def _for_each_address(
    f: FunctionLowering, pointer: Value, length: Value, stride: int, act: Callable[[Value], None]
) -> None:
    """Do something at each element.

    before:  index = 0; br head
    head:    br index < length, each, done
    each:    act; index += 1; br head
    done:
    """
    index = f.new_local("index", I64)
    head, each, done = f.new_blocks("fill", "each", "filled")
    f.set(index, Constant(I64, 0))
    f.continue_at(head)
    f.branch_if(f.compare(Predicate.ULT, f.get(index), length), each, done)
    f.start(each)
    act(f.index(pointer, f.get(index), stride))
    one = Constant(I64, 1)
    f.set(index, f.binary(Op.ADD, f.get(index), one, signed_fits=True, fits=True))
    f.jump(head)
    f.start(done)


def _vacate(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    (place,) = node.arguments
    if holds_references(place.type):
        drop_at(f, f.address(place), place.type)
    return none_value()


# Assembly ------------------------------------------------------------------------------------


@value_of(tree.Assembly)
def lower_assembly(f: FunctionLowering, node: tree.Assembly) -> Value:
    """Inline assembly: the constraints of outputs, inputs and clobbers in one string, as LLVM
    wants them. The flags are always clobbered."""
    values = [f.value(value) for _, value in node.inputs]
    constraints = [constraint for constraint, _ in node.outputs]
    constraints += [constraint for constraint, _ in node.inputs]
    clobbers = dict.fromkeys([*node.clobbers, "dirflag", "fpsr", "flags"])
    constraints += [f"~{{{name}}}" for name in clobbers]
    results = [machine_type(type) for _, type in node.outputs]
    type = VOID if not results else results[0] if len(results) == 1 else ir.aggregate(*results)
    result = f.add(ir.Assembly(node.template, ",".join(constraints), values, type=type))
    return none_value() if node.type is NONE else result


def _square_root(f: FunctionLowering, node: tree.Intrinsic) -> Value:
    value = f.value(node.arguments[0])
    return f.add(ir.Intrinsic("sqrt", [value], type=value.type))


_LOWERED: dict[str, Lowered] = {
    **dict.fromkeys(
        (
            "rotate_left",
            "rotate_right",
            "leading_zeros",
            "trailing_zeros",
            "popcount",
            "byte_swap",
        ),
        _machine_operation,
    ),
    "square_root": _square_root,
    "prefetch": _hint,
    "spin_hint": _hint,
    "is_checked": _is_checked,
    "release_variables": _release_variables,
    "fence": _fence,
    "compiler_fence": _fence,
    "unreachable": _unreachable,
    "symbol_address": _symbol_address,
    "handled_class": _handled_class,
    "wrap": _wrap,
    "load": _atomic_load,
    "store": _atomic_store,
    **dict.fromkeys(
        ("swap", "fetch_add", "fetch_sub", "fetch_and", "fetch_or", "fetch_xor"), _atomic_update
    ),
    "compare_exchange": _compare_exchange,
    "volatile_load": _volatile_load,
    "volatile_store": _volatile_store,
    "percpu_load": _per_cpu_load,
    "percpu_store": _per_cpu_store,
    "percpu_add": _per_cpu_add,
    "percpu_here": _per_cpu_here,
    "percpu_at": _per_cpu_at,
    "rcu_load": _rcu_load,
    "rcu_store": _rcu_store,
    "weak_new": _weak_new,
    "weak_get": _weak_get,
    "user_pointer": _user_pointer,
    "user_slice": _user_slice,
    "user_address": _user_address,
    "user_read": _user_read,
    "user_write": _user_write,
    "user_copy_out": _user_copy,
    "user_copy_in": _user_copy,
    "slice_pointer": _slice_pointer,
    "slice_fill": _slice_fill,
    "slice_copy_from": _slice_copy_from,
    "slice_equal": _slice_equal,
    "write_format": write_format,
    "vacate": _vacate,
}
