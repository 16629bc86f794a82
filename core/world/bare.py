"""A world with nothing beneath it: no memory to give, and a failed check is an illegal instruction.

For programs that bring all they need, until there is a system that supplies more.
"""

from __future__ import annotations

from core.trap import Location
from core.world import without_heap  # noqa: F401 - its hooks are this world's
from lang import Ptr, asm, export, i64, no_raise, u32


@export("__pw_trap")
@no_raise
def stop(kind: u32, location: Ptr[Location], a: i64, b: i64) -> None:
    """End here; whoever handles the fault finds kind and place in the registers of the call."""
    asm(
        "ud2",
        inputs=[("{rdi}", kind), ("{rsi}", location)],
        outputs=[],
        clobbers=["memory"],
    )


@export("__pw_trace")
@no_raise
def trace(location: Ptr[Location]) -> None:
    """An exception passes here; nobody remembers."""
