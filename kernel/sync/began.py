"""Where something began that is still going on, such as the holding of a lock: three words that give its traceback.

    call        behind the call that began it
    frame       of the function that made that call
    caller      where that function returns to

What is held is held by a block, as a rule, and the function with the block goes on until it is over. So the calls that
led to it are on the stack still when somebody asks: they are those from `frame` outward. If that frame is gone, as when a
thread goes on holding what it took in a function that has returned, or is another thread's, what is left is `call` and `caller`.

Context: everywhere; takes no lock.
"""

from __future__ import annotations

from core import backtrace
from core.backtrace import DEPTH, LARGEST_FRAME
from lang import Array, Ptr, irq_safe, no_raise, struct, u64, usize


@struct
class Began:
    """Zeros: nowhere."""

    call: u64
    frame: u64
    caller: u64


@irq_safe
@no_raise
def note(began: Ptr[Began], frame: u64) -> None:
    """Store where something begins.

    frame: of the function that is called for it, by the function with the block.
    """
    began.call = Ptr[u64](frame)[1]
    began.frame = outer_of(frame)
    began.caller = 0 if began.frame == 0 else Ptr[u64](began.frame)[1]


@irq_safe
@no_raise
def collect(began: Ptr[Began], frame: u64, calls: Array[u64, DEPTH]) -> usize:
    """Store the calls that led to where something began, the innermost first; return how many there are.

    frame: of the function that asks.
    """
    calls[0] = began.call
    at = frame
    while at != 0 and at < began.frame:
        at = outer_of(at)
    if at == began.frame and at != 0 and Ptr[u64](at)[1] == began.caller:
        return backtrace.collect(at, calls, 1)
    calls[1] = began.caller
    return 2


@irq_safe
@no_raise
def outer_of(frame: u64) -> u64:
    """Return the frame of the function that called the one with this frame; 0 if there is none."""
    outer = Ptr[u64](frame)[0]
    is_one = outer > frame and outer - frame <= LARGEST_FRAME and outer % 8 == 0
    return outer if is_one else 0
