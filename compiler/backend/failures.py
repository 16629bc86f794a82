"""What can go wrong in target code, as Python exceptions that show the target's source.

A failed check becomes the builtin exception of its kind (`compiler/trap.py`), so that a test may
expect `IndexError` from native code as from Python; what only a processor can object to becomes a
`NativeCrash`. All are `NativeFailure`s and end in a traceback of the target's own frames.
"""

from __future__ import annotations

import builtins
import signal
from collections.abc import Sequence
from functools import cache

from compiler.backend.frames import Frame, traceback_lines
from compiler.trap import TrapKind


class NativeFailure(Exception):
    """Target code did not come to its end. `frames` lead to the place, outermost first."""

    def __init__(self, message: str, frames: Sequence[Frame] = ()) -> None:
        super().__init__(message, tuple(frames))
        self.message = message
        self.frames = tuple(frames)

    def __str__(self) -> str:
        return "\n".join([self.message, *traceback_lines(self.frames)])


class NativeCrash(NativeFailure):
    """The processor refused to go on: no check of ours caught it before."""


class WildPointer(NativeCrash):
    """An access to memory that is not there, or not for this."""


class StackOverflow(NativeCrash, RecursionError):
    """The stack is used up."""


class IllegalInstruction(NativeCrash):
    """An instruction that does not exist, is privileged, or marks what cannot be reached."""


class ArithmeticFault(NativeCrash):
    """A division that the processor cannot do."""


class Breakpoint(NativeCrash):
    """An `int3` that no debugger waits for."""


class Aborted(NativeCrash):
    """A library that the code called has given up."""


class TimeLimitExceeded(NativeFailure):
    """The code used more processor time than it was given: an endless loop, most likely."""


CRASHES: dict[int, type[NativeCrash]] = {
    signal.SIGSEGV: WildPointer,
    signal.SIGBUS: WildPointer,
    signal.SIGFPE: ArithmeticFault,
    signal.SIGILL: IllegalInstruction,
    signal.SIGTRAP: Breakpoint,
    signal.SIGABRT: Aborted,
}


class FailedCheck(NativeFailure):
    """A check in target code failed. Raised as a subclass that is also the builtin exception."""

    kind: TrapKind


@cache
def failed_check(kind: TrapKind) -> type[FailedCheck]:
    """Return the exception class for failed checks of this kind."""
    builtin = getattr(builtins, kind.exception)
    return type(builtin.__name__, (FailedCheck, builtin), {"kind": kind, "__module__": "target"})
