"""Calls to other processors, by inter-processor interrupts (IPI).

    calls[p]     what processor p asks for, one thing at a time, and how many have yet to do it
    inboxes[p]   the set of processors that ask p for something

To ask is to fill one's call, to add oneself to the inboxes of the others, and to interrupt them. Each
takes everything out of its inbox and does it. Since a processor is in an inbox once at most, nothing
can overflow, and nothing is allocated.

Whoever asks waits until all are done, and meanwhile does what others ask of it; so two processors that
ask each other, with interrupts off, both get their answer. What must not be: asking with a spin lock
held that one of the others may be waiting for, since it does not look into its inbox then.

Proof that no call is lost: the asker stores its call before it adds itself to an inbox (release), the
other takes the inbox (acquire) before it reads the call. A bit that is added after the inbox was taken
comes with an interrupt of its own, which is taken later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from kernel.cpu import processor
from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.processor_set import WORDS, ProcessorSet
from kernel.cpu.vectors import Vector
from kernel.interrupt import controller
from lang import (
    Array,
    Atomic,
    Order,
    irq_safe,
    no_raise,
    spin_hint,
    struct,
    trailing_zeros,
    truncate,
    u16,
    u32,
    u64,
    usize,
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
online: Array[Atomic[u64], WORDS]  # the processors that answer


@irq_safe
@no_raise
def come_online() -> None:
    """Let this processor be asked, from now on."""
    with interrupts_disabled():
        me = processor.number()
        online[me // 64].fetch_or(u64(1) << u64(me % 64))


@irq_safe
@no_raise
def all_online() -> ProcessorSet:
    """Return the processors that can be asked."""
    result = ProcessorSet()
    for word in range(usize(WORDS)):
        result.words[word] = online[word].load()
    return result


@irq_safe
@no_raise
def run_on(targets: ProcessorSet, function: Function, argument: u64 = 0) -> None:
    """Run a function, with interrupts off, on each of the processors that is online, and wait for all.

    Not from within such a function, nor with a lock held that another processor may wait for.
    """
    with interrupts_disabled():
        me = processor.number()
        call = calls[me]
        assert call.remaining.load() == 0, "a call within a call"
        others = all_online()
        for word in range(usize(WORDS)):
            others.words[word] &= targets.words[word]
        is_for_me = me in others
        others.remove(me)

        call.function = function
        call.argument = argument
        call.remaining.store(_count(others))
        _send(me, others)
        if is_for_me:
            function(argument)
        while call.remaining.load(Order.ACQUIRE) != 0:
            answer()
            spin_hint()


@irq_safe
@no_raise
def answer() -> None:
    """Do what other processors ask of this one. Interrupts are off."""
    with interrupts_disabled():
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


@irq_safe
@no_raise
def _count(processors: ProcessorSet) -> u32:
    count: u32 = 0
    for word in processors.words:
        rest = word
        while rest != 0:
            rest &= rest - 1
            count += 1
    return count


@irq_safe
@no_raise
def _send(me: u16, targets: ProcessorSet) -> None:
    """Add this processor to the inboxes of others, and interrupt them."""
    for word in range(u64(WORDS)):
        rest = targets.words[word]
        while rest != 0:
            target = truncate(u16, word * 64 + u64(trailing_zeros(rest)))
            inboxes[target].askers[me // 64].fetch_or(u64(1) << u64(me % 64))
            controller.send(target, Vector.CALL)
            rest &= rest - 1
