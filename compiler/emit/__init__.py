"""Emit: the counted IR of one unit becomes LLVM IR as text.

Before: a unit that `raise` and `count` have been through. After: text that LLVM's verifier accepts.
The same unit gives the same bytes. Nothing here imports LLVM; what the target decides comes from
`compiler/backend/target.py`.

    unit.py       the module: header, globals, declarations, attribute groups, metadata
    function.py   one function: blocks and instructions
    memory.py     its loads, stores, atomics, block copies
    calls.py      its calls, returns, assembly
    machine.py    IR types as LLVM types; how results and exceptions share the return registers
    counting.py   retain and release
    debug.py      DWARF: functions, lines, variables and their types

Representation. An aggregate never becomes an LLVM aggregate: its scalars (*leaves*) are separate
values, in parameters and locals too, so that Make and Extract cost nothing. Only a return value,
and what LLVM's own intrinsics give, is a struct. REF and PTR are both `ptr`. An i1 is a byte in
memory, and any byte but 0 reads as True, so that a bad byte from outside is no undefined behaviour.
Locals are stack slots, which LLVM turns into registers.

Exceptions. A function that may raise returns the leaves of its result and then, as the last member,
the address of the exception's class, or null. The first leaf also carries the exception object
where it is an integer (passed as at least 64 bits) or a pointer; otherwise a pointer for the object
comes first. LLVM returns up to three integers in rax, rdx, rcx:

    None               {ptr object, ptr class}
    u8, u32, bool      {i64 value or object, ptr class}
    Ptr[T], a class    {ptr value or object, ptr class}
    Slice[T]           {ptr pointer or object, i64 length, ptr class}
    f64                {ptr object, double value, ptr class}

What the object or the value holds when the other is meant is undefined.

Per-CPU variables. Where the processor has a per-CPU area (kernel, module), the base of gs is such
that `gs:variable` is this processor's instance: the area's address minus `__percpu_start`. The
first word of the area holds that base, so that PerCpuBase is one load of `gs:__percpu_start`, and
base plus the address of a variable is the address of its instance. Elsewhere there is one instance,
the variable itself, and the base is 0.

Interrupt functions use LLVM's x86_intrcc: the first parameter is the address of the frame that the
processor pushed (40 bytes), the second, if any, the error code; all registers are kept and the
function ends in iretq.
"""

from compiler.emit.counting import Counting
from compiler.emit.unit import emit_unit

__all__ = ["Counting", "emit_unit"]
