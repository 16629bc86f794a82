"""Everything at once, for as long as one likes: threads that compute, lock, and use files, pipes, sockets, memory, processes and
modules, each checking what it gets.

stress SECONDS HOGS

Prints what each did, and ends with what went wrong, if anything did. HOGS threads only compute.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lang import Array, Ptr, u8, u32, u64
from lib.std import clock, control_files, files, processes, sockets, system
from lib.std.arguments import arguments
from lib.std.control_files import Refused
from lib.std.locks import Lock
from lib.std.threads import Thread
from programs.tools.processes import processors

SELF: Final = "/bin/init"
NS_PER_S: Final = 1_000_000_000
FORGOTTEN_NS: Final = 3_000_000_000  # by then the system has forgotten every process that ended
PAGE: Final = 4096
PIECE: Final = 1000
WARM_UP_S: Final = 2
READ_AND_WRITE: Final[u32] = 3


class Stress:
    """What all threads share."""

    end: int  # uptime, ns
    lock: Lock
    shared: int  # guarded by lock, as all that follows
    added: int
    troubles: list[str]
    reports: list[str]

    def __init__(self, seconds: int) -> None:
        self.end = int(clock.uptime()) + seconds * NS_PER_S
        self.lock = Lock()
        self.shared = 0
        self.added = 0
        self.troubles = []
        self.reports = []

    def goes_on(self) -> bool:
        return int(clock.uptime()) < self.end

    def wrong(self, what: str) -> None:
        with self.lock:
            self.troubles.append(what)

    def did(self, what: str, count: int) -> None:
        with self.lock:
            self.reports.append(f"{what}: {count}")


class Worker:
    """A thread that does one thing again and again."""

    stress: Stress
    name: str
    number: int
    count: int
    is_right: bool

    def __init__(self, stress: Stress, name: str, number: int) -> None:
        self.stress = stress
        self.name = name
        self.number = number
        self.count = 0
        self.is_right = True

    def run(self) -> None:
        try:
            self.begin()
            while self.stress.goes_on() and self.is_right:
                self.do()
                self.count += 1
            self.finish()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test fails
            self.stress.wrong(f"{self.name} {self.number}: {error!r}")
        self.stress.did(f"{self.name} {self.number}", self.count)

    def begin(self) -> None:
        """Make what is used all the time."""

    def do(self) -> None:
        """Do it once."""

    def finish(self) -> None:
        """Give back what `begin` made."""

    def require(self, is_right: bool, what: str) -> None:
        if not is_right:
            self.is_right = False
            self.stress.wrong(f"{self.name} {self.number}: {what}")


class Hog(Worker):
    """Only computes."""

    def do(self) -> None:
        total = 0
        for number in range(20_000):
            total += number * number % 7
        self.require(total == 39_998, f"the sum is {total}")


class Adder(Worker):
    """Adds to a number that all share."""

    def do(self) -> None:
        for _ in range(100):
            with self.stress.lock:
                self.stress.shared += 1
        with self.stress.lock:
            self.stress.added += 100


class Filer(Worker):
    """Makes, fills, moves, links and removes files."""

    def begin(self) -> None:
        files.open_file(f"{self.folder()}:create:directory").__exit__()

    def folder(self) -> str:
        return f"/tmp/stress{self.number}"

    def do(self) -> None:
        path = f"{self.folder()}/{self.count % 16}"
        text = f"{self.number} {self.count} " * 50
        with files.open_file(f"{path}:create:w") as file:
            file.write(text)
        system.rename(path.encode(), f"{path}.moved".encode())
        system.link(f"{path}.moved".encode(), path.encode())
        self.require(files.read_text(path) == text, "a file holds something else")
        system.remove(path.encode())
        self.require(files.read_text(f"{path}.moved") == text, "a link leads elsewhere")
        system.remove(f"{path}.moved".encode())

    def finish(self) -> None:
        self.require(len(files.list_folder(self.folder())) == 0, "files are left")
        system.remove(f"{self.folder()}:directory".encode())


class Piper(Worker):
    """Sends bytes to itself by a pipe."""

    reader: int
    writer: int

    def begin(self) -> None:
        self.reader, self.writer = files.open_pair("/dev/pipe/new")

    def do(self) -> None:
        out = Array[u8, PIECE]()
        for index in range(PIECE):
            out[index] = u8((index + self.count) % 251)
        system.write(u64(self.writer), out[:])
        back = Array[u8, PIECE]()
        done: u64 = 0
        while done < PIECE:
            done += system.read(u64(self.reader), back[done:])
        self.require(back[:] == out[:], "bytes changed in the pipe")

    def finish(self) -> None:
        files.close(self.reader)
        files.close(self.writer)


class Server(Worker):
    """Answers each client with what it said, twice."""

    server: sockets.Server | None

    def begin(self) -> None:
        self.server = sockets.Server(f"stress{self.number}")

    def do(self) -> None:
        server = self.server
        if server is not None:
            with server.accept() as client:
                said = client.read()
                client.write(said + said)

    def finish(self) -> None:
        self.server = None


class Client(Worker):
    """Talks to the server of its number, and ends it with the last word."""

    def do(self) -> None:
        self.talk(f"{self.count}")

    def talk(self, said: str) -> None:
        """Say something, and hear the answer; at the end the server may go before it gives one."""
        while self.stress.goes_on():
            try:
                with sockets.connect(f"stress{self.number}") as server:
                    server.write(said)
                    answer = server.read()
            except ConnectionRefusedError:  # the server has not begun
                system.yield_processor()
                continue
            except BrokenPipeError:
                answer = ""
            is_over = answer == "" and not self.stress.goes_on()
            self.require(is_over or answer == said + said, "the answer is another")
            return

    def finish(self) -> None:
        """The server may wait for one more client, which it need not get to answer."""
        try:
            with sockets.connect(f"stress{self.number}") as server:
                server.write("the end")
                server.read()
        except OSError:
            pass


class Mapper(Worker):
    """Maps memory, writes to all of it, and gives it back."""

    def do(self) -> None:
        pages = 1 + self.count % 40
        address = system.mmap(0, u64(pages * PAGE), READ_AND_WRITE)
        for page in range(pages):
            place = Ptr[u64](address + u64(page * PAGE))
            self.require(place[0] == 0, "new memory is not empty")
            place[0] = address + u64(page)
        for page in range(pages):
            place = Ptr[u64](address + u64(page * PAGE))
            self.require(place[0] == address + u64(page), "memory changed")
        system.munmap(address, u64(pages * PAGE))


class Spawner(Worker):
    """Starts processes, and hears how they end."""

    def do(self) -> None:
        children = [processes.spawn([SELF, "child", f"{number}"]) for number in range(4)]
        for number, child in enumerate(children):
            status = child.wait()
            self.require(status == f"child {number} is done", f"a child ended with '{status}'")


class Loader(Worker):
    """Unloads a module and loads it again."""

    def do(self) -> None:
        try:
            control_files.tell("/sys/module/control", "unload hello")
            control_files.tell("/sys/module/control", "load hello")
        except Refused as refused:
            self.require(False, f"{refused}")


def workers(stress: Stress, hogs: int) -> list[Worker]:
    made: list[Worker] = [Hog(stress, "hog", number) for number in range(hogs)]
    for number in range(2):
        made.append(Adder(stress, "adder", number))
        made.append(Filer(stress, "filer", number))
        made.append(Piper(stress, "piper", number))
        made.append(Server(stress, "server", number))
        made.append(Client(stress, "client", number))
        made.append(Mapper(stress, "mapper", number))
        made.append(Spawner(stress, "spawner", number))
    made.append(Loader(stress, "loader", 0))
    return made


def run(seconds: int, hogs: int) -> Stress:
    """Let all of them work at once."""
    stress = Stress(seconds)
    threads: list[Thread] = []
    for worker in workers(stress, hogs):
        threads.append(Thread(worker.run))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if stress.shared != stress.added:
        stress.wrong(f"{stress.added} were added, which made {stress.shared}")
    return stress


def used_pages() -> int:
    """Return how many pages are used, once what has ended is forgotten."""
    system.nanosleep(u64(FORGOTTEN_NS))
    for line in files.read_text("/dev/perf/mem").splitlines():
        words = line.split()
        if words[0] == "used_pages":
            return int(words[1])
    return 0


def measured(act: Callable[[], Stress]) -> Stress:
    """Do something, and print how large a part of its time each processor worked."""
    before = processors()
    result = act()
    for number, after in enumerate(processors()):
        active = after.active - before[number].active
        idle = after.idle - before[number].idle
        print(f"processor {number}: {100 * active // (active + idle)} %")
    return result


def main() -> int:
    words = arguments()
    if len(words) > 2 and words[1] == "child":
        return be_child(words[2])
    seconds, hogs = int(words[1]), int(words[2])
    run(WARM_UP_S, hogs)
    before = used_pages()
    stress = measured(lambda: run(seconds, hogs))
    for report in stress.reports:
        print(report)
    print("more pages:", used_pages() - before)
    for trouble in stress.troubles:
        print("WRONG:", trouble)
    print("all went well" if len(stress.troubles) == 0 else "something went wrong")
    return 0


def be_child(number: str) -> int:
    system.exits(f"child {number} is done".encode())
    return 0
