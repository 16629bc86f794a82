"""The instruction by which a program calls the kernel, and what comes of a failure.

The registers are those of kernel/cpu/user_mode.py.
"""

from __future__ import annotations

from core import errors
from lang import asm, irq_safe, no_raise, u64


def system_call(number: u64, a: u64, b: u64, c: u64, d: u64, e: u64, f: u64) -> u64:
    """Call the kernel, and return its result.

    Raises:
        BaseException: what the kernel raised.
    """
    result, error = try_call(number, a, b, c, d, e, f)
    if error != 0:
        raise_numbered(error)
    return result


@irq_safe
@no_raise
def try_call(number: u64, a: u64, b: u64, c: u64, d: u64, e: u64, f: u64) -> tuple[u64, u64]:
    """Call the kernel; return its result and the number of the class that it raised, 0 for none."""
    return asm(
        "syscall",
        inputs=[
            ("{rax}", number),
            ("{rdi}", a),
            ("{rsi}", b),
            ("{rdx}", c),
            ("{r10}", d),
            ("{r8}", e),
            ("{r9}", f),
        ],
        outputs=[("={rax}", u64), ("={rdx}", u64)],
        clobbers=["rcx", "r11", "memory"],
    )


def raise_numbered(number: u64) -> None:
    """Raise the class that crosses with a number.

    Raises:
        BaseException: always; OSError for a number that nothing has.
    """
    match number:
        case 2:
            raise MemoryError
        case 3:
            raise ValueError
        case 4:
            raise TypeError
        case 5:
            raise OverflowError
        case 6:
            raise IndexError
        case 7:
            raise KeyError
        case 8:
            raise EOFError
        case 9:
            raise NotImplementedError
        case 10:
            raise TimeoutError
        case 11:
            raise InterruptedError
        case 12:
            raise BlockingIOError
        case 13:
            raise PermissionError
        case 14:
            raise FileNotFoundError
        case 15:
            raise FileExistsError
        case 16:
            raise NotADirectoryError
        case 17:
            raise IsADirectoryError
        case 18:
            raise BrokenPipeError
        case 19:
            raise ConnectionRefusedError
        case 20:
            raise ConnectionResetError
        case 21:
            raise ConnectionAbortedError
        case 22:
            raise ProcessLookupError
        case 23:
            raise ChildProcessError
        case 24:
            raise UnicodeError
        case 25:
            raise errors.BadAddress
        case 26:
            raise errors.BadFile
        case 27:
            raise errors.TooManyFiles
        case 28:
            raise errors.TooManyLinks
        case 29:
            raise errors.NameTooLong
        case 30:
            raise errors.CrossDevice
        case 31:
            raise errors.DirectoryNotEmpty
        case 32:
            raise errors.Busy
        case 33:
            raise errors.NoSpace
        case 34:
            raise errors.ReadOnly
        case 35:
            raise errors.TooLarge
        case 36:
            raise errors.NoDevice
        case 37:
            raise errors.DeviceError
        case 38:
            raise errors.NotSeekable
        case 39:
            raise errors.NotSupported
        case 40:
            raise errors.BadExecutable
        case 41:
            raise errors.BadMessage
        case 42:
            raise errors.AddressInUse
        case 43:
            raise errors.NotConnected
        case 44:
            raise errors.AlreadyConnected
        case 45:
            raise errors.Cancelled
        case 46:
            raise errors.Deadlock
        case 47:
            raise errors.NoRandomness
        case 48:
            raise errors.BadName
        case 49:
            raise errors.BadFlag
    raise OSError
