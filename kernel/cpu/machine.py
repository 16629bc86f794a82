"""What a processor does when there is nothing left to do, and how the machine is left.

`exit_emulator` ends QEMU when it has the device isa-debug-exit; a number below 16 there would look
like an end of QEMU's own, so a status is written as 16 + status.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import port
from lang import asm, no_raise, u16, u32

DEBUG_EXIT: Final[u16] = 0xF4
FIRST_STATUS: Final[u32] = 0x10


@no_raise
def halt() -> None:
    """Stop this processor until an interrupt, for ever."""
    while True:
        asm("hlt", inputs=[], outputs=[], clobbers=["memory"])


@no_raise
def exit_emulator(status: u32) -> None:
    port.write32(DEBUG_EXIT, FIRST_STATUS + status)
