"""Threads of a program: they share objects, wait for each other, fail alone, and come and go."""

from __future__ import annotations

from lib.std.control_files import Refused, tell
from lib.std.locks import Condition, Event, Lock, Semaphore
from lib.std.threads import Thread


class Shared:
    """What several threads change."""

    lock: Lock
    total: int
    words: list[str]

    def __init__(self) -> None:
        self.lock = Lock()
        self.total = 0
        self.words = []


class Adder(Thread):
    """Adds under the lock, and makes objects that others let go of."""

    shared: Shared

    def __init__(self, shared: Shared, name: str) -> None:
        super().__init__(name=name)
        self.shared = shared

    def run(self) -> None:
        for turn in range(1000):
            word = f"{self.name}{turn}"
            with self.shared.lock:
                self.shared.total += 1
                self.shared.words.append(word)
                if len(self.shared.words) > 20:
                    self.shared.words.pop(0)


def nothing() -> None:
    pass


def add_together() -> None:
    shared = Shared()
    threads = [Adder(shared, name) for name in ["a", "b", "c", "d"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(shared.total, len(shared.words), [thread.is_alive() for thread in threads])


class Queue:
    """A queue of two at most."""

    lock: Lock
    changed: Condition
    values: list[int]

    def __init__(self) -> None:
        self.lock = Lock()
        self.changed = Condition(self.lock)
        self.values = []

    def put(self, value: int) -> None:
        with self.lock:
            while len(self.values) == 2:
                self.changed.wait()
            self.values.append(value)
            self.changed.notify_all()

    def get(self) -> int:
        with self.lock:
            while len(self.values) == 0:
                self.changed.wait()
            value = self.values.pop(0)
            self.changed.notify_all()
            return value


def hand_over() -> None:
    queue = Queue()

    def produce() -> None:
        for value in range(500):
            queue.put(value)

    thread = Thread(produce)
    thread.start()
    print(sum([queue.get() for _ in range(500)]))
    thread.join()


def wait_for_events() -> None:
    event = Event()
    permits = Semaphore(0)

    def work() -> None:
        event.wait()
        permits.release(2)

    thread = Thread(work)
    thread.start()
    print(event.wait(0.001), permits.acquire(False), permits.acquire(True, 0.001))
    event.set()
    permits.acquire()
    permits.acquire()
    thread.join()
    print(event.wait(0.001), permits.acquire(False))


def fail_alone() -> None:
    def fail() -> None:
        raise ValueError("not here")

    thread = Thread(fail, name="failing")
    thread.start()
    thread.join()
    print("the others go on")


def deep(n: int) -> int:
    return deep(n + 1) + 1


def recurse() -> None:
    def descend() -> None:
        try:
            deep(0)
        except RecursionError:
            print("deep enough")

    thread = Thread(descend)
    thread.start()
    thread.join()


def come_and_go(count: int) -> None:
    lives = 0

    def live() -> None:
        nonlocal lives
        lives += 1

    for _ in range(count):
        thread = Thread(live)
        thread.start()
        thread.join()
    print(lives)


def complain() -> None:
    """Each is told what is wrong with its own commands."""
    misled: list[str] = []

    def work(verb: str) -> None:
        for _ in range(300):
            try:
                tell("/proc/self/ctl", verb)
            except Refused as error:
                if not str(error).startswith(f"'{verb}' is no command here"):
                    misled.append(str(error))

    threads = [Thread(lambda verb=verb: work(verb), name=verb) for verb in ["klose", "kill_all"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(misled)


def main() -> int:
    add_together()
    hand_over()
    wait_for_events()
    fail_alone()
    recurse()
    complain()
    come_and_go(1000)
    last = Thread(say_last)
    last.start()
    return 3


def say_last() -> None:
    print("the program waits for this")
