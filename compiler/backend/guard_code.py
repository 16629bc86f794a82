"""The native half of the guard: machine code that enters target code and comes back from anywhere.

A call into target code has a `Cell`: where to return to, and what happened. The cells of a thread
form a stack, since target code may call Python, which may call target code. `current` is the top.

    __pw_guarded   saves the registers that a caller expects to keep and the stack pointer in the
                   cell, makes it current, calls. Returns 0, or 1 if the call ended early.
    __pw_resume    takes the stack pointer back from the cell and leaves by the end of __pw_guarded;
                   whatever the target code had on the stack is forgotten.
    __pw_trap      a failed check: writes it into the cell and resumes.
    __pw_trace     notes one place that an exception passed; a null location starts a new trace.
    on_signal      a fault: writes it and the registers into the cell, and has the signal return to
                   __pw_resume. A fault of anybody else goes to the handler that was there before.
    on_alarm       the time limit: the same, but only when target code itself is at work. Inside a
                   Python function or a native one that may hold a lock, it waits for the next alarm.
    __pw_to_python calls a Python function (address in r11). Python's frames must not be skipped, so
                   an exception in it is left pending, and resumes when Python has returned.

Source: System V ABI, AMD64 Supplement, section 3.2 (registers, frames); Linux, sigaction(2).
"""

from __future__ import annotations

import ctypes
from enum import IntEnum

FRAMES = 64  # return addresses kept of a call that ended early
TRACES = 64  # places kept of an exception's way


class Ending(IntEnum):
    """How a call came back."""

    RETURN = 0
    TRAP = 1
    SIGNAL = 2
    TIME_LIMIT = 3
    PYTHON = 4  # an exception in a Python function that the target code called


class Cell(ctypes.Structure):
    """One call into target code. The machine code below knows the offsets."""

    _fields_ = (
        ("resume_rsp", ctypes.c_uint64),
        ("stack_low", ctypes.c_uint64),  # where the thread's stack ends
        ("previous", ctypes.c_void_p),  # cell of the call around this one
        ("ending", ctypes.c_uint32),  # Ending
        ("in_python", ctypes.c_uint32),  # the target code is waiting for a Python function
        ("pending", ctypes.c_uint32),  # Ending to take when Python has returned
        ("kind", ctypes.c_uint32),  # of a trap: TrapKind
        ("location", ctypes.c_uint64),
        ("a", ctypes.c_int64),
        ("b", ctypes.c_int64),
        ("signal", ctypes.c_uint32),
        ("code", ctypes.c_uint32),  # si_code
        ("address", ctypes.c_uint64),  # si_addr
        ("rip", ctypes.c_uint64),
        ("rsp", ctypes.c_uint64),
        ("frame_count", ctypes.c_uint64),
        ("frames", ctypes.c_uint64 * FRAMES),  # return addresses, innermost first
        ("trace_count", ctypes.c_uint64),  # may exceed TRACES: a ring, of which the last are kept
        ("trace", ctypes.c_uint64 * TRACES),
    )


class CodeRange(ctypes.Structure):
    """Addresses that hold target code; the table ends with an empty one."""

    _fields_ = (("start", ctypes.c_uint64), ("end", ctypes.c_uint64))


# Offsets in ucontext_t of x86-64 Linux: uc_mcontext.gregs starts at 40.
_GREGS = 40
_RDI, _RBP, _RSP, _RIP = (_GREGS + 8 * register for register in (8, 10, 15, 16))

_OFFSETS = {name: getattr(Cell, name).offset for name, _ in Cell._fields_}

