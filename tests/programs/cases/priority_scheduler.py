"""Tasks of several kinds, which a scheduler runs by priority."""

from __future__ import annotations

import heapq
from abc import ABC, abstractmethod


class Task(ABC):
    made = 0

    def __init__(self, name: str, priority: int) -> None:
        self.name = name
        self.priority = priority
        self.ticks = 0

    @abstractmethod
    def run(self, now: int) -> int: ...

    @property
    def label(self) -> str:
        return f"{type(self).__name__}:{self.name}"

    def __lt__(self, other: Task) -> bool:
        return (self.priority, self.name) < (other.priority, other.name)


class Short(Task):
    def run(self, now: int) -> int:
        self.ticks += 1
        return 0


class Long(Task):
    def __init__(self, name: str, priority: int, work: int) -> None:
        super().__init__(name, priority)
        self.work = work

    def run(self, now: int) -> int:
        done = min(self.work, 3)
        self.work -= done
        self.ticks += done
        return self.work


class Failing(Task):
    def run(self, now: int) -> int:
        self.ticks += 1
        if now % 2 == 1:
            raise RuntimeError(f"{self.label} at {now}")
        return 1


class Scheduler:
    def __init__(self) -> None:
        self.queue: list[tuple[int, int, Task]] = []
        self.sequence = 0
        self.log: list[str] = []

    def add(self, task: Task, at: int = 0) -> None:
        heapq.heappush(self.queue, (at + task.priority, self.sequence, task))
        self.sequence += 1

    def run(self, limit: int) -> int:
        now = 0
        while self.queue and now < limit:
            due, _, task = heapq.heappop(self.queue)
            now += 1
            try:
                left = task.run(now)
            except RuntimeError as error:
                self.log.append(f"failed {error}")
                continue
            self.log.append(f"{now} {task.label} {left}")
            if left > 0:
                self.add(task, due)
        return now


def main() -> None:
    scheduler = Scheduler()
    tasks: list[Task] = [
        Long("build", 2, 10),
        Short("ping", 1),
        Failing("flaky", 3),
        Long("test", 4, 4),
    ]
    for task in tasks:
        scheduler.add(task)
    print(scheduler.run(50))
    print("\n".join(scheduler.log))
    print([(task.label, task.ticks) for task in sorted(tasks)])


if __name__ == "__main__":
    main()
