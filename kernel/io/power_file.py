"""/sys/power: switches the machine off, or starts it anew.

Files in /sys:
    power    takes `off` and `reset`
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.errors import NotSupported
from core.text.buffer import TextBuffer
from kernel.fs.command import Command
from kernel.fs.verbs import Verb
from kernel.io import power
from kernel.proc.control_file import ControlFile
from lang import Array, Slice, no_raise, over, sleeps, u64

VERBS: Final = Array[Verb, 2](
    Verb(b"off", b"", b"switch the machine off"),
    Verb(b"reset", b"", b"start the machine anew"),
)


@over(u64)
class Do(IntEnum):
    """The verbs, by their places in VERBS."""

    OFF = 0
    RESET = 1


class PowerFile(ControlFile):
    @no_raise
    def verbs(self) -> Slice[Verb]:
        return VERBS[:]

    @sleeps
    def obey(self, verb: u64, command: Command, complaint: TextBuffer) -> None:
        """Switch the machine off, or start it anew.

        Raises:
            NotSupported: nothing here can do that.
        """
        match Do(verb):
            case Do.OFF:
                power.off()
            case Do.RESET:
                power.reset()
        raise NotSupported  # only who is still there can be told
