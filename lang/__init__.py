"""The vocabulary of target code, importable under CPython.

The compiler knows these names itself. The stand-ins here let editors, linters and documentation tools
read the sources, let constants and `@comptime` functions be evaluated while compiling, with the
results that compiled code would compute, and let what needs no machine be tried at a prompt.

    integers, floats       numbers of a fixed width
    storage, layout        bytes with addresses, and how each type lies in them
    annotations            what the text of an annotation means
    places, pointers       values stored in place, and pointers to them
    arrays, structures     Array, Slice; struct, packed, union, Bits
    atomics, sharing       Atomic, Volatile; PerCpu, Rcu, Weak
    user_memory            UserPtr, UserSlice
    decorators             effects and declarations
    functions              CFunction, handled_class, symbol_address
    machine, embedding     asm and hints; files embedded while compiling
    formatting             Format

Target code imports from `lang` itself: `from lang import u64, Ptr, struct`.
"""

from __future__ import annotations

from lang.arrays import Array, Slice
from lang.atomics import Atomic, Order, Volatile, compiler_fence, fence
from lang.decorators import (
    cold,
    comptime,
    export,
    holds,
    inline,
    interrupt,
    irq_safe,
    naked,
    no_alloc,
    no_preempt,
    no_raise,
    no_sleep,
    noinline,
    over,
    section,
    sleeps,
    syscall,
    takes_interrupt_lock,
    takes_lock,
    virtual,
)
from lang.embedding import embed
from lang.floats import f32, f64, square_root
from lang.formatting import Format
from lang.functions import CFunction, handled_class, symbol_address
from lang.integers import (
    byte_swap,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    leading_zeros,
    popcount,
    rotate_left,
    rotate_right,
    trailing_zeros,
    truncate,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    wrapping_add,
    wrapping_mul,
    wrapping_neg,
    wrapping_shl,
    wrapping_sub,
)
from lang.machine import (
    asm,
    is_checked,
    prefetch,
    release_variables,
    spin_hint,
    unreachable,
)
from lang.places import alignof, bit_cast, copy, duplicate, sizeof, vacate, zeroed
from lang.pointers import Ptr, address_of, borrow, offsetof, owner, retain
from lang.sharing import PerCpu, Rcu, Weak
from lang.structures import Bits, packed, struct, union
from lang.user_memory import UserPtr, UserSlice

__all__ = [
    "Array",
    "Atomic",
    "Bits",
    "CFunction",
    "Format",
    "Order",
    "PerCpu",
    "Ptr",
    "Rcu",
    "Slice",
    "UserPtr",
    "UserSlice",
    "Volatile",
    "Weak",
    "address_of",
    "alignof",
    "asm",
    "bit_cast",
    "borrow",
    "byte_swap",
    "cold",
    "compiler_fence",
    "comptime",
    "copy",
    "duplicate",
    "embed",
    "export",
    "f32",
    "f64",
    "fence",
    "handled_class",
    "holds",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "inline",
    "interrupt",
    "irq_safe",
    "is_checked",
    "isize",
    "leading_zeros",
    "naked",
    "no_alloc",
    "no_preempt",
    "no_raise",
    "no_sleep",
    "noinline",
    "offsetof",
    "over",
    "owner",
    "packed",
    "popcount",
    "prefetch",
    "release_variables",
    "retain",
    "rotate_left",
    "rotate_right",
    "section",
    "sizeof",
    "sleeps",
    "spin_hint",
    "square_root",
    "struct",
    "symbol_address",
    "syscall",
    "takes_interrupt_lock",
    "takes_lock",
    "trailing_zeros",
    "truncate",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "union",
    "unreachable",
    "usize",
    "vacate",
    "virtual",
    "wrapping_add",
    "wrapping_mul",
    "wrapping_neg",
    "wrapping_shl",
    "wrapping_sub",
    "zeroed",
]
