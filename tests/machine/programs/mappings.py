"""Files in memory: what is written to one is seen in the other, by all who see it."""

from __future__ import annotations

from core.errors import BadFile, NotSupported
from lang import Ptr, Slice, symbol_address, u8, u32, u64
from lib.std import files, system

PAGE = 4096
READ = 1
WRITE = 2


def seen(address: u64, size: int) -> Slice[u8]:
    return Slice[u8](Ptr[u8](address), size)


def opened(path: str) -> u64:
    return system.open(path.encode())


def show_a_file() -> None:
    file = opened("/tmp/data:create:rw")
    text = b"what is in the file"
    system.write(file, text)
    system.seek(file, 0, 0)
    first = seen(system.map_file(file, 0, PAGE, READ | WRITE), PAGE)
    second = seen(system.map_file(file, 0, PAGE, READ), PAGE)
    print(first[: len(text)] == text, first[len(text)])
    first[:4].copy_from(b"WHAT")
    print(second[:4] == b"WHAT", files.open_file("/tmp/data").read())
    system.close(file)
    system.remove(b"/tmp/data")
    print(second[:4] == b"WHAT")


def show_shared_memory() -> None:
    file = opened("/dev/shmem/new:rw")
    first = seen(system.map_file(file, 0, 3 * PAGE, READ | WRITE), 3 * PAGE)
    system.seek(file, 2 * PAGE, 0)
    last = seen(system.map_file(file, 0, PAGE, READ), PAGE)
    first[2 * PAGE] = 7
    print(last[0], first[0])


def show_constants() -> None:
    ones = seen(system.map_file(opened("/dev/const/one"), 0, 2 * PAGE, READ), 2 * PAGE)
    zeros = seen(system.map_file(opened("/dev/const/zero"), 0, PAGE, READ | WRITE), PAGE)
    zeros[5] = 1
    print(ones[2 * PAGE - 1], zeros[4], zeros[5])


def show_refusals() -> None:
    reading = opened("/bin/init:r")
    for file, size, protection in (
        (reading, PAGE, READ | WRITE),
        (reading, 1 << 40, READ),
        (reading, 0, READ),
        (u64(63), PAGE, READ),
        (opened("/dev/const/null"), PAGE, READ),
        (opened("/dev/pipe/new"), PAGE, READ),
    ):
        try:
            system.map_file(file, 0, u64(size), u32(protection))
            print("mapped")
        except PermissionError:
            print("PermissionError")
        except ValueError:
            print("ValueError")
        except BadFile:
            print("BadFile")
        except NotSupported:
            print("NotSupported")


def show_limits() -> None:
    """What is only read cannot be made writable afterwards: not a file's bytes, and not the program that all have."""
    shown = system.map_file(opened("/bin/init:r"), 0, PAGE, READ)
    for address in (shown, symbol_address("__pw_main") & ~u64(PAGE - 1)):
        try:
            system.mprotect(address, PAGE, READ | WRITE)
            print("writable")
        except PermissionError:
            print("PermissionError")


def main() -> int:
    show_a_file()
    show_shared_memory()
    show_constants()
    show_refusals()
    show_limits()
    return 0
