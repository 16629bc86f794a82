"""Stands in for kernel/mem/refusal.py in machine tests: refuses the request of a thread that has a number."""

from __future__ import annotations

from kernel.cpu import running
from lang import irq_safe, no_raise, u64

thread: u64 = 0  # whose requests count; 0: nobody's
left: u64 = 0  # requests until one is refused; it and later ones are counted no more
has_refused: bool = False


@no_raise
def refuse(number: u64) -> None:
    """Refuse the request that the running thread makes as its number-th from now, from 1 on."""
    global thread, left, has_refused
    has_refused = False
    left = number
    thread = running.get()


@no_raise
def stop() -> bool:
    """Refuse nothing any more; return whether anything was refused."""
    global thread
    thread = 0
    return has_refused


@irq_safe
@no_raise
def is_due() -> bool:
    global thread, left, has_refused
    if thread == 0 or running.get() != thread:
        return False
    left -= 1
    if left > 0:
        return False
    thread = 0
    has_refused = True
    return True
