"""Guard: calls target code in this process so that nothing it does ends the process.

A failed check, a wild pointer, a division that traps, an illegal instruction, a used-up stack and
an endless loop come back as Python exceptions (`failures.py`), after which the process goes on; so
does an exception in a Python function that the target code called. What the code had on its stack
is forgotten: locks that it held stay locked, memory that it took stays taken.

    guard = Guard.of_process(compile_text)
    library = guard.load(objects, {"clock": guard.callback(lambda: 42)})
    results = guard.call(library.address("double.thunk"), [21], result_words=1)

The emit pass gives every function that tests may call a thunk

    void NAME.thunk(u64 *arguments, u64 *results)

which loads the arguments, calls, and stores the results, each in a word of 64 bits. Addresses of
plain C functions of two pointers work as well.

Faults of anybody else in the process still reach whoever handled them before, such as Python's
`faulthandler`. The time limit counts the thread's processor time, so a loaded machine makes no
test fail. Each thread may have calls of its own under way.

The native half is `guard_code.py`.
"""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import ClassVar

from compiler.backend import failures, guard_code, jit, linux
from compiler.backend.failures import NativeFailure
from compiler.backend.frames import Frame
from compiler.backend.guard_code import Cell, CodeRange, Ending
from compiler.backend.jit import Import, JITLibrary
from compiler.backend.link import CompileText, LinkInput
from compiler.trap import TrapKind

DEFAULT_TIME_LIMIT_S = 10.0

FAULTS = tuple(failures.CRASHES)
ALARM = signal.SIGRTMAX - 2  # glibc keeps the first real-time signals, debuggers like the last

THUNK_SUFFIX = ".thunk"

_CLASS_NAME_OFFSET = 24  # in a TypeInfo (compiler/ir.py)
_MASK = (1 << 64) - 1
_NEAR_STACK = 128 << 10  # a fault this close to a stack pointer at the stack's end is an overflow


