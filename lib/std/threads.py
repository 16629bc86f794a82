"""Threads of a program.

    def work() -> None: ...

    thread = Thread(work)
    thread.start()
    thread.join()

Whatever two threads change needs a lock (lib/std/locks.py), lists and dicts included. An exception that a thread does not
handle is reported, and ends that thread only. The program ends when `main` has, and all its threads but those that are
`daemon`.

A thread holds itself until it has run. It takes memory from a heap of its own (core/world/heap.py). From the first
`start` on the counts of references change atomically (compiler/emit/counting.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from core.containers import failures
from core.world import hosted, last_words
from lang import (
    Atomic,
    CFunction,
    Ptr,
    address_of,
    asm,
    borrow,
    export,
    naked,
    no_raise,
    retain,
    symbol_address,
    u32,
)
from lib.std import system, thread_states, words

NEW: Final[u32] = 0
RUNS: Final[u32] = 1
IS_AWAITED: Final[u32] = 2  # it runs, and somebody sleeps until it has ended
HAS_ENDED: Final[u32] = 3

unfinished: Atomic[u32]  # threads that the end of the program waits for


class Thread:
    """A thread that runs a function; or a class derived from this one, with a `run` of its own."""

    daemon: bool  # the program may end without it
    _phase: Atomic[u32]
    _target: Callable[[], None]
    _self: Thread | None  # while it runs

    def __init__(self, target: Callable[[], None], daemon: bool = False) -> None:
        self._target = target
        self.daemon = daemon

    def run(self) -> None:
        """What the thread does."""
        self._target()

    def start(self) -> None:
        """Let the thread run.

        Raises:
            RuntimeError: it was started before.
            MemoryError: there is too little memory for it.
        """
        if self._phase.compare_exchange(NEW, RUNS) != NEW:
            raise RuntimeError("threads can only be started once")
        state = thread_states.take()
        hosted.has_threads = True
        hosted.before_end = CFunction[[], None](symbol_address("__pw_wait_for_threads"))
        if not self.daemon:
            unfinished.fetch_add(1)
        self._self = self
        entry = symbol_address("__pw_thread")
        top = state.stack + thread_states.STACK
        try:
            system.thread_create(entry, borrow(self).address, top, state.address)
        except BaseException:
            self._self = None
            thread_states.give(state)
            self._end()
            raise

    def join(self, timeout: float = -1.0) -> None:
        """Wait until the thread has ended, or a time is over, in seconds if it is not negative.

        Raises:
            RuntimeError: it was not started.
        """
        if self._phase.load() == NEW:
            raise RuntimeError("cannot join thread before it is started")
        deadline = words.deadline_after(timeout)
        while self._phase.load() != HAS_ENDED:
            self._phase.compare_exchange(RUNS, IS_AWAITED)
            if not words.sleep_while(address_of(self._phase), IS_AWAITED, deadline):
                return

    def is_alive(self) -> bool:
        """Whether the thread was started and has not ended."""
        return self._phase.load() in (RUNS, IS_AWAITED)

    @no_raise
    def _end(self) -> None:
        if not self.daemon and unfinished.fetch_sub(1) == 1:
            words.wake(address_of(unfinished), words.ALL)
        if self._phase.swap(HAS_ENDED) == IS_AWAITED:
            words.wake(address_of(self._phase), words.ALL)


def get_ident() -> int:
    """Return the number of the running thread."""
    return int(system.gettid())


@naked
@export("__pw_thread")
def enter() -> None:
    """Where the kernel lets a thread enter the program, with its Thread in rdi, and a stack that is a multiple of 16."""
    asm(
        """
        callq __pw_thread_run
        ud2
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@export("__pw_thread_run")
@no_raise
def run(thread: Ptr[Thread]) -> None:
    """Run a thread, on its stack; does not return."""
    failures.limit_stack(thread_states.FOR_RECURSION)
    run_to_end(thread)
    thread_states.leave()


@no_raise
def run_to_end(thread: Ptr[Thread]) -> None:
    me = retain(thread)
    me._self = None
    failure: BaseException | None = None
    try:
        me.run()
    except SystemExit:
        pass
    except BaseException as error:  # noqa: BLE001 - whatever it is, nobody handled it
        failure = error
    if failure is not None:
        hosted.write_error(b"Exception in a thread:\n")
        last_words.report(failure)
    me._end()


@export("__pw_wait_for_threads")
@no_raise
def wait_for_threads() -> None:
    """Before the program ends: wait until all threads have ended that are not `daemon`."""
    while (count := unfinished.load()) != 0:
        words.sleep_while(address_of(unfinished), count, words.NEVER)
