"""What other processors ask of this one: calls, which it looks for whenever it is interrupted, or waits.

    calls[p]     what processor p asks for, one thing at a time, and how many have yet to do it
    inboxes[p]   the set of processors that ask p for something

Since a processor is in an inbox once at most, nothing can overflow, and nothing is allocated. Asking is
kernel/interrupt/ipi.py.

A processor also answers while it waits for a spin lock, with interrupts off: whoever asks may hold that
lock. So a function that is called must take no lock, as it may run in the middle of everything.

Proof that no call is lost: the asker stores its call before it adds itself to an inbox (release), the
other takes the inbox (acquire) before it reads the call. A bit that is added after the inbox was taken
comes with an interrupt of its own, which is taken later, or is found by the next look of who waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from kernel.cpu import processor
from kernel.cpu.processor_set import WORDS
from lang import (
    Array,
    Atomic,
    Order,
    holds,
    irq_safe,
    no_raise,
    struct,
    trailing_zeros,
    u32,
    u64,
)

Function = Annotated[Callable[[u64], None], irq_safe, no_raise]


@struct(pinned=True, align=64)
class Call:
    """What one processor asks of others."""

    function: Function | None  # None: it never asked
    argument: u64
    remaining: Atomic[u32]  # how many have not done it yet


@struct(pinned=True, align=64)
class Inbox:
    """Who asks a processor for something."""

    askers: Array[Atomic[u64], WORDS]


calls: Array[Call, processor.LIMIT]
inboxes: Array[Inbox, processor.LIMIT]


@irq_safe
@no_raise
@holds("preemption")
def answer() -> None:
    """Do what other processors ask of this one. Interrupts are off."""
    inbox = inboxes[processor.number()]
    for word in range(u64(WORDS)):
        if inbox.askers[word].load(Order.RELAXED) == 0:
            continue
        askers = inbox.askers[word].swap(0)
        while askers != 0:
            _do(calls[word * 64 + u64(trailing_zeros(askers))])
            askers &= askers - 1


@irq_safe
@no_raise
def _do(call: Call) -> None:
    function = call.function
    if function is not None:
        function(call.argument)
    call.remaining.fetch_sub(1, Order.RELEASE)
