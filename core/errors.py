"""The exceptions that cross system calls, and the numbers by which they cross.

A system call that fails hands the number of the exception's class to the program, where the same class
is raised. Python's own classes are used wherever Python has one for what happened; the others are here.
An exception without a number of its own crosses as the nearest base class that has one.

Invariant: a number, once given, keeps its class; programs and modules are compiled apart from the
kernel. 0 is success.
"""

from __future__ import annotations

from typing import Final


class BadAddress(OSError):
    """A pointer of the program leads to memory that it may not use."""


class BadFile(OSError):
    """The number names no open file, or one that is not open for this."""


class TooManyFiles(OSError):
    """No number is left for another open file."""


class TooManyLinks(OSError):
    """A path leads through too many symbolic links, or in a circle."""


class NameTooLong(OSError):
    """A path, or one of its names, is longer than it may be."""


class CrossDevice(OSError):
    """The two names lie in different file systems."""


class DirectoryNotEmpty(OSError):
    """The directory still has entries."""


class Busy(OSError):
    """Something else is using it."""


class NoSpace(OSError):
    """The file system is full."""


class ReadOnly(OSError):
    """The file system, or device, takes no changes."""


class TooLarge(OSError):
    """What was handed over is larger than the receiver takes."""


class NoDevice(OSError):
    """There is no such device, or it is gone."""


class DeviceError(OSError):
    """The device failed or answered with nonsense."""


class NotSeekable(OSError):
    """The file has no positions."""


class NotSupported(OSError):
    """This file has no such operation, or the system no such call."""


class BadExecutable(OSError):
    """The file is no program for this machine, or a damaged one."""


class BadMessage(OSError):
    """What arrived does not follow the protocol."""


class AddressInUse(OSError):
    """Another socket has that name."""


class NotConnected(OSError):
    """The socket has no peer."""


class AlreadyConnected(OSError):
    """The socket has a peer, or is about to."""


class Cancelled(OSError):
    """Somebody withdrew the request before it was done."""


class Deadlock(OSError):
    """Waiting would never end."""


class NoRandomness(OSError):
    """The machine has no source of numbers that nobody can guess."""


class BadName(ValueError):
    """A name in a path has a character that no name may have."""


class BadFlag(ValueError):
    """A word behind a path's colon is no flag, and not made of letters that are."""


NUMBERS: Final = {
    1: OSError,
    2: MemoryError,
    3: ValueError,
    4: TypeError,
    5: OverflowError,
    6: IndexError,
    7: KeyError,
    8: EOFError,
    9: NotImplementedError,
    10: TimeoutError,
    11: InterruptedError,
    12: BlockingIOError,
    13: PermissionError,
    14: FileNotFoundError,
    15: FileExistsError,
    16: NotADirectoryError,
    17: IsADirectoryError,
    18: BrokenPipeError,
    19: ConnectionRefusedError,
    20: ConnectionResetError,
    21: ConnectionAbortedError,
    22: ProcessLookupError,
    23: ChildProcessError,
    24: UnicodeError,
    25: BadAddress,
    26: BadFile,
    27: TooManyFiles,
    28: TooManyLinks,
    29: NameTooLong,
    30: CrossDevice,
    31: DirectoryNotEmpty,
    32: Busy,
    33: NoSpace,
    34: ReadOnly,
    35: TooLarge,
    36: NoDevice,
    37: DeviceError,
    38: NotSeekable,
    39: NotSupported,
    40: BadExecutable,
    41: BadMessage,
    42: AddressInUse,
    43: NotConnected,
    44: AlreadyConnected,
    45: Cancelled,
    46: Deadlock,
    47: NoRandomness,
    48: BadName,
    49: BadFlag,
}
