"""A heap of dataclasses with order, and stability by a counter."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field


@dataclass(order=True)
class Job:
    priority: int
    sequence: int
    name: str = field(compare=False)


class Scheduler:
    def __init__(self) -> None:
        self._heap: list[Job] = []
        self._next = 0

    def submit(self, name: str, priority: int = 5) -> None:
        heapq.heappush(self._heap, Job(priority, self._next, name))
        self._next += 1

    def __len__(self) -> int:
        return len(self._heap)

    def __bool__(self) -> bool:
        return bool(self._heap)

    def run(self) -> list[str]:
        done = []
        while self:
            job = heapq.heappop(self._heap)
            done.append(f"{job.name}@{job.priority}")
        return done


def main() -> None:
    s = Scheduler()
    for name, p in [("write", 3), ("read", 1), ("sync", 3), ("idle", 9), ("boot", 1)]:
        s.submit(name, p)
    s.submit("default")
    print(len(s))
    print(s.run(), len(s), bool(s))
    print(Job(1, 2, "a") < Job(1, 3, "b"), Job(1, 2, "a") == Job(1, 2, "z"), Job(2, 0, "q"))


if __name__ == "__main__":
    main()
