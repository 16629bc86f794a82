"""From the number of a system call to its function.

Made by tools/system_calls.py from kernel/syscall/calls.py; change that.
"""

from __future__ import annotations

from core.errors import NotSupported
from kernel.syscall import calls
from lang import UserSlice, truncate, u8, u32, u64


def call(number: u64, a: u64, b: u64, c: u64, d: u64, e: u64, f: u64) -> u64:
    """Call a function with the words that a program gave; return its result, or 0.

    Raises:
        NotSupported: there is no such call.
        BaseException: whatever the call raises.
    """
    match number:
        case 0:
            calls.exits(UserSlice[u8](a, b))
            return 0
        case 1:
            calls.thread_exit()
            return 0
        case 3:
            calls.nanosleep(a)
            return 0
        case 5:
            return calls.getpid()
        case 6:
            return calls.gettid()
        case 7:
            return calls.uptime()
        case 8:
            return calls.epoch()
        case 11:
            calls.close(a)
            return 0
        case 12:
            return calls.read(a, UserSlice[u8](b, c))
        case 13:
            return calls.write(a, UserSlice[u8](b, c))
        case 18:
            return calls.mmap(a, b, truncate(u32, c))
        case 19:
            calls.munmap(a, b)
            return 0
        case 20:
            calls.mprotect(a, b, truncate(u32, c))
            return 0
        case 22:
            return calls.thread_create(a, b, c)
        case 23:
            calls.yield_processor()
            return 0
        case 39:
            calls.set_thread_pointer(a)
            return 0
    raise NotSupported
