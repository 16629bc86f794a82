"""Work that is handed to threads through queues."""

from __future__ import annotations

import queue
import threading
from queue import Empty, Full, PriorityQueue, Queue

jobs: Queue[int] = Queue(3)
done: Queue[str] = queue.Queue()
lock = threading.Lock()
total: list[int] = [0]


def work(number: int) -> None:
    while True:
        job = jobs.get()
        if job < 0:
            jobs.task_done()
            break
        with lock:
            total[0] += job
        jobs.task_done()
    done.put(f"worker {number}")


workers = [threading.Thread(target=work, args=(number,)) for number in range(3)]
for worker in workers:
    worker.start()
for job in range(100):
    jobs.put(job)
jobs.join()
print(total[0], jobs.qsize(), jobs.empty())
for worker in workers:
    jobs.put(-1)
for worker in workers:
    worker.join()
print(sorted([done.get() for _ in workers]))
try:
    done.get(timeout=0.01)
except Empty:
    print("empty")
try:
    done.get_nowait()
except queue.Empty:
    print("empty")
for n in range(3):
    jobs.put_nowait(n)
print(jobs.full())
try:
    jobs.put(4, block=False)
except Full:
    print("full")
try:
    jobs.put(4, timeout=0.01)
except Full:
    print("full")
first: PriorityQueue[tuple[int, str]] = PriorityQueue()
first.put((3, "c"))
first.put((1, "a"))
first.put((2, "b"))
print([first.get() for _ in range(3)])
last: queue.LifoQueue[int] = queue.LifoQueue()
last.put(1)
last.put(2)
print(last.get(), last.get())
try:
    for _ in range(4):
        first.task_done()
except ValueError as error:
    print(error)
