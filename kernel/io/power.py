"""Power: switching the machine off, and starting it anew.

How, a module knows; it offers a Switch. What every PC has follows when the module's reset does not work, or when there
is no module.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from kernel.cpu import reset as processor_reset
from kernel.log import log
from kernel.time import clock
from lang import Ptr, address_of, irq_safe, no_raise, spin_hint, struct, u64

WAIT_NS: Final[u64] = 1_000_000_000  # for the power to go

Way = Annotated[Callable[[], None], irq_safe, no_raise]
Preparation = Annotated[Callable[[], None], no_raise]


@struct
class Switch:
    """What can switch the machine off and reset it. Both return, having done nothing, where they cannot."""

    name: str
    prepare: Preparation  # comes before `off`, and may sleep
    off: Way
    reset: Way


switch: Ptr[Switch] | None = None


@no_raise
def offer(offered: Switch) -> None:
    """Let a switch, which stays where it is, be the one that is used."""
    global switch
    switch = address_of(offered)


@no_raise
def off() -> None:
    """Switch the machine off; return if that cannot be done."""
    by = switch
    if by is None:
        log.error("nothing here can switch the machine off")
        return
    log.info(f"switching off, by {by.name}")
    by.prepare()
    by.off()
    wait()
    log.error(f"{by.name} did not switch the machine off")


@no_raise
def reset() -> None:
    """Start the machine anew."""
    by = switch
    if by is not None:
        log.info(f"starting anew, by {by.name}")
        by.reset()
        wait()
    log.info("starting anew, by the keyboard's controller")
    processor_reset.by_controller()
    processor_reset.by_fault()


@no_raise
def wait() -> None:
    start = clock.uptime()
    while clock.uptime() - start < WAIT_NS:
        spin_hint()
