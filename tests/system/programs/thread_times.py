"""What the kernel tells of the time of a program's threads, while they live and once they have ended."""

from __future__ import annotations

from lib.std import files, system
from lib.std.locks import Event, Semaphore
from lib.std.threads import Thread

CROWD = 100
MS = 1_000_000


class Worker(Thread):
    """Does something, and stays until it may end."""

    done: Semaphore
    may_end: Event
    number: int  # the kernel's

    def __init__(self, done: Semaphore, may_end: Event) -> None:
        super().__init__()
        self.done, self.may_end, self.number = done, may_end, 0

    def run(self) -> None:
        self.number = int(system.gettid())
        self.work()
        self.done.release()
        self.may_end.wait()

    def work(self) -> None:
        pass


class Computer(Worker):
    def work(self) -> None:
        total = 0
        for value in range(200_000_000):
            total ^= value * 7
        assert total != 1


class Caller(Worker):
    def work(self) -> None:
        for _ in range(300_000):
            system.gettid()


class Times:
    """What a line says, in ns."""

    in_program: int
    in_calls: int
    run: int

    def __init__(self, words: list[str]) -> None:
        self.in_program, self.in_calls, self.run = int(words[1]), int(words[2]), int(words[3])


def main() -> int:
    done, may_end = Semaphore(0), Event()
    workers: list[Worker] = [Computer(done, may_end), Caller(done, may_end), Worker(done, may_end)]
    run(workers, done)
    print(files.read_text("/proc/self/threads").splitlines()[0])
    times = read()
    computer, caller, idler = [times[worker.number] for worker in workers]
    print("threads:", len(times), int(system.gettid()) in times)
    print("parts are the whole:", all(t.in_program + t.in_calls == t.run for t in times.values()))
    print("computes:", computer.in_program > 4 * computer.in_calls)
    print("calls:", caller.in_calls > 4 * computer.in_calls, caller.in_calls > 4 * idler.in_calls)
    print("waits:", idler.run * 4 < min(computer.run, caller.run))
    end(workers, may_end)
    wait_for_ends(1)
    print("afterwards:", len(read()))

    all_together = sum([t.run for t in read().values()])
    print("the process' is more:", perf("run_clocks") - all_together >= computer.run + caller.run)

    done, may_end = Semaphore(0), Event()
    crowd = [Worker(done, may_end) for _ in range(CROWD)]
    run(crowd, done)
    times = read()
    print("crowd:", len(times), all(worker.number in times for worker in crowd))
    end(crowd, may_end)
    return 0


def run(workers: list[Worker], done: Semaphore) -> None:
    for worker in workers:
        worker.start()
    for _ in workers:
        done.acquire()


def end(workers: list[Worker], may_end: Event) -> None:
    may_end.set()
    for worker in workers:
        worker.join()


def wait_for_ends(left: int) -> None:
    """Wait until some threads are left: who is joined has only done with the program, and leaves the kernel after it."""
    while len(read()) > left:
        system.nanosleep(MS)


def read() -> dict[int, Times]:
    """Return the times of this program's threads, by number."""
    lines = files.read_text("/proc/self/threads").splitlines()
    return {int(line.split()[0]): Times(line.split()) for line in lines[1:]}


def perf(name: str) -> int:
    for line in files.read_text("/proc/self/perf").splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0
