"""What the kernel answers to those who wait for words of memory, and to those who wake them."""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from lang import Array, Atomic, Ptr, address_of, u32, u64
from lib.std import system
from lib.std.threads import Thread

MS = 1_000_000
NEVER: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF


def main() -> int:
    words = Array[Atomic[u32], 2]()
    word = address_of(words[0]).cast(u32)
    words[0].store(7)
    try:
        system.futex_wait(word, 8, NEVER)
    except BlockingIOError:
        print("it has another value")
    start = system.uptime()
    try:
        system.futex_wait(word, 7, 2 * MS)
    except TimeoutError:
        print("in vain, for long enough:", system.uptime() - start >= 2 * MS)
    print("nobody waits:", system.futex_wake(word, 1))
    for address in Array[u64, 4](0x1000, 0x6000_0000_0000, 0xFFFF_8000_0000_0000, NEVER):
        try:
            system.futex_wait(Ptr[u32](address), 0, 1)
        except BadAddress:
            print("no word of ours")
    wake_in_order(word)
    return 0


def wake_in_order(word: Ptr[u32]) -> None:
    """Three threads wait; one is woken, then the rest."""
    done = Array[Atomic[u32], 1]()
    count = address_of(done[0])

    def wait() -> None:
        system.futex_wait(word, 7, NEVER)
        count[0].fetch_add(1)

    threads = [Thread(wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    system.nanosleep(5 * MS)
    print("woken:", system.futex_wake(word, 1))
    system.nanosleep(5 * MS)
    print("went on:", count[0].load())
    print("woken:", system.futex_wake(word, 10))
    for thread in threads:
        thread.join()
    print("went on:", count[0].load())