TEXT = """
@current = internal thread_local(initialexec) global ptr null
@__pw_code_ranges = dso_local global ptr null
@__pw_old_actions = dso_local global [65 x [152 x i8]] zeroinitializer, align 16

; Inline assembly names these.
@llvm.compiler.used = appending global [2 x ptr] [ptr @current, ptr @walk], section "llvm.metadata"

declare dso_local i32 @sigaction(i32, ptr, ptr)
declare dso_local i32 @raise(i32)

define dso_local i32 @__pw_guarded(ptr %cell, ptr %function, ptr %arguments, ptr %results) naked {{
  call void asm sideeffect "
    pushq %rbp
    movq %rsp, %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    subq $$8, %rsp
    stmxcsr (%rsp)
    movq %rdi, %rbx
    movq %rsp, {resume_rsp}(%rdi)
    movq current@gottpoff(%rip), %r12
    movq %fs:(%r12), %rax
    movq %rax, {previous}(%rdi)
    movq %rdi, %fs:(%r12)
    movq %rsi, %rax
    movq %rdx, %rdi
    movq %rcx, %rsi
    callq *%rax
    xorl %eax, %eax
  .Lleave:
    movq current@gottpoff(%rip), %r12
    movq {previous}(%rbx), %rcx
    movq %rcx, %fs:(%r12)
    ldmxcsr (%rsp)
    addq $$8, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    retq
  .globl __pw_resume
  .hidden __pw_resume
  __pw_resume:
    movq {resume_rsp}(%rdi), %rsp
    movq %rdi, %rbx
    cld
    movl $$1, %eax
    jmp .Lleave
  ", ""()
  unreachable
}}

declare hidden void @__pw_resume(ptr) noreturn

define dso_local i64 @__pw_to_python() naked {{
  call void asm sideeffect "
    pushq %rbp
    movq %rsp, %rbp
    pushq %rbx
    pushq %r12
    movq current@gottpoff(%rip), %r12
    movq %fs:(%r12), %rbx
    testq %rbx, %rbx
    je 1f
    incl {in_python}(%rbx)
    callq *%r11
    decl {in_python}(%rbx)
    cmpl $$0, {pending}(%rbx)
    jne 2f
    popq %r12
    popq %rbx
    popq %rbp
    retq
  1:
    callq *%r11
    popq %r12
    popq %rbx
    popq %rbp
    retq
  2:
    movl {pending}(%rbx), %eax
    movl %eax, {ending}(%rbx)
    movq %rbx, %rdi
    movq %rsp, %rsi
    movq %rbp, %rdx
    callq walk
    movq %rbx, %rdi
    jmp __pw_resume
  ", ""()
  unreachable
}}

define dso_local void @__pw_trap(i32 %kind, ptr %location, i64 %a, i64 %b) noreturn {{
  %cell = load ptr, ptr @current
  %outside = icmp eq ptr %cell, null
  br i1 %outside, label %nobody, label %report
nobody:
  call void @llvm.trap()
  unreachable
report:
  %p.ending = getelementptr i8, ptr %cell, i64 {ending}
  store i32 {TRAP}, ptr %p.ending
  %p.kind = getelementptr i8, ptr %cell, i64 {kind}
  store i32 %kind, ptr %p.kind
  %p.location = getelementptr i8, ptr %cell, i64 {location}
  store ptr %location, ptr %p.location
  %p.a = getelementptr i8, ptr %cell, i64 {a}
  store i64 %a, ptr %p.a
  %p.b = getelementptr i8, ptr %cell, i64 {b}
  store i64 %b, ptr %p.b
  %frame = call ptr @llvm.frameaddress.p0(i32 0)
  call void @walk(ptr %cell, ptr %frame, ptr %frame)
  call void @__pw_resume(ptr %cell)
  unreachable
}}

define dso_local void @__pw_trace(ptr %location) {{
  %cell = load ptr, ptr @current
  %outside = icmp eq ptr %cell, null
  br i1 %outside, label %done, label %note
note:
  %p.count = getelementptr i8, ptr %cell, i64 {trace_count}
  %count = load i64, ptr %p.count
  %place = urem i64 %count, {TRACES}
  %trace = getelementptr i8, ptr %cell, i64 {trace}
  %p.place = getelementptr i64, ptr %trace, i64 %place
  store ptr %location, ptr %p.place
  %more = add i64 %count, 1
  %begins = icmp eq ptr %location, null
  %next = select i1 %begins, i64 0, i64 %more
  store i64 %next, ptr %p.count
  br label %done
done:
  ret void
}}

; Writes the return addresses of the frames between %bottom and the guard's own into the cell.
define internal void @walk(ptr %cell, ptr %bottom, ptr %frame) {{
entry:
  %p.count = getelementptr i8, ptr %cell, i64 {frame_count}
  %frames = getelementptr i8, ptr %cell, i64 {frames}
  %p.top = getelementptr i8, ptr %cell, i64 {resume_rsp}
  %top = load i64, ptr %p.top
  %low = ptrtoint ptr %bottom to i64
  %first = ptrtoint ptr %frame to i64
  %start = load i64, ptr %p.count
  br label %head
head:
  %count = phi i64 [ %start, %entry ], [ %more, %next ]
  %below = phi i64 [ %low, %entry ], [ %above, %next ]
  %at = phi i64 [ %first, %entry ], [ %outer, %next ]
  store i64 %count, ptr %p.count
  %room = icmp ult i64 %count, {FRAMES}
  %rises = icmp uge i64 %at, %below
  %inside = icmp ult i64 %at, %top
  %rest = and i64 %at, 7
  %aligned = icmp eq i64 %rest, 0
  %good.0 = and i1 %room, %rises
  %good.1 = and i1 %inside, %aligned
  %good = and i1 %good.0, %good.1
  br i1 %good, label %next, label %done
next:
  %here = inttoptr i64 %at to ptr
  %outer = load i64, ptr %here
  %p.return = getelementptr i8, ptr %here, i64 8
  %return = load i64, ptr %p.return
  %p.frame = getelementptr i64, ptr %frames, i64 %count
  store i64 %return, ptr %p.frame
  %more = add i64 %count, 1
  %above = add i64 %at, 16
  br label %head
done:
  ret void
}}

define dso_local void @__pw_on_signal(i32 %signal, ptr %info, ptr %context) {{
  %cell = load ptr, ptr @current
  %outside = icmp eq ptr %cell, null
  br i1 %outside, label %other, label %within
within:
  %p.in_python = getelementptr i8, ptr %cell, i64 {in_python}
  %in_python = load i32, ptr %p.in_python
  %pythons = icmp ne i32 %in_python, 0
  br i1 %pythons, label %other, label %ours
other:
  call void @pass_on(i32 %signal, ptr %info, ptr %context)
  ret void
ours:
  call void @leave(ptr %cell, i32 {SIGNAL}, i32 %signal, ptr %info, ptr %context)
  ret void
}}

define dso_local void @__pw_on_alarm(i32 %signal, ptr %info, ptr %context) {{
  %cell = load ptr, ptr @current
  %outside = icmp eq ptr %cell, null
  br i1 %outside, label %done, label %within
within:
  %p.in_python = getelementptr i8, ptr %cell, i64 {in_python}
  %in_python = load i32, ptr %p.in_python
  %pythons = icmp ne i32 %in_python, 0
  br i1 %pythons, label %wait, label %native
wait:
  %p.pending = getelementptr i8, ptr %cell, i64 {pending}
  store i32 {TIME_LIMIT}, ptr %p.pending
  ret void
native:
  %p.rip = getelementptr i8, ptr %context, i64 {_RIP}
  %rip = load i64, ptr %p.rip
  %is_target = call i1 @is_target_code(i64 %rip)
  br i1 %is_target, label %ours, label %done
ours:
  call void @leave(ptr %cell, i32 {TIME_LIMIT}, i32 %signal, ptr %info, ptr %context)
  ret void
done:
  ret void
}}

; Notes what happened and where, and has the signal return to __pw_resume(cell).
define internal void @leave(ptr %cell, i32 %ending, i32 %signal, ptr %info, ptr %context) {{
  %p.ending = getelementptr i8, ptr %cell, i64 {ending}
  store i32 %ending, ptr %p.ending
  %p.signal = getelementptr i8, ptr %cell, i64 {signal}
  store i32 %signal, ptr %p.signal
  %i.code = getelementptr i8, ptr %info, i64 8
  %code = load i32, ptr %i.code
  %p.code = getelementptr i8, ptr %cell, i64 {code}
  store i32 %code, ptr %p.code
  %i.address = getelementptr i8, ptr %info, i64 16
  %address = load i64, ptr %i.address
  %p.address = getelementptr i8, ptr %cell, i64 {address}
  store i64 %address, ptr %p.address

  %c.rip = getelementptr i8, ptr %context, i64 {_RIP}
  %rip = load i64, ptr %c.rip
  %p.rip = getelementptr i8, ptr %cell, i64 {rip}
  store i64 %rip, ptr %p.rip
  %c.rsp = getelementptr i8, ptr %context, i64 {_RSP}
  %rsp = load ptr, ptr %c.rsp
  %p.rsp = getelementptr i8, ptr %cell, i64 {rsp}
  store ptr %rsp, ptr %p.rsp
  %c.rbp = getelementptr i8, ptr %context, i64 {_RBP}
  %rbp = load ptr, ptr %c.rbp

  ; Only the stack that the call began on can be read for certain, and where it is used up the
  ; stack pointer is already below its end.
  %p.low = getelementptr i8, ptr %cell, i64 {stack_low}
  %low = load i64, ptr %p.low
  %p.top = getelementptr i8, ptr %cell, i64 {resume_rsp}
  %top = load i64, ptr %p.top
  %at = ptrtoint ptr %rsp to i64
  %above = icmp uge i64 %at, %low
  %bottom = select i1 %above, i64 %at, i64 %low
  %below = icmp ult i64 %at, %top
  %on_stack = and i1 %above, %below

  ; A call of a wild pointer has made no frame yet: its return address is on top of the stack.
  %known = call i1 @is_target_code(i64 %rip)
  %unknown = xor i1 %known, true
  %wild = and i1 %unknown, %on_stack
  br i1 %wild, label %caller, label %chain
caller:
  %return = load i64, ptr %rsp
  %frames = getelementptr i8, ptr %cell, i64 {frames}
  store i64 %return, ptr %frames
  %p.count = getelementptr i8, ptr %cell, i64 {frame_count}
  store i64 1, ptr %p.count
  br label %chain
chain:
  %bottom.p = inttoptr i64 %bottom to ptr
  call void @walk(ptr %cell, ptr %bottom.p, ptr %rbp)
  store ptr @__pw_resume, ptr %c.rip
  %c.rdi = getelementptr i8, ptr %context, i64 {_RDI}
  store ptr %cell, ptr %c.rdi
  ret void
}}

define internal i1 @is_target_code(i64 %rip) {{
entry:
  %table = load ptr, ptr @__pw_code_ranges
  %absent = icmp eq ptr %table, null
  br i1 %absent, label %no, label %head
head:
  %row = phi ptr [ %table, %entry ], [ %after, %next ]
  %start = load i64, ptr %row
  %p.end = getelementptr i8, ptr %row, i64 8
  %end = load i64, ptr %p.end
  %last = icmp eq i64 %end, 0
  br i1 %last, label %no, label %test
test:
  %above = icmp uge i64 %rip, %start
  %below = icmp ult i64 %rip, %end
  %found = and i1 %above, %below
  br i1 %found, label %yes, label %next
next:
  %after = getelementptr i8, ptr %row, i64 16
  br label %head
yes:
  ret i1 true
no:
  ret i1 false
}}

; Hands a signal that is not ours to whoever handled it before us.
define internal void @pass_on(i32 %signal, ptr %info, ptr %context) {{
  %old = getelementptr [152 x i8], ptr @__pw_old_actions, i32 %signal
  %handler = load ptr, ptr %old
  %ignored = call i32 @sigaction(i32 %signal, ptr %old, ptr null)
  %number = ptrtoint ptr %handler to i64
  %is_function = icmp ugt i64 %number, 1
  br i1 %is_function, label %call, label %default
call:
  call void %handler(i32 %signal, ptr %info, ptr %context)
  ret void
default:
  %raised = call i32 @raise(i32 %signal)
  ret void
}}

declare void @llvm.trap()
declare ptr @llvm.frameaddress.p0(i32)
"""


def text() -> str:
    """Return the machine code's source, LLVM IR for the target `jit`."""
    endings = {ending.name: int(ending) for ending in Ending}
    registers = {"_RDI": _RDI, "_RBP": _RBP, "_RSP": _RSP, "_RIP": _RIP}
    return TEXT.format(**_OFFSETS, **endings, **registers, FRAMES=FRAMES, TRACES=TRACES)
