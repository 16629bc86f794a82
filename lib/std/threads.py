"""Threads of a program.

    def work() -> None: ...

    thread = Thread(work)
    thread.start()
    thread.join()

Python's module threading (lib/python/library/threading.py) is made of this, with the same names.

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
from core.world import current, hosted, last_words, system
from core.world.lock import WordLock
from lang import (
    Atomic,
    CFunction,
    Ptr,
    address_of,
    asm,
    borrow,
    export,
    is_checked,
    naked,
    no_raise,
    retain,
    symbol_address,
    u32,
    u64,
)
from lib.python import clock, thread_system
from lib.std import thread_states, words

NEW: Final[u32] = 0
RUNS: Final[u32] = 1
IS_AWAITED: Final[u32] = 2  # it runs, and somebody sleeps until it has ended
HAS_ENDED: Final[u32] = 3

MOMENT_NS: Final[u64] = 1_000_000

unfinished: Atomic[u32]  # threads that the end of the program waits for
alive: Atomic[u32]  # threads that were started and have not ended
holding: Atomic[u32]  # threads that were started and may still hold objects
made: Atomic[u32]
first: Thread | None = None  # what stands for the thread that `main` runs in, once somebody asks
making_first: WordLock


class Thread:
    """A thread that runs a function; or a class derived from this one, with a `run` of its own."""

    daemon: bool  # the program may end without it
    _number: u32  # counted up from 1; 0 for the first thread
    _name: str  # empty while nobody has given it one
    _function: str
    _phase: Atomic[u32]
    _target: Callable[[], None] | None
    _self: Thread | None  # while it runs

    def __init__(
        self,
        target: Callable[[], None] | None = None,
        name: str = "",
        daemon: bool = False,
        function: str = "",
    ) -> None:
        """name: one is made up unless it is given, of a number and of `function`, which says what `target` is."""
        self._target = target
        self._name = name
        self._function = function
        self.daemon = daemon
        if len(name) == 0:
            self._number = made.fetch_add(1) + 1

    @property
    def name(self) -> str:
        """What it is called."""
        if len(self._name) > 0:
            return self._name
        if len(self._function) > 0:
            return f"Thread-{self._number} ({self._function})"
        return f"Thread-{self._number}"

    @name.setter
    def name(self, name: str) -> None:
        self._name = name

    def run(self) -> None:
        """What the thread does."""
        target = self._target
        if target is not None:
            target()

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
        hosted.before_end = CFunction[[], bool](symbol_address("__pw_wait_for_threads"))
        if not self.daemon:
            unfinished.fetch_add(1)
        alive.fetch_add(1)
        holding.fetch_add(1)
        self._self = self
        entry = symbol_address("__pw_thread")
        top = state.stack + thread_states.STACK
        try:
            thread_system.start(entry, borrow(self).address, top, state.address)
        except BaseException:
            self._self = None
            holding.fetch_sub(1)
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
        alive.fetch_sub(1)
        if not self.daemon and unfinished.fetch_sub(1) == 1:
            words.wake(address_of(unfinished), words.ALL)
        if self._phase.swap(HAS_ENDED) == IS_AWAITED:
            words.wake(address_of(self._phase), words.ALL)


def get_ident() -> int:
    """Return the number of the running thread."""
    return int(thread_system.number())


def active_count() -> int:
    """Return how many threads there are that were started and have not ended, the first one included."""
    return int(alive.load()) + 1


def current_thread() -> Thread:
    """Return the running thread."""
    address = current.state().thread
    return main_thread() if address == 0 else retain(Ptr[Thread](address))


def main_thread() -> Thread:
    """Return what stands for the thread that the program began with."""
    global first
    with making_first:
        found = first
        if found is None:
            found = Thread(None, "MainThread")
            found._phase.store(RUNS)
            first = found
        return found


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
    holding.fetch_sub(1)
    thread_states.leave()


@no_raise
def run_to_end(thread: Ptr[Thread]) -> None:
    me = retain(thread)
    me._self = None
    current.state().thread = thread.address
    failure: BaseException | None = None
    try:
        me.run()
    except SystemExit:
        pass
    except BaseException as error:  # noqa: BLE001 - whatever it is, nobody handled it
        failure = error
    if failure is not None:
        report(me, failure)
    me._end()


@no_raise
def report(thread: Thread, failure: BaseException) -> None:
    """Say that nobody handled an exception."""
    try:
        name = thread.name
    except BaseException:  # noqa: BLE001 - there is no memory to make it up
        name = "?"
    hosted.write_error(b"Exception in thread ")
    hosted.write_error(name.encode())
    hosted.write_error(b":\n")
    last_words.report(failure)


@export("__pw_wait_for_threads")
@no_raise
def wait_for_threads() -> bool:
    """Before the program ends: wait until all threads have ended that are not `daemon`; return whether all have."""
    while (count := unfinished.load()) != 0:
        words.sleep_while(address_of(unfinished), count, words.NEVER)
    if is_checked() and system.COUNTS:
        wait_for_their_objects()
    return alive.load() == 0


@no_raise
def wait_for_their_objects() -> None:
    """Wait until all that has ended has also let go of its objects, which takes a few instructions more."""
    while (count := holding.load()) > alive.load():
        words.sleep_while(address_of(holding), count, clock.uptime() + MOMENT_NS)
