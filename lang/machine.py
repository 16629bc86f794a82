"""The processor itself: instructions that no language has, and hints to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn


def asm(
    template: str,
    inputs: Sequence[tuple[str, Any]] = (),
    outputs: Sequence[tuple[str, Any]] = (),
    clobbers: Sequence[str] = (),
) -> Any:
    """Execute machine instructions in AT&T syntax, `$0` and on being the operands."""
    first_line = template.strip().splitlines()[0]
    raise NotImplementedError(
        f"CPython cannot execute `{first_line}`; replace the function around it in the test"
    )


def unreachable() -> NoReturn:
    """State that control never gets here."""
    raise AssertionError("reached what was declared unreachable")


def prefetch(pointer: Any) -> None:
    """Ask for the cache line at an address ahead of its use."""


def spin_hint() -> None:
    """Tell the processor that this is a spin loop."""


def release_variables() -> None:
    """Let go of what the module variables hold, this module's and those of all that it imports."""


def is_checked() -> bool:
    """Tell whether this is a checked build, as what CPython runs is."""
    return True
