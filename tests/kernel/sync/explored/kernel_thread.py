"""In place of making threads: one that is started is one of the explored threads, the third unless a test says so, which calls `run`."""

from __future__ import annotations

from kernel.sched import sleep
from kernel.sched.thread import Main, Thread
from lang import no_raise, sleeps, u16

started: u16 = 2  # its number

main: Main | None = None


def start(name: str, begin: Main) -> Thread:
    global main
    main = begin
    thread = sleep.threads[started]
    assert thread is not None, "the explored threads are made first"
    return thread


@no_raise
@sleeps
def run() -> None:
    """Do what the started thread is to do."""
    begin = main
    assert begin is not None, "a thread was started"
    begin()
