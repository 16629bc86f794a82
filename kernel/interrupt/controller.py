"""The controller: the part of each processor that takes interrupts, and sends them to others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from kernel.log import log
from lang import Ptr, address_of, irq_safe, no_raise, struct, u8, u16, u64


@struct
class Controller:
    """What a driver of controllers offers. All of it is called with interrupts off."""

    name: str
    end: Annotated[Callable[[], None], irq_safe, no_raise]  # this processor's interrupt is done
    send: Annotated[Callable[[u16, u8], None], irq_safe, no_raise]  # to a processor, a vector
    send_nmi: Annotated[Callable[[u16], None], irq_safe, no_raise]  # to a processor
    message_address: Annotated[Callable[[u16], u64], irq_safe, no_raise]  # of a processor


controller: Ptr[Controller] | None = None


@no_raise
def use(offered: Controller) -> None:
    """Let the processors' controllers be of this kind. It stays where it is."""
    global controller
    controller = address_of(offered)
    log.info(f"interrupts come through the {offered.name}")


@irq_safe
@no_raise
def end() -> None:
    """Say that this processor is done with the interrupt that it is dealing with."""
    known = controller
    if known is not None:
        known.end()


@irq_safe
@no_raise
def send(processor: u16, vector: u8) -> None:
    """Interrupt a processor, this one perhaps."""
    known = controller
    if known is not None:
        known.send(processor, vector)


@irq_safe
@no_raise
def send_nmi(processor: u16) -> None:
    """Interrupt a processor even if interrupts are off there."""
    known = controller
    if known is not None:
        known.send_nmi(processor)


@irq_safe
@no_raise
def message_address(processor: u16) -> u64:
    """Return where a device writes a vector to interrupt a processor; 0: there is no such address."""
    known = controller
    return known.message_address(processor) if known is not None else u64(0)
