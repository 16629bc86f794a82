"""A running program of bench/programs: does rounds when asked, and says how long it took.

The other end of the protocol is bench/programs/harness.py, or harness.c.
"""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tools.bench.executable import Sample, WorkloadError

TIMEOUT_S = 60


class RunningProgram:
    """A process that waits for requests, pinned to one processor; use it in `with`."""

    def __init__(self, name: str, command: Sequence[str | Path], processor: int) -> None:
        self.name = name
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        os.sched_setaffinity(self.process.pid, {processor})

    def measure(self, rounds: int) -> Sample:
        """Do so many rounds once.

        Raises:
            WorkloadError: there was no answer, or none in time.
        """
        assert self.process.stdin is not None and self.process.stdout is not None
        try:
            self.process.stdin.write(b"%d\n" % rounds)
        except BrokenPipeError:
            raise WorkloadError(self._obituary()) from None
        answered, _, _ = select.select([self.process.stdout], [], [], TIMEOUT_S)
        if not answered:
            raise WorkloadError(f"{self.name} gave no answer for {TIMEOUT_S} s")
        words = self.process.stdout.readline().split()
        if len(words) != 2:
            raise WorkloadError(self._obituary())
        return Sample(checksum=int(words[0]), nanoseconds=int(words[1]))

    def _obituary(self) -> str:
        return f"{self.name} ended with status {self.process.wait()}"

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
