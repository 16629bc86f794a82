"""Runs threads of target code through every order of their steps in which the processor is taken from one few times.

A step is an atomic operation or a spin hint (compiler/emit/memory.py: Step). One thread runs at a time; before each step
the explorer chooses who does the next one. It goes on with the same thread, but for two reasons:

    the thread waits    it hinted that it spins, and nobody has written since its last hint
    a preemption        at most `bound` in one run

All choices are tried, depth first: a run is repeated up to its last choice with an alternative, which is taken.

If all threads that have not ended wait, time passes: each looks once more, and goes on if it only waited for that. If
nobody has written when all wait again, they would for ever: a deadlock, or a lost wake-up. Servants, which serve the
others for ever, do so when those have ended.

Memory is sequentially consistent here, as on one processor; what a weaker order would show is not found.
Source: Musuvathi and Qadeer, "Iterative Context Bounding for Systematic Testing of Multithreaded Programs", PLDI 2007.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

READ, WRITE, PAUSE = range(3)
MOST_STEPS = 3000


class Stuck(Exception):
    """All threads wait for each other."""


class Ended(Exception):
    """The run is over, for reasons of another thread."""


class Over(Exception):
    """All threads have ended but servants, which wait."""


@dataclass
class _Worker:
    number: int
    is_servant: bool
    turn: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    has_ended: bool = False
    is_waiting: bool = False
    writes_seen: int = -1  # how many there had been at its last hint


@dataclass
class _Choice:
    """What was chosen at one place, and what is left to try there."""

    taken: int
    left: list[int]


class Explorer:
    """Its `step` is given to the code, which is compiled once for all runs."""

    def __init__(self) -> None:
        self.local = threading.local()
        self.workers: list[_Worker] = []
        self.runs = 0

    def explore(
        self,
        prepare: Callable[[], None],
        bodies: Sequence[Callable[[], None]],
        bound: int = 2,
        servants: int = 0,
    ) -> str | None:
        """Run all orders; return what went wrong in the first that did, None if nothing.

        prepare: called before each run. bodies: what each thread does; an AssertionError says that it went wrong.
        servants: how many of the last bodies never end.
        """
        self.servants = servants
        self.path: list[_Choice] = []
        self.bound = bound
        self.runs = 0
        while True:
            prepare()
            failure = self._run(bodies)
            self.runs += 1
            if failure is not None:
                return failure
            while self.path and not self.path[-1].left:
                self.path.pop()
            if not self.path:
                return None
            last = self.path[-1]
            last.taken = last.left.pop()

    def _run(self, bodies: Sequence[Callable[[], None]]) -> str | None:
        others = len(bodies) - self.servants
        self.workers = [_Worker(number, number >= others) for number in range(len(bodies))]
        self.place = self.steps = self.writes = self.preemptions = 0
        self.failure: str | None = None
        self.is_over = False
        self.writes_at_pause = -1  # how many there had been when all waited last
        threads = [
            threading.Thread(target=self._work, args=pair, daemon=True)
            for pair in zip(self.workers, bodies, strict=True)
        ]
        for thread in threads:
            thread.start()
        self._choose(None).turn.release()
        for thread in threads:
            thread.join()
        return self.failure

    def _work(self, worker: _Worker, body: Callable[[], None]) -> None:
        self.local.worker = worker
        worker.turn.acquire()
        try:
            if not self.is_over:
                body()
        except Ended:
            pass
        except BaseException as error:  # noqa: BLE001 - whatever it is, the explored code went wrong
            self._fail(f"{type(error).__name__}: {error}")
        worker.has_ended = True
        self.local.worker = None
        self._pass_on()

    def _pass_on(self) -> None:
        """Let another thread go on, this one having ended."""
        if all(each.has_ended for each in self.workers):
            return
        try:
            chosen = self._choose(None)
        except (Stuck, Over) as end:
            self._end(end)
            chosen = next(each for each in self.workers if not each.has_ended)
        chosen.turn.release()

    def step(self, kind: int) -> None:
        """Called by the code before each step."""
        me = getattr(self.local, "worker", None)
        if me is None:
            return
        if self.is_over:
            raise Ended
        self.steps += 1
        if kind == PAUSE:
            me.is_waiting = me.writes_seen == self.writes
            me.writes_seen = self.writes
        try:
            chosen = self._choose(me)
        except (Stuck, Over) as end:
            self._end(end)
            raise Ended from None
        if chosen is not me:
            chosen.turn.release()
            me.turn.acquire()
            if self.is_over:
                raise Ended
        if kind == WRITE:
            self.writes += 1
            for each in self.workers:
                each.is_waiting = False

    def _choose(self, me: _Worker | None) -> _Worker:
        """Return who does the next step. me: who would go on; None: it has ended."""
        able = self._able()
        if not able and self.writes_at_pause != self.writes:
            self.writes_at_pause = self.writes
            for each in self.workers:
                each.is_waiting = False
            able = self._able()
        if not able:
            if all(each.has_ended or each.is_servant for each in self.workers):
                raise Over
            raise Stuck("all threads wait for each other")
        if self.steps > MOST_STEPS:
            raise Stuck("the threads do not come to an end")
        goes_on = me is not None and me.number in able
        if goes_on:
            able.remove(me.number)
            able.insert(0, me.number)
            if self.preemptions == self.bound:
                able = able[:1]
        if len(able) == 1:
            chosen = able[0]
        else:
            if self.place == len(self.path):
                self.path.append(_Choice(able[0], able[:0:-1]))
            chosen = self.path[self.place].taken
            self.place += 1
            if chosen not in able:
                raise Stuck("the same choices led elsewhere than before")
        if goes_on and chosen != me.number:
            self.preemptions += 1
        return self.workers[chosen]

    def _able(self) -> list[int]:
        return [each.number for each in self.workers if not each.has_ended and not each.is_waiting]

    def _end(self, end: Stuck | Over) -> None:
        if isinstance(end, Stuck):
            self._fail(str(end))
        self.is_over = True

    def _fail(self, why: str) -> None:
        self.is_over = True
        if self.failure is None:
            self.failure = why
