"""threadtest"""

from __future__ import annotations

from lib.std import clock
from lib.std.locks import Lock
from lib.std.threads import Thread
from programs.tools.arguments import Arguments

HELP = """\
usage: threadtest [-n NUMBER] [-t THREADS]

Count the primes below a number with 1, 2, 4 and more threads, which take pieces of 1000 numbers, and print how long it takes.

  -n NUMBER    up to where; 200000 if it is not said
  -t THREADS   how many at most; 8 if it is not said
"""
PIECE = 1000


class Work:
    """The numbers that nobody has looked at, and what was found in the others."""

    lock: Lock
    next: int  # guarded by lock
    end: int
    found: int  # guarded by lock

    def __init__(self, end: int) -> None:
        self.lock = Lock()
        self.next = 2
        self.end = end
        self.found = 0

    def take(self) -> int:
        """Return where a piece begins that is now the caller's."""
        with self.lock:
            start = self.next
            self.next += PIECE
            return start

    def do(self) -> None:
        """Look through pieces until there are none."""
        while (start := self.take()) < self.end:
            count = 0
            for number in range(start, min(start + PIECE, self.end)):
                if is_prime(number):
                    count += 1
            with self.lock:
                self.found += count


def is_prime(number: int) -> bool:
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 1
    return True


def run(arguments: Arguments) -> int:
    arguments.require(0, 0)
    end = arguments.number("-n", 200_000)
    most = arguments.number("-t", 8)
    count = 1
    while count <= most:
        start = clock.uptime()
        found = count_primes(end, count)
        ms = int(clock.uptime() - start) // 1_000_000
        print(f"{count} threads: took {ms} ms to find {found} primes")
        count *= 2
    return 0


def count_primes(end: int, count: int) -> int:
    """Return how many primes there are below a number, found by so many threads."""
    work = Work(end)
    threads: list[Thread] = []
    for _ in range(count):
        threads.append(Thread(work.do))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return work.found
