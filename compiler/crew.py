"""The crew: processes that share the front end's work on an image's units.

They are forked from this process after the modules are declared, so each has all declarations
without copying them. A unit stays with the process that took it first, which keeps what it made of
it (the typed tree) for the unit's next task. A process that dies costs the units that it held: they
come back as `Died`, and a new process takes its place.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Self

Work = Callable[[str, Any], Any]
"""What a member does: unit and argument of a task to its result, which must be picklable."""


@dataclass(frozen=True)
class Died:
    """The process at work on a unit ended."""

    reason: str


class _Member:
    def __init__(self, work: Work):
        context = get_context("fork")
        self.connection, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(other, work), daemon=True)
        self.process.start()
        other.close()
        self.unit: str | None = None
        self.waiting: deque[tuple[str, Any]] = deque()

    def start(self, unit: str, argument: Any) -> None:
        self.unit = unit
        with contextlib.suppress(OSError):  # it died; receiving finds out
            self.connection.send((unit, argument))

    def receive(self) -> Any:
        try:
            result = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            result = Died(_describe(self.process.exitcode or 0))
        self.unit = None
        return result

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


class Crew:
    """Use as a context manager. With size 1 the tasks run in this process."""

    def __init__(self, size: int, work: Work):
        self.work = work
        self.size = size
        self.members: list[_Member] = []
        self.owner: dict[str, int] = {}

    def __enter__(self) -> Self:
        if self.size > 1:
            gc.freeze()  # what the members share is not to be written by their collectors
            self.members = [_Member(self.work) for _ in range(self.size)]
        return self

    def __exit__(self, *error: object) -> None:
        for member in self.members:
            member.end()
        if self.size > 1:
            gc.unfreeze()

    def run(self, tasks: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
        """Do all tasks and yield (unit, result) as they are done, in no particular order."""
        if not self.members:
            yield from ((unit, self.work(unit, argument)) for unit, argument in tasks)
            return
        free: deque[tuple[str, Any]] = deque()
        for task in tasks:
            owner = self.owner.get(task[0])
            queue = free if owner is None else self.members[owner].waiting
            queue.append(task)

        for index in range(self.size):
            self._next(index, free)
        while busy := {m.connection: i for i, m in enumerate(self.members) if m.unit}:
            for connection in wait(list(busy)):
                index = busy[connection]
                member = self.members[index]
                unit = member.unit
                result = member.receive()
                if isinstance(result, Died):
                    self._replace(index)
                self._next(index, free)
                yield unit, result

    def _next(self, index: int, free: deque[tuple[str, Any]]) -> None:
        member = self.members[index]
        if member.waiting:
            member.start(*member.waiting.popleft())
        elif free:
            unit, argument = free.popleft()
            self.owner[unit] = index
            member.start(unit, argument)

    def _replace(self, index: int) -> None:
        """Put a new process in a dead one's place; what it kept of its units is made again."""
        waiting = self.members[index].waiting
        self.members[index].end()
        self.members[index] = _Member(self.work)
        self.members[index].waiting = waiting


def _serve(connection: Connection, work: Work) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt ends
    while True:
        try:
            unit, argument = connection.recv()
        except (EOFError, OSError):
            os._exit(0)
        connection.send(work(unit, argument))


def _describe(exit_code: int) -> str:
    if exit_code < 0:
        with contextlib.suppress(ValueError):
            return f"it was ended by {signal.Signals(-exit_code).name}"
    return f"it ended with status {exit_code}"
