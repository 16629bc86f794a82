"""A running executable: does its workload when asked, and says how long it took.

The other end of the protocol is bench/compiler/harness.c.
"""

from __future__ import annotations

import os
import select
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

TIMEOUT_S = 60
TRAP_STATUS = 70

_REQUEST = struct.Struct("=QQ")
_REPLY = struct.Struct("=QQ")


class WorkloadError(Exception):
    """An executable ended, hangs, or computed something else than its peers."""


@dataclass(frozen=True)
class Sample:
    """The fastest of a few repetitions, and the checksum, which all of them share."""

    checksum: int
    nanoseconds: int


class Executable:
    """A process that waits for requests, pinned to one processor; use it in `with`."""

    def __init__(self, path: Path, processor: int) -> None:
        self.path = path
        self.process = subprocess.Popen(
            [path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env={}
        )
        os.sched_setaffinity(self.process.pid, {processor})

    def measure(self, rounds: int, repetitions: int) -> Sample:
        """Do the workload several times.

        Raises:
            WorkloadError: there was no answer, or none in time.
        """
        assert self.process.stdin is not None and self.process.stdout is not None
        try:
            self.process.stdin.write(_REQUEST.pack(rounds, repetitions))
        except BrokenPipeError:
            raise WorkloadError(self._obituary()) from None

        answered, _, _ = select.select([self.process.stdout], [], [], TIMEOUT_S)
        if not answered:
            raise WorkloadError(f"{self.path.name} gave no answer for {TIMEOUT_S} s")
        reply = self.process.stdout.read(_REPLY.size)
        if len(reply) != _REPLY.size:
            raise WorkloadError(self._obituary())
        return Sample(*_REPLY.unpack(reply))

    def _obituary(self) -> str:
        status = self.process.wait()
        if status == TRAP_STATUS:
            return f"{self.path.name} ended with a failed check"
        cause = f"signal {-status}" if status < 0 else f"status {status}"
        return f"{self.path.name} ended with {cause}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.communicate()
