"""Has another processor do something as if a device interrupted it, by a line that no chip has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.vectors import FIRST_DEVICE
from kernel.interrupt import controller, routing
from kernel.interrupt.routing import Handler, Signal
from lang import Array, Atomic, Ptr, irq_safe, no_raise, truncate, u8, u16, u32, u64, usize

FIRST_LINE: Final[u32] = 5000

Action = Annotated[Callable[[], None], irq_safe, no_raise]

handlers: Array[Handler, 8]
actions: Array[Action | None, 8]
is_known: Array[bool, 8]
taken: Atomic[u64]


@irq_safe
@no_raise
def handle(handler: Ptr[Handler]) -> bool:
    action = actions[handler.line - FIRST_LINE]
    taken.fetch_add(1)
    if action is not None:
        action()
    return True


def interrupt(number: u16, action: Action) -> None:
    """Interrupt a processor, and return once it has begun with the action."""
    line = FIRST_LINE + number
    if not is_known[number]:
        is_known[number] = True
        routing.add(handlers[number], line, Signal.EDGE, handle, number)
    actions[number] = action
    before = taken.load()
    for index in range(usize(routing.VECTORS)):
        route = routing.routes[index]
        if route.line == line and route.handlers.load() is not None:
            with interrupts_disabled():
                controller.send(number, truncate(u8, FIRST_DEVICE + index))
    while taken.load() == before:
        pass
