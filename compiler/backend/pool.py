"""Pool: hands compile jobs to worker processes and survives the death of any of them.

Each worker belongs to one thread of this process, which takes jobs off the common queue, passes
them on and settles their futures. Threads and workers start when there is work for them, so a
build in which nothing changed pays for neither; a worker that died or hung is replaced at its
thread's next job. Which worker does a job has no influence on the result.

Invariant: every submitted future is settled, if only with a `BackendFailure`.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
import select
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import Self

from compiler.backend.target import Build, Target
from compiler.backend.worker import Answer, Job, read_message, write_message

DEFAULT_TIMEOUT_S = 300.0
DEFAULT_MEMORY_LIMIT = 4 << 30  # address space of one worker, of which LLVM itself is 0.3 GiB

_ROOT = Path(__file__).resolve().parents[2]
_WORKER = "from compiler.backend.worker import main"  # not -m: pickle needs the module's name
_FAREWELL_S = 5.0  # to end an idle worker
_STDERR_KEPT = 4000  # characters of a dead worker's output


class BackendFailure(Exception):
    """LLVM did not compile a unit. `message` is what it said, or how its process ended."""

    def __init__(self, unit: str, message: str) -> None:
        super().__init__(unit, message)
        self.unit = unit
        self.message = message

    def __str__(self) -> str:
        return f"{self.unit}: {self.message}"


_pools: weakref.WeakSet[BackendPool] = weakref.WeakSet()


class BackendPool:
    """Workers that compile in parallel. Use as a context manager, or call `close`."""

    def __init__(
        self,
        size: int | None = None,
        *,
        timeout_s: float = DEFAULT_TIMEOUT_S,
        memory_limit: int = DEFAULT_MEMORY_LIMIT,
    ) -> None:
        self.size = size or os.cpu_count() or 1
        self.timeout_s = timeout_s
        self.memory_limit = memory_limit

        self.is_closed = False
        self.is_abandoned = False
        self._start_empty()
        _pools.add(self)

    def _start_empty(self) -> None:
        # Guarded by lock. A None in the queue ends the thread that takes it.
        self.lock = threading.Lock()
        self.threads: list[threading.Thread] = []
        self.children: set[_Child] = set()
        self.unfinished = 0

        self.jobs: queue.SimpleQueue[tuple[Job, Future[bytes]] | None] = queue.SimpleQueue()

    def submit(
        self, unit: str, llvm_text: str, target: Target, build: Build | str, emit: str
    ) -> Future[bytes]:
        """Compile one unit by itself; the future's result is the object, assembly or text.

        The future raises BackendFailure if LLVM refuses the text, dies, hangs or runs out of memory.
        """
        return self._submit(Job(unit, (llvm_text,), target.name, Build(build), emit, None))

    def submit_image(
        self,
        image: str,
        llvm_texts: Iterable[str],
        target: Target,
        roots: Iterable[str],
        emit: str,
    ) -> Future[bytes]:
        """Compile all units of an image as one, keeping only what `roots` reach (release builds)."""
        ordered_roots = tuple(sorted(roots))
        return self._submit(
            Job(image, tuple(llvm_texts), target.name, Build.RELEASE, emit, ordered_roots)
        )

    def start(self, jobs: int) -> None:
        """Start the workers for so many jobs now, because they are certain to come."""
        with self.lock:
            while len(self.threads) < min(self.size, jobs):
                self._start_thread()

    def close(self) -> None:
        """Finish the jobs in the queue, then end threads and workers."""
        with self.lock:
            self.is_closed = True
            threads = list(self.threads)
        for _ in threads:
            self.jobs.put(None)
        for thread in threads:
            thread.join()

    def abandon(self) -> None:
        """Cancel the jobs in the queue, stop those at work, and close."""
        while True:
            try:
                _, future = self.jobs.get_nowait()
            except queue.Empty:
                break
            future.cancel()
        with self.lock:
            self.is_abandoned = True
            for child in self.children:
                child.process.kill()
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *rest: object) -> None:
        if error is None:
            self.close()
        else:
            self.abandon()

    def _submit(self, job: Job) -> Future[bytes]:
        future: Future[bytes] = Future()
        with self.lock:
            if self.is_closed:
                raise RuntimeError("the pool is closed")
            self.unfinished += 1
            if self.unfinished > len(self.threads) and len(self.threads) < self.size:
                self._start_thread()
        self.jobs.put((job, future))
        return future

    def _start_thread(self) -> None:
        thread = threading.Thread(target=self._serve, name="backend", daemon=True)
        self.threads.append(thread)
        thread.start()

    def _serve(self) -> None:
        """Work off the queue with one worker (the body of each thread)."""
        child: _Child | None = None
        with contextlib.suppress(OSError):  # the first job meets it again, and can report it
            child = self._replace(None)
        while (item := self.jobs.get()) is not None:
            job, future = item
            if future.set_running_or_notify_cancel():
                try:
                    if child is None or not child.is_alive():
                        child = self._replace(child)
                    _settle(future, child.ask(job, self.timeout_s), job)
                except _Death as death:
                    future.set_exception(BackendFailure(job.name, str(death)))
                except Exception as error:  # noqa: BLE001 (whoever waits must hear of it)
                    future.set_exception(error)
            with self.lock:
                self.unfinished -= 1
        if child is not None:
            child.end()

    def _replace(self, dead: _Child | None) -> _Child:
        """Start a worker in the place of one that died.

        Raises:
            OSError: the system has no room for another process.
        """
        child = _Child(self.memory_limit)
        with self.lock:
            self.children.discard(dead)
            self.children.add(child)
            if self.is_abandoned:
                child.process.kill()
        return child


def _settle(future: Future[bytes], answer: Answer, job: Job) -> None:
    if answer.error:
        future.set_exception(BackendFailure(job.name, answer.error))
    else:
        future.set_result(answer.code)


class _Death(Exception):
    """The worker ended, or was ended, without an answer."""


class _Child:
    """One worker process as its thread sees it."""

    def __init__(self, memory_limit: int) -> None:
        self.stderr = tempfile.TemporaryFile()  # noqa: SIM115 (a pipe that nobody drains fills up)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", f"{_WORKER}; main({memory_limit})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.stderr,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
        )

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, job: Job, timeout_s: float) -> Answer:
        """Have the worker do a job.

        Raises:
            _Death: it did not answer, and is gone.
        """
        try:
            write_message(self.process.stdin, job)
            poller = select.poll()
            poller.register(self.process.stdout, select.POLLIN)
            if not poller.poll(timeout_s * 1000):
                self._kill()
                raise _Death(f"LLVM was still at work after {timeout_s:g} s and was stopped")
            return read_message(self.process.stdout)
        except (EOFError, BrokenPipeError):
            status = self.process.wait()
            said = self._last_words()
            self._close()
            raise _Death(said or f"LLVM's process ended with status {status}") from None

    def end(self) -> None:
        """Let an idle worker end by itself.

        It is told to, since it need not see its input end: a process that was forked meanwhile may
        hold the other end of the pipe, too.
        """
        if not self.is_alive():
            self._close()
            return
        with contextlib.suppress(BrokenPipeError):
            write_message(self.process.stdin, None)
        try:
            self.process.wait(_FAREWELL_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._close()

    def _kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._close()

    def _close(self) -> None:
        with contextlib.suppress(BrokenPipeError):  # what a dead worker left unread
            self.process.stdin.close()
        self.process.stdout.close()
        self.stderr.close()

    def _last_words(self) -> str:
        self.stderr.seek(0)
        return _explain(self.stderr.read().decode(errors="replace"))


def _explain(stderr: str) -> str:
    """Return the part of LLVM's output that says what went wrong: no register or stack dumps."""
    telling = re.compile(r"error:|LLVM ERROR|Assertion|fatal", re.IGNORECASE)
    for first, line in enumerate(lines := stderr.splitlines()):
        if telling.search(line):
            rest = [line for line in lines[first:] if not re.match(r"\s*#?\d+ |Stack dump", line)]
            return "\n".join(rest)[:_STDERR_KEPT].strip()
    return stderr[-_STDERR_KEPT:].strip()


def _forget_threads() -> None:
    """In a child of fork no thread of the parent's serves a pool, and its workers are the parent's."""
    for pool in list(_pools):
        pool._start_empty()


os.register_at_fork(after_in_child=_forget_threads)
