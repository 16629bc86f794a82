"""The process that the running thread belongs to."""

from __future__ import annotations

from kernel.proc.process import Process
from kernel.sched import sleep
from lang import no_raise


@no_raise
def process() -> Process:
    """Return the process of the running thread, which runs a program."""
    found = sleep.current().process
    assert found is not None
    return found
