"""Runs a `main` that returns nothing, and reports an exception that it does not handle."""

from __future__ import annotations

from core.object import TypeInfo
from core.world import hosted
from core.world.program import main
from lang import export, handled_class, i32, no_raise


@export("__pw_main")
@no_raise
def start() -> i32:
    """Return 0; 1 after an exception."""
    try:
        main()
        return 0
    except BaseException:  # noqa: BLE001 - whatever it is, nobody handled it
        hosted.report_uncaught(handled_class().cast(TypeInfo))
        return 1
