"""References: the devices whose rate is known, by the finest of which the clock is set.

    begin    set the clock by what the processor says of its counter, or else by a reference
    offer    one more; if it is finer than what the clock was set by, set it again
    settle   from here on the clock's rate stays: other processors have compared their counters, or programs know it

Until `settle` one thread runs, which is all that guards; afterwards the loader's lock.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu.interrupts import interrupts_disabled
from kernel.log import log
from kernel.time import calibration, clock, timers
from kernel.time.calibration import Reference
from lang import Array, Ptr, address_of, no_raise, u64, usize

MOST: Final = 8

offered: Array[Ptr[Reference] | None, MOST]
has_begun: bool = False
is_settled: bool = False
set_by_fs: u64 = 0  # the period of what the clock was set by; 0: of nothing


@no_raise
def begin(told_hz: u64) -> None:
    """Set the clock going.

    told_hz: how fast the processor says that it counts; 0: it says nothing.
    """
    global has_begun
    has_begun = True
    if told_hz != 0:
        clock.set_rate(told_hz)
        log.info(f"the clock counts at {told_hz // 1000} kHz, as the processor says")
        settle()
        return
    set_clock()
    if not clock.is_going():
        log.warning("nothing says yet how fast the clock counts, so no time passes")


@no_raise
def settle() -> None:
    """Let the clock keep its rate."""
    global is_settled
    is_settled = True


@no_raise
def offer(reference: Reference) -> None:
    """Let a device, which stays where it is until `take_back`, be one by which the clock may be set."""
    for index in range(usize(MOST)):
        if offered[index] is None:
            offered[index] = address_of(reference)
            break
    if has_begun:
        set_clock()


@no_raise
def take_back(reference: Reference) -> None:
    """Use a device no more. The clock goes on at the rate that it has."""
    for index in range(usize(MOST)):
        known = offered[index]
        if known is not None and known == address_of(reference):
            offered[index] = None


@no_raise
def finest() -> Ptr[Reference] | None:
    """Return the reference with the shortest period; None if there is none."""
    best: Ptr[Reference] | None = None
    for index in range(usize(MOST)):
        known = offered[index]
        if known is not None and (best is None or known.period_fs < best.period_fs):
            best = known
    return best


@no_raise
def set_clock() -> None:
    """Set the clock by the finest reference, unless it was set by one as fine; one that does not count is none."""
    global set_by_fs
    while not is_settled:
        best = finest()
        if best is None or (set_by_fs != 0 and best.period_fs >= set_by_fs):
            return
        hz = calibration.measure(best[0])
        if hz == 0:
            log.warning(f"the {best.name} does not count")
            take_back(best[0])
            continue
        set_by_fs = best.period_fs
        with interrupts_disabled():
            clock.set_rate(hz)
        log.info(f"the clock counts at {hz // 1000} kHz, by the {best.name}")
        timers.measure()