class Guard:
    """The guard of this process; get it from `of_process`."""

    _the_guard: ClassVar[Guard | None] = None

    def __init__(self, compile_text: CompileText) -> None:
        self.compile_text = cache(compile_text)  # the same few imports come again and again
        self.time_limit_s = DEFAULT_TIME_LIMIT_S
        self.libraries: list[JITLibrary] = []
        self.threads = threading.local()
        self.code_ranges: ctypes.Array[CodeRange] | None = None  # what the alarm handler reads

        native = {name: Import(linux.libc_address(name)) for name in ("sigaction", "raise")}
        code = self.compile_text("guard", guard_code.text())
        self.code = jit.load([code], native, self.compile_text)
        self._guarded = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_void_p] * 4)(
            self.code.address("__pw_guarded")
        )
        self._install_handlers()
        os.register_at_fork(after_in_child=self._forget_threads)

    @classmethod
    def of_process(cls, compile_text: CompileText) -> Guard:
        """Return the guard, which the first call makes with the help of `compile_text`."""
        if cls._the_guard is None:
            cls._the_guard = cls(compile_text)
        return cls._the_guard

    def load(self, objects: Sequence[LinkInput], imports: Mapping[str, Import]) -> JITLibrary:
        """Load objects that may fail checks and call `imports`.

        Raises:
            LinkFailure: a symbol is neither defined nor imported.
        """
        own = {name: Import(self.code.address(name)) for name in ("__pw_trap", "__pw_trace")}
        return self.adopt(jit.load(objects, {**own, **imports}, self.compile_text))

    def adopt(self, library: JITLibrary) -> JITLibrary:
        """Know a library's code for target code."""
        self.libraries.append(library)
        ranges = [each for known in self.libraries for each in known.code]
        table = (CodeRange * (len(ranges) + 1))()
        for row, each in zip(table, ranges):
            row.start, row.end = each.start, each.stop
        ctypes.c_void_p.from_address(
            self.code.address("__pw_code_ranges")
        ).value = ctypes.addressof(table)
        self.code_ranges = table
        return library

    def callback(
        self,
        function: Callable[..., int | None],
        parameters: Sequence[type] = (),
        result: type | None = ctypes.c_uint64,
    ) -> Import:
        """Make a Python function callable from target code.

        Parameters and result are ctypes integers or pointers, at most six parameters. An exception
        in it ends the guarded call that led to it, whose caller gets the exception.
        """
        if len(parameters) > 6:
            raise ValueError("a Python function is called with at most six arguments")

        def call(*arguments: int) -> int | None:
            try:
                return function(*arguments)
            except BaseException as error:
                thread = self._thread()
                if not thread.depth:
                    raise
                thread.leave_by(error)
                return None if result is None else 0

        native = ctypes.CFUNCTYPE(result, *parameters)(call)
        address = ctypes.cast(native, ctypes.c_void_p).value
        return Import(address, self.code.address("__pw_to_python"), owner=native)

    def call(self, address: int, arguments: Sequence[int], result_words: int = 1) -> list[int]:
        """Call a thunk and return the words that it stored.

        Raises:
            NativeFailure: a check failed, the processor refused, or the time limit was exceeded.
            Exception: whatever a Python function raised that the code called.
        """
        words = (ctypes.c_uint64 * max(len(arguments), 1))(*(each & _MASK for each in arguments))
        results = (ctypes.c_uint64 * max(result_words, 1))()
        thread = self._thread()
        cell = thread.enter(self.time_limit_s)
        try:
            ended_early = self._guarded(ctypes.addressof(cell), address, words, results)
        finally:
            thread.leave()
        if ended_early:
            raise self._failure(thread, cell)
        return results[:result_words]

    def trace(self) -> list[Frame]:
        """Return the way of the last exception through this thread's last call, raise first."""
        cell = self._thread().cells[self._thread().depth]
        kept = range(max(0, cell.trace_count - guard_code.TRACES), cell.trace_count)
        return [read_location(cell.trace[place % guard_code.TRACES]) for place in kept]

    def frames_at(self, address: int) -> list[Frame]:
        """Return the frames, inlined ones included, that an address in target code stands for."""
        for library in self.libraries:
            if any(address in code for code in library.code):
                return library.frames_at(address)
        return []

    def _failure(self, thread: _Thread, cell: Cell) -> BaseException:
        match Ending(cell.ending):
            case Ending.PYTHON:
                return thread.take_error()
            case Ending.TIME_LIMIT:
                frames = self._frames(cell, is_fault=True)
                return failures.TimeLimitExceeded(
                    f"still at work after {self.time_limit_s:g} s of processor time", frames
                )
            case Ending.TRAP:
                return self._failed_check(cell)
            case _:
                return self._crash(thread, cell)

    def _failed_check(self, cell: Cell) -> NativeFailure:
        kind = TrapKind(cell.kind)
        text = linux.read_memory(cell.a, cell.b) if kind is TrapKind.EXPECTATION else b""
        message = kind.message.format(a=cell.a, b=cell.b, text=text.decode(errors="replace"))
        if kind is TrapKind.UNCAUGHT and (name := class_name(cell.a)):
            message += f": {name}"
        frames = self._frames(cell, is_fault=False)
        here = read_location(cell.location) if cell.location else None
        if here is not None and (not frames or frames[-1].line != here.line):
            frames = [*frames[:-1], here]
        return failures.failed_check(kind)(message, frames)

    def _crash(self, thread: _Thread, cell: Cell) -> NativeFailure:
        number = signal.Signals(cell.signal)
        frames = self._frames(cell, is_fault=True)
        near = abs(cell.address - cell.rsp) < _NEAR_STACK
        if number == signal.SIGSEGV and near and cell.rsp < thread.stack_low + 2 * _NEAR_STACK:
            return failures.StackOverflow("the stack is used up", frames)
        message = _CRASH_MESSAGES[number].format(address=cell.address, rip=cell.rip)
        if number == signal.SIGSEGV and cell.code == linux.SI_KERNEL:
            message = "an address that cannot exist, or an instruction that only a kernel may use"
        return failures.CRASHES[number](message, frames)

    def _frames(self, cell: Cell, *, is_fault: bool) -> list[Frame]:
        """Return the target's frames, outermost first."""
        found = self.frames_at(cell.rip) if is_fault else []
        for address in cell.frames[: cell.frame_count]:
            found += self.frames_at(address - 1)  # of the call, not of what follows it
        if len(found) > 1 and found[-1].function.endswith(THUNK_SUFFIX):
            found.pop()  # nobody wrote it
        return found[::-1]

    def _install_handlers(self) -> None:
        old_actions = self.code.address("__pw_old_actions")
        for number in FAULTS:
            old = old_actions + number * linux.SIGACTION_SIZE
            linux.handle_signal(number, self.code.address("__pw_on_signal"), old_action=old)
        linux.handle_signal(ALARM, self.code.address("__pw_on_alarm"))

    def _thread(self) -> _Thread:
        try:
            return self.threads.state
        except AttributeError:
            self.threads.state = _Thread()
            return self.threads.state

    def _forget_threads(self) -> None:
        self.threads = threading.local()  # a child of fork has none of the timers


