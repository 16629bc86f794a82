"""Linux: what the guard asks of the system below Python, by the C library and system calls.

Source: sigaction(2), sigaltstack(2), timer_create(2), pthread_getattr_np(3), proc(5).
"""

from __future__ import annotations

import ctypes
import mmap
import os
import threading
from functools import cache

SA_SIGINFO = 4
SA_ONSTACK = 0x0800_0000
SA_RESTART = 0x1000_0000
SI_KERNEL = 0x80  # a general protection fault: the processor does not tell the address
SIGEV_THREAD_ID = 4
SYS_TIMER_CREATE = 222
SYS_TIMER_SETTIME = 223
SYS_TIMER_DELETE = 226
CLOCK_THREAD_CPUTIME_ID = 3

_SIGNAL_STACK_SIZE = 256 << 10
_RETRY_NS = 10_000_000  # a timer that has expired expires again until it is stopped

_libc = ctypes.CDLL(None, use_errno=True)
_free_signal_stacks: list[mmap.mmap] = []


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


SIGACTION_SIZE = ctypes.sizeof(_SigAction)


class ThreadTimer:
    """Sends a signal to the thread that made it when it has used so much processor time."""

    def __init__(self, number: int) -> None:
        event = _SigEvent(
            signal=number, notify=SIGEV_THREAD_ID, thread_id=threading.get_native_id()
        )
        timer = ctypes.c_int()
        clock = CLOCK_THREAD_CPUTIME_ID
        _check(_libc.syscall(SYS_TIMER_CREATE, clock, ctypes.byref(event), ctypes.byref(timer)))
        self._timer = timer.value

    def __del__(self) -> None:
        if hasattr(self, "_timer"):
            _libc.syscall(SYS_TIMER_DELETE, self._timer)

    def start(self, seconds: float) -> None:
        """Expire after so much time, and again at short intervals until stopped."""
        self._set(_after(seconds))

    def stop(self) -> None:
        self._set(_NEVER)

    def _set(self, spec: _TimerSpec) -> None:
        _check(_timer_settime(SYS_TIMER_SETTIME, self._timer, 0, ctypes.addressof(spec), None))


class SignalStack:
    """A stack to handle a used-up stack on, which the thread that makes it uses from then on.

    When it goes, with the thread, the next one's has its memory.
    """

    def __init__(self) -> None:
        try:
            self._memory = _free_signal_stacks.pop()
        except IndexError:
            self._memory = mmap.mmap(-1, _SIGNAL_STACK_SIZE)
        address = ctypes.addressof(ctypes.c_char.from_buffer(self._memory))
        stack = _SigStack(sp=address, size=_SIGNAL_STACK_SIZE)
        _check(_libc.sigaltstack(ctypes.byref(stack), None))

    def __del__(self) -> None:
        _free_signal_stacks.append(self._memory)


def handle_signal(number: int, handler: int, *, old_action: int | None = None) -> None:
    """Let native code handle a signal, on the signal stack.

    old_action: where to write what handled it before, SIGACTION_SIZE bytes.
    """
    action = _SigAction(handler=handler, flags=SA_SIGINFO | SA_ONSTACK | SA_RESTART)
    _check(_libc.sigaction(number, ctypes.byref(action), ctypes.c_void_p(old_action)))


def stack_low() -> int:
    """Return where this thread's stack ends."""
    attributes = (ctypes.c_uint8 * 64)()
    low, size = ctypes.c_void_p(), ctypes.c_size_t()
    _libc.pthread_self.restype = ctypes.c_void_p
    _libc.pthread_getattr_np(ctypes.c_void_p(_libc.pthread_self()), attributes)
    _libc.pthread_attr_getstack(attributes, ctypes.byref(low), ctypes.byref(size))
    _libc.pthread_attr_destroy(attributes)
    return low.value or 0


def libc_address(name: str) -> int:
    """Return the address of a function of the C library."""
    return ctypes.cast(getattr(_libc, name), ctypes.c_void_p).value


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


@cache
def _after(seconds: float) -> _TimerSpec:
    spec = _TimerSpec()
    spec.value[:] = int(seconds), int(seconds % 1 * 1e9)
    spec.interval[:] = 0, _RETRY_NS
    return spec


_NEVER = _TimerSpec()
_timer_settime = ctypes.CDLL(None, use_errno=True).syscall  # with declared types: called often
_timer_settime.argtypes = (ctypes.c_long, ctypes.c_long, *[ctypes.c_void_p] * 3)


def _check(result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
