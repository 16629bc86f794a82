"""Customers at a counter: a discrete event simulation with a generator of numbers."""

from __future__ import annotations

import heapq


class Random:
    def __init__(self, seed: int) -> None:
        self.state = seed

    def next(self, limit: int) -> int:
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 16) % limit


class Simulation:
    def __init__(self, counters: int, seed: int) -> None:
        self.free = counters
        self.random = Random(seed)
        self.events: list[tuple[int, int, str]] = []
        self.waiting: list[tuple[int, int]] = []
        self.waits: list[int] = []
        self.longest = 0

    def run(self, customers: int) -> None:
        at = 0
        for number in range(customers):
            at += self.random.next(5)
            heapq.heappush(self.events, (at, number, "arrive"))
        while self.events:
            now, number, kind = heapq.heappop(self.events)
            if kind == "arrive":
                self.waiting.append((now, number))
                self.longest = max(self.longest, len(self.waiting))
            else:
                self.free += 1
            while self.free > 0 and self.waiting:
                since, who = self.waiting.pop(0)
                self.waits.append(now - since)
                self.free -= 1
                heapq.heappush(self.events, (now + 3 + self.random.next(6), who, "leave"))


def main() -> None:
    for counters in (1, 2, 3):
        s = Simulation(counters, 42)
        s.run(50)
        average = sum(s.waits) / len(s.waits)
        print(f"{counters}: average {average:.2f}, worst {max(s.waits)}, queue {s.longest}")
        print(sorted(s.waits)[-5:])


if __name__ == "__main__":
    main()
