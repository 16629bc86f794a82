"""Runs the body of the program's module and reports an exception that it does not handle."""

from __future__ import annotations

from core.containers import failures
from core.world import last_words, system
from core.world.program import __run__
from lang import export, i32, no_raise, release_variables


@export("__pw_main")
@no_raise
def start() -> i32:
    """Return 0; 1 after an exception."""
    failures.limit_stack(system.STACK)
    try:
        __run__()
        return 0
    except SystemExit as leaving:
        return last_words.status_of(leaving)
    except BaseException as error:  # noqa: BLE001 - whatever it is, nobody handled it
        last_words.report(error)
        return 1


@export("__pw_release_variables")
@no_raise
def end() -> None:
    """Let go of what module variables hold, for who counts what is alive."""
    release_variables()
