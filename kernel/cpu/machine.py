"""What a processor does when there is nothing left to do, and how the machine is left.

`exit_emulator` ends QEMU when it has the device isa-debug-exit; a number below 16 there would look
like an end of QEMU's own, so a status is written as 16 + status.
"""

from __future__ import annotations

from typing import Final, NoReturn

from kernel.cpu import instructions, port
from lang import irq_safe, no_raise, u16, u32

DEBUG_EXIT: Final[u16] = 0xF4
FIRST_STATUS: Final[u32] = 0x10


@irq_safe
@no_raise
def halt() -> NoReturn:
    """Stop this processor, for ever."""
    while True:
        instructions.halt()


@irq_safe
@no_raise
def exit_emulator(status: u32) -> None:
    port.write32(DEBUG_EXIT, FIRST_STATUS + status)
