"""What is typed on the serial port: its interrupts, and the way of the bytes to the console."""

from __future__ import annotations

from typing import Final

from kernel.cpu import port
from kernel.interrupt import routing
from kernel.interrupt.routing import Handler, LineBusy, NoVector
from kernel.io import console_input
from kernel.io.serial import COM1, LineStatus, Register
from kernel.log import log
from lang import Array, Ptr, irq_safe, no_raise, u8, usize

ISA_INTERRUPT: Final = 4  # of the first port
ON_DATA: Final[u8] = 1  # in INTERRUPT_ENABLE
OUT_2: Final[u8] = 0x0B  # in MODEM_CONTROL: ready, request, and the line that lets interrupts out
PIECE: Final = 16  # as many as the port keeps

handler: Handler


@no_raise
def begin() -> None:
    """Have the port interrupt for each byte that comes."""
    route = routing.isa[ISA_INTERRUPT]
    try:
        routing.add(handler, route.line, route.signal, on_interrupt)
    except (LineBusy, NoVector):
        log.warning("the serial port cannot interrupt, so nothing can be typed there")
        return
    port.write8(COM1 + Register.MODEM_CONTROL, OUT_2)
    port.write8(COM1 + Register.INTERRUPT_ENABLE, ON_DATA)


@irq_safe
@no_raise
def on_interrupt(mine: Ptr[Handler]) -> bool:
    """Keep what has come; it is always this port's, though what it came for may have been taken with the last."""
    piece = Array[u8, PIECE]()
    count: usize = 0
    while port.read8(COM1 + Register.LINE_STATUS) & LineStatus.DATA_READY != 0:
        piece[count] = port.read8(COM1 + Register.DATA)
        count += 1
        if count == PIECE:
            console_input.put(piece[:count])
            count = 0
    if count > 0:
        console_input.put(piece[:count])
    return True