class _Thread:
    """What a thread needs to make guarded calls."""

    def __init__(self) -> None:
        self.depth = 0  # calls under way, one inside the other
        self.cells = [Cell()]  # one for each depth that was ever reached, and one more
        self.errors: dict[int, BaseException] = {}  # by depth: what Python raised in a call
        self.stack_low = linux.stack_low()
        self.timer = linux.ThreadTimer(ALARM)
        self.signal_stack = linux.SignalStack()

    def enter(self, time_limit_s: float) -> Cell:
        """Begin a call: return its cell, and start the clock for the outermost one."""
        cell = self.cells[self.depth]
        self.depth += 1
        if self.depth == len(self.cells):
            self.cells.append(Cell())
        ctypes.memset(ctypes.addressof(cell), 0, Cell.frames.offset)
        cell.trace_count = 0
        cell.stack_low = self.stack_low
        if self.depth == 1:
            self.timer.start(time_limit_s)
        return cell

    def leave(self) -> None:
        self.depth -= 1
        if self.depth == 0:
            self.timer.stop()

    def leave_by(self, error: BaseException) -> None:
        """Have the innermost call end with an exception as soon as Python returns to it."""
        cell = self.cells[self.depth - 1]
        self.errors[self.depth - 1] = error
        cell.pending = Ending.PYTHON

    def take_error(self) -> BaseException:
        """Return the exception that the call which just ended was left by."""
        return self.errors.pop(self.depth)


_CRASH_MESSAGES = {
    signal.SIGSEGV: "no access to address {address:#x}",
    signal.SIGBUS: "no memory behind address {address:#x}",
    signal.SIGFPE: "a division at {rip:#x} cannot be done",
    signal.SIGILL: "the instruction at {rip:#x} cannot be executed",
    signal.SIGTRAP: "a breakpoint at {rip:#x}",
    signal.SIGABRT: "a library function called abort()",
}


def read_location(address: int) -> Frame:
    """Read a place in the source as the emit pass lays it out: file, function, line, column."""
    location = linux.read_memory(address, 24)
    file, function = (int.from_bytes(location[at : at + 8], "little") for at in (0, 8))
    line = int.from_bytes(location[16:20], "little")
    return Frame(linux.read_string(function), linux.read_string(file), line)


def class_name(type_info: int) -> str:
    """Return the name of the class that a TypeInfo in memory describes; empty if there is none."""
    pointer = linux.read_memory(type_info + _CLASS_NAME_OFFSET, 8)
    return linux.read_string(int.from_bytes(pointer, "little"))
