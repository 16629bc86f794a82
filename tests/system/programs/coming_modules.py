"""Uses what modules offer, while those are unloaded, loaded and replaced: it works, or is not there.

coming_modules SECONDS

Prints of each use how often it went, and how often it was not there; how many pages more are used then; and the modules.
"""

from __future__ import annotations

from typing import Final

from core.errors import NotSupported
from lang import Array, u8, u64
from lib.std import clock, control_files, files, processes, sockets, system
from lib.std.arguments import arguments
from lib.std.control_files import Refused
from lib.std.threads import Thread

NS_PER_S: Final = 1_000_000_000
SETTLED_NS: Final = 3_000_000_000
SELF: Final = "/bin/init"
CONTROL: Final = "/sys/module/control"
PIECE: Final = 1000
COMMANDS: Final = (
    "replace shared_memory, replace pci, replace ps2, unload netfs, replace pipe, load netfs"
)


class User(Thread):
    """Uses one thing again and again."""

    end: int  # uptime, ns
    used: int
    missed: int
    trouble: str

    def __init__(self, name: str, end: int) -> None:
        super().__init__(name=name)
        self.end = end
        self.used = 0
        self.missed = 0
        self.trouble = ""

    def run(self) -> None:
        while int(clock.uptime()) < self.end and self.trouble == "":
            try:
                self.use()
                self.used += 1
            except (
                FileNotFoundError,
                Refused,
                NotSupported,
            ):  # the last if another thread's command came between
                self.missed += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, the test fails
                self.trouble = f"{error!r}"

    def use(self) -> None:
        """Use it once.

        Raises:
            FileNotFoundError, Refused, NotSupported: it is not there, or not now.
        """

    def require(self, is_right: bool) -> None:
        if not is_right:
            self.trouble = "something else came"


class Piper(User):
    def use(self) -> None:
        reader, writer = files.open_pair("/dev/pipe/new")
        out = Array[u8, PIECE]()
        out[:].fill(u8(self.used % 251))
        system.write(u64(writer), out[:])
        files.close(writer)
        back = Array[u8, PIECE]()
        count = system.read(u64(reader), back[:])
        files.close(reader)
        self.require(count == PIECE and back[:] == out[:])


class Sharer(User):
    def use(self) -> None:
        files.open_file("/dev/shmem/new").__exit__()


class Caller(User):
    def use(self) -> None:
        server = sockets.Server(self.name)
        client = sockets.connect(self.name)
        with server.accept() as other:
            client.write("word")
            self.require(other.read() == "word")


class Reader(User):
    def use(self) -> None:
        for folder in files.list_folder("/dev/pci"):
            self.require(":" in files.read_text(f"/dev/pci/{folder.name}/id"))


class Commander(User):
    """Has modules come and go; what is in use stays."""

    def use(self) -> None:
        commands = COMMANDS.split(", ")
        turn = self.used + self.missed
        control_files.tell(CONTROL, commands[turn % len(commands)])


def use_all(seconds: int) -> None:
    """Use everything for a time, and say who did how much."""
    end = int(clock.uptime()) + seconds * NS_PER_S
    users: list[User] = []
    users.append(Commander("modules", end))
    for number in range(2):
        users.append(Piper(f"pipes {number}", end))
        users.append(Sharer(f"shared memory {number}", end))
        users.append(Caller(f"sockets {number}", end))
        users.append(Reader(f"buses {number}", end))
    for user in users:
        user.start()
    for user in users:
        user.join()
    for user in users:
        print(f"{user.name}: {user.used} {user.missed} {user.trouble}")


def let_use(seconds: str) -> int:
    """Have another process use everything; return how many pages are used when it is gone, with all that it made."""
    processes.spawn([SELF, "use", seconds]).wait()
    control_files.tell(CONTROL, "load netfs")
    system.nanosleep(SETTLED_NS)
    for line in files.read_text("/dev/perf/mem").splitlines():
        words = line.split()
        if words[0] == "used_pages":
            return int(words[1])
    return 0


def main() -> int:
    words = arguments()
    if words[1] == "use":
        use_all(int(words[2]))
        return 0
    before = let_use("1")
    after = let_use(words[1])
    print("more pages:", after - before)
    print(files.read_text("/sys/module/list"))
    return 0
