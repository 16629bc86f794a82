"""A program waits for any of several files: pipes, the end of a process, time, notes."""

from __future__ import annotations

from core.ring_records import PollEntry
from lang import Array, Ptr, Slice, u8, u64
from lib.std import clock, files, notes, polling, processes, system
from lib.std.arguments import arguments
from lib.std.polling import Watched
from lib.std.threads import Thread

SELF = "/bin/init"
MS = 1_000_000


def main() -> int:
    words = arguments()
    if len(words) > 1:
        return be_child(words[1])
    pipes()
    many()
    ends()
    deadlines()
    processes_end()
    mistakes()
    interrupted()
    return 0


def be_child(role: str) -> int:
    if role == "soon":
        system.nanosleep(50 * MS)
        return 3
    system.nanosleep(50 * MS)
    notes.send(1, "wake up")
    return 0


def tell(title: str, count: int, watched: list[Watched]) -> None:
    parts = [
        ("r" if each.is_readable else "-")
        + ("w" if each.is_writable else "-")
        + ("e" if each.has_ended else "-")
        for each in watched
    ]
    print(title, count, " ".join(parts))


def poll(title: str, watched: list[Watched], seconds: float = 5.0) -> None:
    tell(title, polling.wait_for_any(watched, seconds), watched)


def take(number: int) -> int:
    storage = Array[u8, 65536]()
    return int(system.read(u64(number), storage[:]))


def pipes() -> None:
    first, into_first = files.open_pair("/dev/pipe/new")
    second, into_second = files.open_pair("/dev/pipe/new:nonblock")
    watched = [Watched(first), Watched(second), Watched(into_second, False, True)]
    poll("empty:", watched)
    files.write_all(into_first, "x")
    poll("one:", watched)
    filler = "y" * 65536
    print("taken:", system.write(u64(into_second), filler.encode()))
    poll("full:", watched)
    take(first)
    take(second)
    poll("drained:", watched)
    for number in [first, into_first, second, into_second]:
        files.close(number)


def write_to_each(ends: list[int]) -> None:
    for number in ends:
        system.nanosleep(5 * MS)
        files.write_all(number, "z")


def many() -> None:
    """Each of many pipes wakes the thread that waits for all."""
    watched: list[Watched] = []
    ends: list[int] = []
    for _ in range(20):
        end, other = files.open_pair("/dev/pipe/new")
        watched.append(Watched(end))
        ends.append(other)
    backwards = ends[::-1]
    writer = Thread(lambda: write_to_each(backwards))
    writer.start()
    got = 0
    while got < 20:
        polling.wait_for_any(watched)
        for each in watched:
            if each.is_readable:
                got += take(each.number)
    writer.join()
    print("from many:", got)
    for each in watched:
        files.close(each.number)
    for number in ends:
        files.close(number)


def ends() -> None:
    end, other = files.open_pair("/dev/pipe/new")
    watched = [Watched(end)]
    files.close(other)
    poll("no writer:", watched)
    files.close(end)
    end, other = files.open_pair("/dev/pipe/new")
    files.close(end)
    poll("no reader:", [Watched(other, False, True)])
    poll("nothing wanted:", [Watched(other, False, False)])
    files.close(other)


def deadlines() -> None:
    end, other = files.open_pair("/dev/pipe/new")
    watched = [Watched(end)]
    for seconds in [0.0, 0.02, 0.1]:
        before = clock.uptime()
        count = polling.wait_for_any(watched, seconds)
        taken = (clock.uptime() - before) / 1e9
        print("deadline:", count, seconds <= taken < seconds + 1.0)
    print("sleep:", polling.wait_for_any([], 0.01))
    files.close(end)
    files.close(other)


def processes_end() -> None:
    child = processes.spawn([SELF, "soon"])
    end, other = files.open_pair("/dev/pipe/new")
    watched = [Watched(end), Watched(child.ended)]
    poll("process:", watched, 0.0)
    poll("process:", watched)
    print("status:", child.wait())
    files.close(end)
    files.close(other)


def mistakes() -> None:
    end, other = files.open_pair("/dev/pipe/new")
    reading = files.open_file("/dev/const/zero:r")
    for watched in [
        [Watched(60)],
        [Watched(other)],
        [Watched(reading.number, False, True)],
        [Watched(end)] * 65,
    ]:
        try:
            polling.wait_for_any(watched, 0.1)
        except (OSError, ValueError) as error:
            print("mistake:", type(error).__name__)
    try:
        system.poll(polling_nowhere(), 0)
    except OSError as error:
        print("mistake:", type(error).__name__)
    files.close(end)
    files.close(other)
    files.close(reading.number)


def polling_nowhere() -> Slice[PollEntry]:
    return Slice[PollEntry](Ptr[PollEntry](0x1000), 1)


def heard(note: str) -> bool:
    print("note:", note)
    return True


def interrupted() -> None:
    notes.notify(heard)
    processes.spawn([SELF, "note"])
    end, other = files.open_pair("/dev/pipe/new")
    try:
        polling.wait_for_any([Watched(end)], 5.0)
    except InterruptedError:
        print("interrupted")
    files.close(end)
    files.close(other)
