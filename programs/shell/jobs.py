"""What runs in the background."""

from __future__ import annotations

from lib.std.processes import Child
from programs.shell.foreground import Foreground


class Job:
    """A pipeline in the background."""

    number: int  # from 1
    text: str  # as it was typed
    children: list[Child]

    def __init__(self, number: int, text: str, children: list[Child]) -> None:
        self.number = number
        self.text = text
        self.children = children

    def has_ended(self) -> bool:
        return all(child.has_ended() for child in self.children)

    def wait(self) -> str:
        """Wait until all of it has ended, and return the status of the last stage."""
        status = ""
        for child in self.children:
            status = child.wait()
        return status


class Jobs:
    """All that runs in the background."""

    all: list[Job]

    def __init__(self) -> None:
        self.all = []

    def add(self, text: str, children: list[Child]) -> Job:
        """Take a pipeline, under a number that is free."""
        number = 1
        while any(job.number == number for job in self.all):
            number += 1
        job = Job(number, text, children)
        self.all.append(job)
        return job

    def find(self, word: str) -> Job | None:
        """Return the job with a number, or with a process of that number."""
        for job in self.all:
            if word == str(job.number) or word == f"%{job.number}":
                return job
        for job in self.all:
            if any(word == str(child.number) for child in job.children):
                return job
        return None

    def take_ended(self) -> list[Job]:
        """Forget the jobs that have ended, and return them."""
        ended = [job for job in self.all if job.has_ended()]
        self.all = [job for job in self.all if job not in ended]
        return ended

    def wait(self, job: Job, foreground: Foreground) -> str:
        """Wait for a job, forget it, and return its status.

        Raises:
            Interrupted: Ctrl-C was typed, and the job goes on.
        """
        foreground.wait_or_leave(job.children)
        status = job.wait()
        self.all = [other for other in self.all if other is not job]
        return status


def shown(job: Job, state: str) -> str:
    """Return the line about a job."""
    numbers = " ".join([str(child.number) for child in job.children])
    return f"[{job.number}] {state}  {job.text}  (process {numbers})\n"
