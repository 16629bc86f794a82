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

Source: Linux, sigaltstack(2), timer_create(2); the native half is `guard_code.py`.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import ClassVar

from compiler.backend import failures, guard_code, jit
from compiler.backend.failures import NativeFailure
from compiler.backend.frames import Frame
from compiler.backend.guard_code import Cell, CodeRange, Ending
from compiler.backend.jit import Import, JITLibrary
from compiler.backend.link import CompileText, LinkInput
from compiler.trap import TrapKind

DEFAULT_TIME_LIMIT_S = 10.0

FAULTS = tuple(failures.CRASHES)
ALARM = signal.SIGRTMAX - 2  # glibc keeps the first real-time signals, debuggers like the last

_MASK = (1 << 64) - 1
_SIGNAL_STACK_SIZE = 256 << 10
_NEAR_STACK = 128 << 10  # a fault this close to a stack pointer at the stack's end is an overflow

_libc = ctypes.CDLL(None, use_errno=True)
_signal_stacks: list[mmap.mmap] = []

SA_SIGINFO = 4
SA_ONSTACK = 0x0800_0000
SA_RESTART = 0x1000_0000
SI_KERNEL = 0x80  # a general protection fault: the processor does not tell the address
SIGEV_THREAD_ID = 4
SYS_TIMER_CREATE = 222
SYS_TIMER_SETTIME = 223
SYS_TIMER_DELETE = 226
CLOCK_THREAD_CPUTIME_ID = 3


class _SigAction(ctypes.Structure):
    _fields_ = (
        ("handler", ctypes.c_void_p),
        ("mask", ctypes.c_uint8 * 128),
        ("flags", ctypes.c_int),
        ("restorer", ctypes.c_void_p),
    )


class _SigStack(ctypes.Structure):
    _fields_ = (("sp", ctypes.c_void_p), ("flags", ctypes.c_int), ("size", ctypes.c_size_t))


class _SigEvent(ctypes.Structure):
    _fields_ = (
        ("value", ctypes.c_void_p),
        ("signal", ctypes.c_int),
        ("notify", ctypes.c_int),
        ("thread_id", ctypes.c_int),
        ("rest", ctypes.c_uint8 * 44),
    )


class _TimerSpec(ctypes.Structure):
    """Seconds and nanoseconds of the interval, then of the first expiry."""

    _fields_ = (("interval", ctypes.c_long * 2), ("value", ctypes.c_long * 2))


class Guard:
    """The guard of this process; get it from `of_process`."""

    _the_guard: ClassVar[Guard | None] = None

    def __init__(self, compile_text: CompileText) -> None:
        self.compile_text = cache(compile_text)  # the same few imports come again and again
        self.time_limit_s = DEFAULT_TIME_LIMIT_S
        self.libraries: list[JITLibrary] = []
        self.threads = threading.local()
        self.code_ranges: ctypes.Array[CodeRange] | None = None  # what the alarm handler reads

        native = {name: Import(_address_of(name)) for name in ("sigaction", "raise")}
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
        message = kind.message.format(a=cell.a, b=cell.b)
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
        if number == signal.SIGSEGV and cell.code == SI_KERNEL:
            message = "an address that cannot exist, or an instruction that only a kernel may use"
        return failures.CRASHES[number](message, frames)

    def _frames(self, cell: Cell, *, is_fault: bool) -> list[Frame]:
        """Return the target's frames, outermost first."""
        found = self.frames_at(cell.rip) if is_fault else []
        for address in cell.frames[: cell.frame_count]:
            found += self.frames_at(address - 1)  # of the call, not of what follows it
        return found[::-1]

    def _install_handlers(self) -> None:
        old_actions = self.code.address("__pw_old_actions")
        for number in FAULTS:
            old = old_actions + number * ctypes.sizeof(_SigAction)
            self._install(number, "__pw_on_signal", SA_ONSTACK, old)
        self._install(ALARM, "__pw_on_alarm", SA_ONSTACK | SA_RESTART, None)

    def _install(self, number: int, handler: str, flags: int, old: int | None) -> None:
        action = _SigAction(handler=self.code.address(handler), flags=flags | SA_SIGINFO)
        _check(_libc.sigaction(number, ctypes.byref(action), ctypes.c_void_p(old)))

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
        self.stack_low = _stack_low()
        self.timer = _create_timer()
        _use_signal_stack()

    def __del__(self) -> None:
        _libc.syscall(SYS_TIMER_DELETE, self.timer)

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
            self._set_timer(_after(time_limit_s))
        return cell

    def leave(self) -> None:
        self.depth -= 1
        if self.depth == 0:
            self._set_timer(_NEVER)

    def leave_by(self, error: BaseException) -> None:
        """Have the innermost call end with an exception as soon as Python returns to it."""
        cell = self.cells[self.depth - 1]
        self.errors[self.depth - 1] = error
        cell.pending = Ending.PYTHON

    def take_error(self) -> BaseException:
        """Return the exception that the call which just ended was left by."""
        return self.errors.pop(self.depth)

    def _set_timer(self, spec: _TimerSpec) -> None:
        _check(_timer_settime(SYS_TIMER_SETTIME, self.timer, 0, ctypes.addressof(spec), None))


