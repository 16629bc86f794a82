"""Random numbers: the processor's where it has a source, else what the clock makes of them.

Only those of the processor's source are secret; `is_secret` says whether they are.

Source: Intel SDM volume 1, section 7.3.17 (RDRAND).
"""

from __future__ import annotations

from typing import Final

from core import hash
from core.errors import NoRandomness
from kernel.cpu import instructions
from kernel.cpu.cpuid import Feature, Identity
from lang import Atomic, Order, irq_safe, no_raise, u64

TRIES: Final = 10  # RDRAND has a number at hand within so many, unless it is broken

is_secret: bool = False
drawn: Atomic[u64]


@no_raise
def begin(identity: Identity) -> None:
    """Find out whether there is a source, and whether it gives different numbers."""
    global is_secret
    if identity.has(Feature.RDRAND):
        first = draw()
        for _ in range(TRIES):
            if draw() != first:
                is_secret = True


def secret() -> u64:
    """Return a random number that nobody can guess.

    Raises:
        NoRandomness: the processor has no source of such, or it is broken.
    """
    number = draw() if is_secret else u64(0)
    if number == 0:
        raise NoRandomness
    return number


@irq_safe
@no_raise
def word() -> u64:
    """Return a random number."""
    number = draw() if is_secret else u64(0)
    count = drawn.fetch_add(1, Order.RELAXED)
    return hash.mix(number ^ instructions.read_tsc() ^ hash.mix(count))


@irq_safe
@no_raise
def draw() -> u64:
    """Return a number of the processor's source, 0 if it has none for a long time."""
    for _ in range(TRIES):
        number = instructions.read_random()
        if number != 0:
            return number
    return 0
