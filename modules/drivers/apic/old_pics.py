"""The interrupt chips of the old PC, two 8259s, which are kept quiet, since the APICs do their work.

They first learn vectors that are no exceptions', as a line may go away just before it is kept out, and
the chip then sends its last vector.

Source: Intel, 8259A data sheet, "Programming the 8259A".
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import port
from kernel.cpu.vectors import FIRST_DEVICE
from lang import u8, u16

FIRST: Final[u16] = 0x20  # command ports; the data port follows each
SECOND: Final[u16] = 0xA0

BEGIN: Final[u8] = 0x11  # edge triggered, two chips, four words of initialisation
SECOND_IS_AT_2: Final[u8] = 1 << 2
SECOND_IDENTITY: Final[u8] = 2
MODE_8086: Final[u8] = 1
ALL: Final[u8] = 0xFF


def silence() -> None:
    """Keep all lines of both chips out."""
    initialise(FIRST, FIRST_DEVICE, SECOND_IS_AT_2)
    initialise(SECOND, FIRST_DEVICE + 8, SECOND_IDENTITY)
    port.write8(FIRST + 1, ALL)
    port.write8(SECOND + 1, ALL)


def initialise(command: u16, vector: u8, cascade: u8) -> None:
    port.write8(command, BEGIN)
    port.write8(command + 1, vector)
    port.write8(command + 1, cascade)
    port.write8(command + 1, MODE_8086)
