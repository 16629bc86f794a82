"""Worker: the child process that runs LLVM, one job after the other.

LLVM answers malformed assembly, impossible constraints and exhausted memory by ending its process,
so no process that matters may call it. A worker reads jobs from its standard input and writes an
answer to each on its standard output; whatever LLVM prints goes to standard error, where the
parent (`pool.py`) finds the last words of a worker that died.

    request   8 bytes length, pickle of a Job, or of None to end
    answer    8 bytes length, pickle of an Answer

The worker limits its own memory, leaves no core file, and dies with the thread that started it.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import resource
import signal
import struct
from dataclasses import dataclass
from typing import BinaryIO

from compiler.backend.target import TARGETS

PR_SET_PDEATHSIG = 1  # prctl(2)

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True)
class Job:
    """One thing to compile: a unit by itself, or all units of an image as one."""

    name: str
    texts: tuple[str, ...]  # LLVM IR of each unit
    target: str
    build: str
    emit: str
    roots: tuple[str, ...] | None  # what an image exports; None compiles the single text as it is


@dataclass(frozen=True)
class Answer:
    """The code that a job asked for, or what LLVM said instead."""

    code: bytes
    error: str = ""


def write_message(pipe: BinaryIO, message: object) -> None:
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def read_message(pipe: BinaryIO) -> object:
    """Read what `write_message` wrote at the other end.

    Raises:
        EOFError: the other end closed the pipe, perhaps in the middle of a message.
    """
    header = pipe.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(header)
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return pickle.loads(body)


def main(memory_limit: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ^C is the parent's to answer
    resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # LLVM may print; the protocol's pipe is not for it
    while True:
        try:
            job = read_message(requests)
        except EOFError:
            return
        if job is None:
            return
        write_message(answers, _answer(job))


def _answer(job: Job) -> Answer:
    from compiler.backend import optimise

    target = TARGETS[job.target]
    try:
        if job.roots is None:
            return Answer(optimise.compile_unit(job.texts[0], target, job.emit, job.build))
        return Answer(optimise.compile_image(job.texts, target, job.roots, job.emit))
    except RuntimeError as error:
        return Answer(b"", str(error).strip())
