"""A run queue under test, with what a plain implementation would know of it, in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

SUBJECT = Path(__file__).parent / "run_queue_subject.py"
NOBODY = 9999
UNITS = 1 << 10  # of virtual time in a ns
MASK = (1 << 64) - 1
MS = 1_000_000
SLICE = 3 * MS


class Queue:
    """One queue under test, with what a plain implementation would know."""

    def __init__(self, subject, number: int = 0, start: int = 0) -> None:
        self.subject = subject
        self.number = number
        self.now = start
        self.members: dict[int, int] = {}  # weight by number
        self.running = NOBODY
        subject.begin(number, start)

    def add(self, number: int, weight: int, slice_ns: int = SLICE, keeps_lag: bool = False) -> None:
        self.subject.set_share(number, weight, slice_ns)
        if not keeps_lag:
            self.subject.forget(number)
        self.pass_time(0)
        self.subject.join(self.number, number)
        self.members[number] = weight

    def remove(self, number: int) -> None:
        self.pass_time(0)
        self.subject.leave(self.number, number)
        del self.members[number]
        if self.running == number:
            self.running = NOBODY

    def reweight(self, number: int, weight: int, slice_ns: int = SLICE) -> None:
        self.pass_time(0)
        self.subject.reweight(self.number, number, weight, slice_ns)
        if number in self.members:
            self.members[number] = weight

    def empty(self) -> None:
        for number in list(self.members):
            self.remove(number)

    def pass_time(self, ns: int) -> None:
        self.now += ns
        self.subject.charge(self.number, self.now)

    def pick(self) -> int:
        self.running = self.subject.pick(self.number)
        return self.running

    def pick_other(self) -> int:
        self.running = self.subject.pick_other(self.number)
        return self.running

    def eligible(self, number: int) -> int:
        """Return an entity's eligible time, counted from that of any member so that it does not wrap."""
        anchor = self.subject.eligible(next(iter(self.members)))
        return signed(self.subject.eligible(number) - anchor)

    def deadline(self, number: int) -> int:
        ahead = signed(self.subject.deadline(number) - self.subject.eligible(number))
        return self.eligible(number) + ahead

    def virtual_time(self) -> Fraction:
        total = sum(weight * self.eligible(number) for number, weight in self.members.items())
        return Fraction(total, sum(self.members.values()))

    def lag_ns(self, number: int) -> Fraction:
        behind = self.virtual_time() - self.eligible(number)
        return self.members[number] * behind / UNITS

    def best_deadline(self) -> int:
        time = self.virtual_time()
        return min(
            self.deadline(number) for number in self.members if self.eligible(number) <= time
        )

    def run(self, ns: int) -> None:
        """Let time pass as the scheduler does: whoever is picked runs to the end of its request."""
        end = self.now + ns
        while self.now < end:
            self.pick()
            self.pass_time(min(self.subject.slice_left(self.number), end - self.now))


def signed(value: int) -> int:
    value &= MASK
    return value - (1 << 64) if value >> 63 else value
