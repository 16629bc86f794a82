"""Asking other processors to do something, by inter-processor interrupts (IPI).

To ask is to fill one's call, to add oneself to the inboxes of the others (kernel/cpu/calls.py), and to
interrupt them. Whoever asks waits until all are done, and meanwhile does what others ask of it; so two
processors that ask each other, with interrupts off, both get their answer. Who waits for a spin lock
answers, too, so one may be held.
"""

from __future__ import annotations

from kernel.cpu import calls, processor
from kernel.cpu.calls import Function
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
    popcount,
    spin_hint,
    trailing_zeros,
    truncate,
    u16,
    u32,
    u64,
    usize,
)

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

    function: takes no lock, since it may run while a processor waits for one or holds some; and calls
    nobody itself.
    """
    with interrupts_disabled():
        me = processor.number()
        call = calls.calls[me]
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
            calls.answer()
            spin_hint()


@irq_safe
@no_raise
def _count(processors: ProcessorSet) -> u32:
    count: u32 = 0
    for word in processors.words:
        count += u32(popcount(word))
    return count


@irq_safe
@no_raise
def _send(me: u16, targets: ProcessorSet) -> None:
    """Add this processor to the inboxes of others, and interrupt them."""
    for word in range(u64(WORDS)):
        rest = targets.words[word]
        while rest != 0:
            target = truncate(u16, word * 64 + u64(trailing_zeros(rest)))
            calls.inboxes[target].askers[me // 64].fetch_or(u64(1) << u64(me % 64))
            controller.send(target, Vector.CALL)
            rest &= rest - 1
