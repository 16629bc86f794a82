"""From the number of a system call to its function.

Made by tools/system_calls.py from kernel/syscall/calls.py; change that.
"""

from __future__ import annotations

from core.clock_rate import ClockRate
from core.errors import NotSupported
from core.file_records import Stat
from core.ring_records import PollEntry, RingPlace
from kernel.syscall import calls
from lang import UserPtr, UserSlice, bit_cast, i64, truncate, u8, u32, u64


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
            calls.thread_exit(UserPtr[u32](a))
            return 0
        case 2:
            return calls.spawn(UserSlice[u8](a, b), truncate(u32, c))
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
        case 9:
            return calls.open(UserSlice[u8](a, b))
        case 10:
            calls.open2(UserSlice[u8](a, b), UserSlice[u64](c, d))
            return 0
        case 11:
            calls.close(a)
            return 0
        case 12:
            return calls.read(a, UserSlice[u8](b, c))
        case 13:
            return calls.write(a, UserSlice[u8](b, c))
        case 14:
            return calls.seek(a, bit_cast(i64, b), truncate(u32, c))
        case 16:
            return calls.poll(UserSlice[PollEntry](a, b), c)
        case 17:
            calls.stat(UserSlice[u8](a, b), UserPtr[Stat](c))
            return 0
        case 18:
            return calls.mmap(a, b, truncate(u32, c))
        case 19:
            calls.munmap(a, b)
            return 0
        case 20:
            calls.mprotect(a, b, truncate(u32, c))
            return 0
        case 21:
            return calls.getdents(a, UserSlice[u8](b, c))
        case 22:
            return calls.thread_create(a, b, c, d)
        case 23:
            calls.yield_processor()
            return 0
        case 24:
            return calls.dup(a)
        case 25:
            return calls.dup2(a, b)
        case 26:
            calls.futex_wait(UserPtr[u32](a), truncate(u32, b), c)
            return 0
        case 27:
            calls.remove(UserSlice[u8](a, b))
            return 0
        case 28:
            calls.link(UserSlice[u8](a, b), UserSlice[u8](c, d))
            return 0
        case 29:
            calls.share(a, truncate(u32, b), c, d, UserSlice[u8](e, f))
            return 0
        case 30:
            return calls.claim(UserSlice[u8](a, b))
        case 31:
            calls.bind(UserSlice[u8](a, b), c)
            return 0
        case 32:
            return calls.openat(a, UserSlice[u8](b, c))
        case 33:
            calls.notify(a)
            return 0
        case 34:
            calls.noted(a)
            return 0
        case 35:
            return calls.readlink(UserSlice[u8](a, b), UserSlice[u8](c, d))
        case 36:
            calls.symlink(UserSlice[u8](a, b), UserSlice[u8](c, d))
            return 0
        case 37:
            calls.mount(UserSlice[u8](a, b), UserSlice[u8](c, d))
            return 0
        case 38:
            calls.unmount(UserSlice[u8](a, b))
            return 0
        case 39:
            calls.set_thread_pointer(a)
            return 0
        case 40:
            return calls.ring_create(a, truncate(u32, b), truncate(u32, c), UserPtr[RingPlace](d))
        case 41:
            calls.ring_remove(a)
            return 0
        case 42:
            return calls.ring_enter(a, truncate(u32, b), truncate(u32, c))
        case 43:
            calls.rename(UserSlice[u8](a, b), UserSlice[u8](c, d))
            return 0
        case 44:
            return calls.map_file(a, b, c, truncate(u32, d))
        case 45:
            return calls.futex_wake(UserPtr[u32](a), truncate(u32, b))
        case 46:
            calls.clock_rate(UserPtr[ClockRate](a))
            return 0
    raise NotSupported
