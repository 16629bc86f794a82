"""Notes: handled wherever the program is, waking it where it sleeps, and the end of who handles none."""

from __future__ import annotations

from lang import Ptr, u8
from lib.std import notes, processes, system
from lib.std.arguments import arguments
from lib.std.threads import Thread

MS = 1_000_000


class Seen:
    """What came."""

    count: int
    last: str

    def __init__(self) -> None:
        self.count = 0
        self.last = ""


seen = Seen()


def take(note: str) -> bool:
    if note.startswith("hello"):
        seen.count += 1
        seen.last = "got " + note
        return True
    return False


def be_child(role: str) -> int:
    if role == "wait":
        system.nanosleep(1_000_000 * MS)
    if role == "fault":
        Ptr[u8](0x10)[0] = 1
    if role == "fault handled":
        notes.notify(say_and_end)
        Ptr[u8](0x10)[0] = 1
    if role == "handler fails":
        notes.notify(fail)
        notes.send(int(system.getpid()), "hello")
    return 5


def say_and_end(note: str) -> bool:
    words = note.split()
    print("handled:", words[0], words[-1])
    return False


def fail(note: str) -> bool:
    raise ValueError(note)


def end_of(role: str, note: str) -> str:
    """Start a child, send it a note, and return with what it ended; without the addresses."""
    child = processes.spawn(["/bin/init", role])
    if note != "":
        notes.send(child.number, note)
    words = child.wait().split()
    return " ".join([word for word in words if not word.startswith("0x")])


def be_flooded() -> None:
    """Many notes come while the program makes and drops objects, large ones, too."""
    me = int(system.getpid())
    before = seen.count

    def send_many() -> None:
        for number in range(2000):
            while True:
                try:
                    notes.send(me, f"hello {number}")
                    break
                except BlockingIOError:
                    system.yield_processor()

    thread = Thread(send_many)
    thread.start()
    texts: list[str] = []
    while seen.count < before + 2000:
        texts.append("text " * (len(texts) * 37 % 5000))
        if len(texts) > 100:
            texts = []
    thread.join()
    print(seen.count - before, seen.last)


def main() -> int:
    words = arguments()
    if len(words) > 1:
        return be_child(words[1])
    notes.notify(take)
    me = int(system.getpid())
    notes.send(me, "hello")
    print(seen.count, seen.last)

    def wake() -> None:
        system.nanosleep(5 * MS)
        notes.send(me, "hello sleeper")

    thread = Thread(wake)
    thread.start()
    try:
        system.nanosleep(1_000_000 * MS)
    except InterruptedError:
        print("woken", seen.last)
    thread.join()
    be_flooded()

    print(end_of("wait", "terminate please"))
    print(end_of("wait", "kill"))
    print(end_of("fault", ""))
    print(end_of("fault handled", ""))
    print(end_of("handler fails", ""))
    notes.stop_handling()
    notes.send(me, "hello is the end now")
    return 0
