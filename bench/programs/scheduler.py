"""A scheduler: tasks of several kinds wait in a heap by priority, and each turn runs the first."""

from __future__ import annotations

from abc import ABC, abstractmethod

TURNS = 20_000


class Task(ABC):
    """Something to do in turns."""

    priority: int
    number: int
    work: int

    def __init__(self, number: int, priority: int) -> None:
        self.number = number
        self.priority = priority
        self.work = 0

    def __lt__(self, other: Task) -> bool:
        if self.priority != other.priority:
            return self.priority < other.priority
        return self.number < other.number

    @abstractmethod
    def step(self, now: int) -> int:
        """Do a turn, and return by how much the task waits longer for the next."""


class Batch(Task):
    def step(self, now: int) -> int:
        self.work += 10
        return 50 + self.number % 7


class Interactive(Task):
    def step(self, now: int) -> int:
        self.work += 1
        return 5 + now % 11


class Periodic(Task):
    period: int

    def __init__(self, number: int, priority: int, period: int) -> None:
        super().__init__(number, priority)
        self.period = period

    def step(self, now: int) -> int:
        self.work += self.period // 4
        return self.period


class Queue:
    """A binary heap of tasks, the least first."""

    tasks: list[Task]

    def __init__(self) -> None:
        self.tasks = []

    def push(self, task: Task) -> None:
        tasks = self.tasks
        tasks.append(task)
        at = len(tasks) - 1
        while at > 0:
            parent = (at - 1) // 2
            if not task < tasks[parent]:
                break
            tasks[at] = tasks[parent]
            at = parent
        tasks[at] = task

    def pop(self) -> Task:
        tasks = self.tasks
        last = tasks.pop()
        if not tasks:
            return last
        first = tasks[0]
        at = 0
        while True:
            child = 2 * at + 1
            if child >= len(tasks):
                break
            if child + 1 < len(tasks) and tasks[child + 1] < tasks[child]:
                child += 1
            if not tasks[child] < last:
                break
            tasks[at] = tasks[child]
            at = child
        tasks[at] = last
        return first


def make_task(number: int) -> Task:
    kind = number % 3
    if kind == 0:
        return Batch(number, number * 5)
    if kind == 1:
        return Interactive(number, number * 3)
    return Periodic(number, number * 2, 20 + number)


def run(rounds: int) -> int:
    total = 0
    for round in range(rounds):
        queue = Queue()
        for number in range(100 + round % 5):
            queue.push(make_task(number))
        for turn in range(TURNS):
            task = queue.pop()
            task.priority += task.step(turn)
            queue.push(task)
        while queue.tasks:
            total = (total * 31 + queue.pop().work) % 1000000007
    return total
