"""Threads that share what they change, wait for each other, and have names."""

from __future__ import annotations
import threading
import time
from threading import Condition, Lock, RLock, Thread

lock = Lock()
ready = threading.Event()
room = Condition(lock)
stock: list[int] = []
results: dict[str, int] = {}


class Counter:
    def __init__(self) -> None:
        self.lock = RLock()
        self.value = 0

    def add(self, amount: int) -> int:
        with self.lock:
            with self.lock:
                self.value += amount
        return self.value


class Worker(Thread):
    def __init__(self, counter: Counter, name: str) -> None:
        super().__init__(name=name)
        self.counter = counter

    def run(self) -> None:
        ready.wait()
        for _ in range(100):
            self.counter.add(1)


def produce(count: int) -> None:
    for number in range(count):
        with room:
            stock.append(number)
            room.notify()


def consume(count: int, name: str) -> None:
    total = 0
    for _ in range(count):
        with room:
            while not stock:
                room.wait()
            total += stock.pop(0)
    with lock:
        results[name] = total


counter = Counter()
workers = [Worker(counter, f"worker {number}") for number in range(3)]
for worker in workers:
    worker.start()
print([worker.name for worker in workers], counter.value, [w.is_alive() for w in workers])
ready.set()
for worker in workers:
    worker.join()
print(counter.value, [w.is_alive() for w in workers])

threads = [
    threading.Thread(target=produce, args=(50,)),
    Thread(target=consume, args=(50, "all")),
    Thread(target=counter.add, args=[1000]),
]
print([thread.name for thread in threads])
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results, counter.value)
print(threading.current_thread().name, threading.active_count())
print(threading.current_thread() is threading.main_thread())

try:
    threads[0].start()
except RuntimeError as error:
    print(error)
try:
    lock.release()
except RuntimeError as error:
    print(error)

late = Thread(target=lambda: time.sleep(0.05), daemon=True)
late.start()
late.join(0.001)
print(late.is_alive(), late.daemon, late.name)
late.join()
print(late.is_alive())
with threading.Semaphore(2) as ok:
    print(ok)
barrier = threading.Barrier(3)
order: list[int] = []


def meet(number: int) -> None:
    barrier.wait()
    with lock:
        order.append(number)


for each in [Thread(target=meet, args=(n,)) for n in range(3)]:
    each.start()
while threading.active_count() > 1:
    time.sleep(0.001)
print(sorted(order))


class Held:
    """What all threads take references to, and let go of, at once."""

    def __init__(self, name: str) -> None:
        self.name = name


shared = [Held(f"held {number}") for number in range(4)]
lengths: list[int] = []


def hold_all() -> None:
    total = 0
    for _ in range(20000):
        kept = list(shared)
        kept.append(kept[0])
        total += len(kept[-1].name)
    with lock:
        lengths.append(total)


holders = [Thread(target=hold_all) for _ in range(4)]
for holder in holders:
    holder.start()
for holder in holders:
    holder.join()
print(lengths, [held.name for held in shared])
