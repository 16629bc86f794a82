"""What a ring's memory holds, which the kernel and the program share, and how a request is written there.

    +0      Control: how far each side has come, and registers
    +256    submissions, each a request, 64 bytes
    behind  completions, each what became of one, 32 bytes

Places in both queues are counted up for ever, modulo 2**32, and their number modulo the entries is the index. Each side
writes only its own counts, after what they count.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from lang import Array, over, struct, u8, u32, u64

NEVER: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF  # as a timeout
AT_POSITION: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF  # as an offset: wherever the file is
NOWHERE: Final[u64] = (
    0xFFFF_FFFF_FFFF_FFFF  # as a folder: a relative path starts where the process is
)
CONTROL_SIZE: Final[u64] = 256
MOST_COMPLETIONS: Final[u32] = 32768
REGISTERS: Final = 7
ARGUMENTS: Final = 5

# Flags of a submission: five fields of 3 bits, each the number of a register from which an argument comes, 0 for none; one
# for the register that gets the result; and what the next submission has to do with this one.
REGISTER_BITS: Final[u32] = 3
RESULT_SHIFT: Final[u32] = 15
LINK: Final[u32] = (
    1 << 18
)  # the next one begins when this one has succeeded, and is cancelled otherwise
HARD_LINK: Final[u32] = 1 << 19  # the next one begins when this one is done
ALL_FLAGS: Final[u32] = (1 << 20) - 1


@over(u32)
class Operation(IntEnum):
    NOTHING = 0  # wait for the timeout
    CANCEL = 1  # the data of a request, Which; the result is how many were
    READ = 2  # file, address, size, offset
    WRITE = 3  # file, address, size, offset
    POLL = 4  # file, Ready; the result is what it is ready for
    OPEN = 5  # folder or NOWHERE, address and size of the path; the result is the file's number


@over(u32)
class Ready(IntFlag):
    READ = 1 << 0
    WRITE = 1 << 1
    ENDED = 1 << 3  # nobody is at the other end any more; always told


@over(u32)
class Which(IntEnum):
    FIRST = 0  # of those with such data
    ALL = 1


@struct(align=64)
class Submission:
    timeout: u64  # in ns from when it begins; NEVER
    data: u64  # the program's, comes back with the completion
    operation: u32  # Operation
    flags: u32
    arguments: Array[u64, ARGUMENTS]


@struct
class Completion:
    operation: u32
    error: u32  # core/errors.py; 0 for none
    data: u64
    result: u64
    reserved: u64


@struct(align=64)
class Control:
    # The kernel's.
    taken: u32  # submissions
    posted: u32  # completions
    rest: Array[u8, 56]
    # The program's.
    submitted: u32  # submissions
    seen: u32  # completions
    rest_of_line: Array[u8, 56]
    registers: Array[u64, REGISTERS]


@struct
class RingPlace:
    """Where a ring lies in the memory of its program."""

    control: u64
    submissions: u64
    completions: u64
    submission_count: u32  # a power of two
    completion_count: u32  # a power of two


@struct
class PollEntry:
    """One file of those that `poll` waits for."""

    file: u64  # its number
    wanted: u32  # Ready
    ready: u32  # Ready; the kernel's answer
