"""Random and adversarial system calls: every number, used and unused, with words that are likely to hurt.

    wild_calls SEED CALLS

A process of its own makes them, in a namespace that nobody else sees, while a second thread of it maps and unmaps the memory
that the pointers lead to. When it ends, by its own call or by a note, another one goes on.
"""

from __future__ import annotations

from typing import Final

from lang import Array, address_of, u8, u64, wrapping_add, wrapping_mul
from lib.std import notes, processes, system
from lib.std.arguments import arguments
from lib.std.system_call import try_call
from lib.std.threads import Thread

NUMBERS: Final[u64] = 56  # the highest, and some more
PIECE: Final = 2000  # calls of one process, if it lives so long
READ_WRITE = 3
SHARED_PLACE: Final[u64] = 0x5000_0000_0000
SHARED_SIZE: Final[u64] = 0x4000

# Exits, threads and sleeps would end, or hold up, everything too soon; they get their turn seldom.
SELDOM: Final = Array[u8, 9](0, 1, 2, 3, 22, 26, 33, 34, 42)

WORDS: Final = Array[u64, 24](
    0,
    1,
    2,
    3,
    7,
    8,
    63,
    64,
    255,
    4095,
    4096,
    4097,
    0x3F_F000,
    0x40_0000,
    0x5000_0000_0000,
    0x5000_0000_1FFC,
    0x5000_0000_3FFF,
    0x7FFF_FFFF_EFFF,
    0x7FFF_FFFF_FFFF,
    0x8000_0000_0000,
    0xFFFF_8000_0000_0000,
    0xFFFF_FFFF_8010_0000,
    0xFFFF_FFFF_FFFF_F000,
    0xFFFF_FFFF_FFFF_FFFF,
)


class Random:
    """Numbers that a seed determines."""

    state: u64

    def __init__(self, seed: u64) -> None:
        self.state = seed

    def below(self, limit: u64) -> u64:
        self.state = wrapping_add(
            wrapping_mul(self.state, 6364136223846793005), 1442695040888963407
        )
        return (self.state >> 33) % limit


texts: Array[u8, 4096]  # paths, numbers, and what else calls may be given


def word(random: Random) -> u64:
    """Return an argument: a number with a reputation, a pointer to a text, or anything."""
    kind = random.below(8)
    if kind < 3:
        return WORDS[random.below(24)]
    if kind < 5:
        return address_of(texts[0]).address + random.below(4096)
    if kind == 5:
        return random.below(16)
    if kind == 6:
        return SHARED_PLACE + random.below(SHARED_SIZE + 16)
    return wrapping_mul(random.below(1 << 31), 0x1_0000_0001)


def is_seldom(number: u64) -> bool:
    for each in SELDOM:
        if u64(each) == number:
            return True
    return False


def map_and_unmap() -> None:
    """Take the memory away to which others point, and give it back."""
    while True:
        try_call(18, SHARED_PLACE, SHARED_SIZE, READ_WRITE, 0, 0, 0)
        try_call(19, SHARED_PLACE + 0x1000, 0x2000, 0, 0, 0, 0)
        try_call(20, SHARED_PLACE, 0x1000, 1, 0, 0, 0)
        try_call(19, SHARED_PLACE, SHARED_SIZE, 0, 0, 0, 0)


def call_wildly(seed: int, count: int) -> None:
    paths = b"/tmp/a:create\0/proc/self/ctl\0/dev/pipe/new\0../..\0/proc/self/note\0/dev/const/zero\0/tmp:directory\0"
    for index in range(4096):
        texts[index] = paths[index % len(paths)]
    Thread(map_and_unmap, daemon=True).start()
    random = Random(u64(seed))
    for _ in range(count):
        number = random.below(NUMBERS)
        if is_seldom(number) and random.below(200) != 0:
            continue
        length = random.below(64) if random.below(2) == 0 else word(random)
        try_call(
            number, word(random), length, word(random), word(random), word(random), word(random)
        )


def main() -> int:
    words = arguments()
    if words[1] == "wild":
        call_wildly(int(words[2]), int(words[3]))
        return 0
    seed, left = int(words[1]), int(words[2])
    while left > 0:
        flags = processes.COPY_NAMESPACE | processes.EMPTY_FILES | processes.EMPTY_GROUP
        child = processes.spawn(["/bin/init", "wild", str(seed), str(PIECE)], flags)
        end_soon(child)
        seed += 1
        left -= PIECE
    print("the system is still there")
    return 0


def end_soon(child: processes.Child) -> None:
    """Give a process a moment, and then an end: a call may have it wait for ever."""
    for _ in range(400):
        if child.has_ended():
            return
        system.nanosleep(1_000_000)
    try:
        notes.send(child.number, "kill")
    except OSError:
        pass
    child.wait()