@cache
def _after(seconds: float) -> _TimerSpec:
    """Expire after so much time, and again every 10 ms until the handler can act."""
    spec = _TimerSpec()
    spec.value[:] = int(seconds), int(seconds % 1 * 1e9)
    spec.interval[:] = 0, 10_000_000
    return spec


_NEVER = _TimerSpec()
_timer_settime = ctypes.CDLL(None, use_errno=True).syscall  # with declared types: called often
_timer_settime.argtypes = (ctypes.c_long, ctypes.c_long, *[ctypes.c_void_p] * 3)

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
    location = read_memory(address, 24)
    file, function = (int.from_bytes(location[at : at + 8], "little") for at in (0, 8))
    line = int.from_bytes(location[16:20], "little")
    return Frame(read_string(function), read_string(file), line)


def read_string(address: int, limit: int = 4096) -> str:
    """Read a NUL-terminated string out of this process; what cannot be read is left out."""
    text = b""
    while b"\0" not in text and len(text) < limit:
        room = 256 - (address + len(text)) % 256  # never across a page's end for nothing
        more = read_memory(address + len(text), room)
        if not more:
            break
        text += more
    return text.partition(b"\0")[0].decode(errors="replace")


def read_memory(address: int, size: int) -> bytes:
    """Read this process's memory; empty if the address holds nothing."""
    with open("/proc/self/mem", "rb", buffering=0) as memory:
        try:
            memory.seek(address)
            return memory.read(size)
        except (OSError, OverflowError, ValueError):
            return b""


def _address_of(name: str) -> int:
    return ctypes.cast(getattr(_libc, name), ctypes.c_void_p).value


def _check(result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _stack_low() -> int:
    """Return where this thread's stack ends (pthread_getattr_np(3))."""
    attributes = (ctypes.c_uint8 * 64)()
    low, size = ctypes.c_void_p(), ctypes.c_size_t()
    _libc.pthread_self.restype = ctypes.c_void_p
    _libc.pthread_getattr_np(ctypes.c_void_p(_libc.pthread_self()), attributes)
    _libc.pthread_attr_getstack(attributes, ctypes.byref(low), ctypes.byref(size))
    _libc.pthread_attr_destroy(attributes)
    return low.value or 0


def _use_signal_stack() -> None:
    """Give this thread a stack to handle a used-up stack on; it stays to the end of the process."""
    memory = mmap.mmap(-1, _SIGNAL_STACK_SIZE)
    _signal_stacks.append(memory)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    stack = _SigStack(sp=address, size=_SIGNAL_STACK_SIZE)
    _check(_libc.sigaltstack(ctypes.byref(stack), None))


def _create_timer() -> int:
    """Make a timer over this thread's processor time that signals this thread."""
    event = _SigEvent(signal=ALARM, notify=SIGEV_THREAD_ID, thread_id=threading.get_native_id())
    timer = ctypes.c_int()
    clock = CLOCK_THREAD_CPUTIME_ID
    _check(_libc.syscall(SYS_TIMER_CREATE, clock, ctypes.byref(event), ctypes.byref(timer)))
    return timer.value
