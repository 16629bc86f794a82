"""What rings do, and what the kernel answers to those that make no sense."""

from __future__ import annotations

from core.errors import BadAddress, BadFile, Cancelled, TooManyFiles
from core.ring_records import (
    HARD_LINK,
    LINK,
    NEVER,
    RESULT_SHIFT,
    Completion,
    Ready,
    Which,
)
from lang import Array, Ptr, u8, u32, u64
from lib.std import files, processes, rings, sockets, system
from lib.std.arguments import arguments
from lib.std.rings import Ring
from lib.std.threads import Thread

MS: u64 = 1_000_000


def show(text: str, done: Completion) -> None:
    print(f"{text}: data {done.data}, error {done.error}, result {done.result}")


def next_of(ring: Ring) -> Completion:
    """Wait for a completion without entering."""
    while ring.unread == 0:
        system.nanosleep(MS)
    return ring.completion()


def time_and_pipes(ring: Ring, source: int, sink: int) -> None:
    start = system.uptime()
    ring.submit(rings.waiting(2 * MS, 1))
    print("taken", ring.enter(1))
    show("time", ring.completion())
    print("long enough", system.uptime() - start >= 2 * MS)

    storage = Array[u8, 16]()
    ring.submit(rings.reading(source, storage[:], 2))
    print("taken", ring.enter(), "unread", ring.unread)
    system.write(u64(sink), b"hello")
    show("read later", next_of(ring))
    print("text", storage[0], storage[4], storage[5])

    system.write(u64(sink), b"at once")
    ring.submit(rings.reading(source, storage[:], 3))
    ring.enter()
    print("unread", ring.unread)
    show("read at once", ring.completion())

    ring.submit(rings.polling(source, Ready.READ, 4))
    ring.enter()
    system.write(u64(sink), b"!")
    show("poll", next_of(ring))
    system.read(u64(source), storage[:])
    ring.submit(rings.polling(sink, Ready.WRITE, 5))
    ring.enter(1)
    show("poll", ring.completion())


def timeouts_and_cancels(ring: Ring, source: int, sink: int) -> None:
    storage = Array[u8, 16]()
    late = rings.reading(source, storage[:], 6)
    late.timeout = MS
    ring.submit(late)
    ring.enter(1)
    show("too late", ring.completion())

    for _ in range(3):
        ring.submit(rings.reading(source, storage[:], 7))
    ring.submit(rings.cancelling(7, Which.FIRST, 8))
    ring.enter(2)
    show("cancel", ring.completion())
    show("cancelled", ring.completion())
    ring.submit(rings.cancelling(7, Which.ALL, 9))
    ring.enter(3)
    for _ in range(3):
        show("all", ring.completion())
    ring.submit(rings.cancelling(7, Which.ALL, 10))
    ring.enter(1)
    show("none left", ring.completion())
    system.write(u64(sink), b"x")
    print("nobody read", system.read(u64(source), storage[:]))


def chains(ring: Ring, source: int, sink: int) -> None:
    storage = Array[u8, 16]()
    target = files.open_file("/tmp/copied:create")
    first = rings.reading(source, storage[:], 11, flags=LINK | 3 << RESULT_SHIFT)
    second = rings.writing(target.number, storage[:], 12, flags=3 << 6)
    ring.submit(first)
    ring.submit(second)
    ring.enter()
    system.write(u64(sink), b"seven b")
    show("chain", next_of(ring))
    show("chain", next_of(ring))
    print("copied", files.read_text("/tmp/copied"), "register", ring.register(3))

    ring.submit(rings.reading(63, storage[:], 13, flags=LINK))
    ring.submit(rings.waiting(NEVER, 14))
    ring.enter(2)
    show("broken", ring.completion())
    show("broken", ring.completion())
    ring.submit(rings.reading(63, storage[:], 15, flags=HARD_LINK))
    ring.submit(rings.waiting(0, 16))
    ring.enter(2)
    show("hard", ring.completion())
    show("hard", ring.completion())
    target.__exit__()


def openings(ring: Ring) -> None:
    """Files that are opened, at once and once somebody comes; a process that is waited for."""
    storage = Array[u8, 16]()
    ring.submit(rings.opening(b"/tmp/copied:read", 40, flags=LINK | 2 << RESULT_SHIFT))
    ring.submit(rings.reading(0, storage[:], 41, flags=2))
    ring.enter(2)
    opened = ring.completion()
    show("read what was opened", ring.completion())
    files.close(int(opened.result))
    folder = files.open_file("/tmp")
    ring.submit(rings.opening(b"copied:read", 42, u64(folder.number)))
    ring.enter(1)
    files.close(int(ring.completion().result))
    folder.__exit__()
    for path in (b"/tmp/missing", b"/tmp/copied:create:exclusive", b"/tmp/a:nonsense", b""):
        ring.submit(rings.opening(path, 43))
        ring.enter(1)
        done = ring.completion()
        print("opened", done.error)
        files.close(int(done.result) if done.error == 0 else -1)
    accepting(ring)
    child = processes.spawn([arguments()[0], "sleeper"])
    ring.submit(rings.reading(child.ended, storage[:], 44))
    ring.enter()
    done = next_of(ring)
    print("child ended", done.data, "with", storage[0] - 48, "in", done.result, "byte")


def accepting(ring: Ring) -> None:
    server = sockets.Server("ring")
    text = f"{server.socket.folder}/accept"
    path = text.encode()
    ring.submit(rings.opening(path, 50))
    ring.enter()
    print("nobody came", ring.unread)
    client = sockets.connect("ring")
    done = next_of(ring)
    client.write("hello, ring")
    side = sockets.Connection(int(done.result))
    print("accepted", done.data, done.error, side.read())

    late = rings.opening(path, 51)
    late.timeout = MS
    ring.submit(late)
    ring.enter(1)
    show("accept too late", ring.completion())
    ring.submit(rings.opening(path, 52))
    ring.submit(rings.cancelling(52, Which.ALL, 53))
    ring.enter(2)
    show("cancel", ring.completion())
    show("accept cancelled", ring.completion())
    impatient = f"{text}:nonblock"
    ring.submit(rings.opening(impatient.encode(), 54))
    ring.enter(1)
    show("accept at once", ring.completion())
    ring.submit(rings.opening(path, 55, flags=HARD_LINK))
    ring.submit(rings.waiting(0, 56))
    ring.enter()
    server.socket.control("close")
    show("accept of no server", next_of(ring))
    show("hard", next_of(ring))


def much_at_once(ring: Ring) -> None:
    """More than fits, from pipes that are written in another order, with a thread that enters as well."""
    storage = Array[u8, 64]()
    sources: list[int] = []
    sinks: list[int] = []
    for index in range(16):
        source, sink = files.open_pair("/dev/pipe/new")
        sources.append(source)
        sinks.append(sink)
        ring.submit(rings.reading(source, storage[index : index + 1], u64(100 + index)))
    print("taken", ring.enter())
    for index in range(16):
        system.write(u64(sinks[(index * 5) % 16]), b"y")
    total: u64 = 0
    for _ in range(16):
        total += next_of(ring).data
    print("sum", total)
    for index in range(16):
        files.close(sources[index])
        files.close(sinks[index])
    for index in range(64):
        ring.submit(rings.waiting(u64(index % 7) * MS, u64(index)))
    print("taken", ring.enter(64), "unread", ring.unread)
    ring.submit(rings.waiting(NEVER, 0))
    print("no room", ring.enter())
    for _ in range(64):
        ring.completion()
    print("room", ring.enter())
    ring.submit(rings.cancelling(0, Which.ALL, 0))
    ring.enter(2)
    ring.completion()
    ring.completion()


def much_to_write(ring: Ring, source: int, sink: int) -> None:
    storage = Array[u8, 4096]()
    for _ in range(8):
        system.write(u64(sink), storage[:])
    ring.submit(rings.writing(sink, storage[:], 10))
    ring.enter()
    taken: u64 = 0
    while taken < 9 * 4096:
        taken += system.read(u64(source), storage[:1000])
    show("written", next_of(ring))


def children(ring: Ring) -> None:
    storage = Array[u8, 16]()
    child = processes.spawn(["/bin/init", "sleeper"])
    ring.submit(rings.reading(child.ended, storage[:], 20))
    ring.enter(1)
    show("child", ring.completion())
    for _ in range(20):
        processes.spawn(["/bin/init", "leaver"]).wait()
    print("all have left")


def main() -> int:
    words = arguments()
    if len(words) > 1:
        return be_child(words[1])
    source, sink = files.open_pair("/dev/pipe/new")
    ring = Ring(64, 64)
    time_and_pipes(ring, source, sink)
    timeouts_and_cancels(ring, source, sink)
    chains(ring, source, sink)
    openings(ring)
    much_at_once(ring)
    much_to_write(ring, source, sink)
    children(ring)
    refusals()
    return 0


def be_child(name: str) -> int:
    if name == "leaver":  # with requests that are not done
        ring = Ring(4, 4)
        source, _ = files.open_pair("/dev/pipe/new")
        ring.submit(rings.polling(source, Ready.READ, 1))
        ring.submit(rings.waiting(NEVER, 1))
        ring.enter()
        system.exits(b"")
    system.nanosleep(3 * MS)
    return 7


def refusals() -> None:
    for submissions, completions in ((3, 4), (8, 4), (0, 0), (64, 65536)):
        try:
            Ring(u32(submissions), u32(completions))
        except ValueError:
            print("no such ring")
    many = [Ring(1, 1) for _ in range(7)]
    try:
        many.append(Ring(1, 1))
    except TooManyFiles:
        print("too many")
    many.clear()
    try:
        system.ring_enter(5, 1, 1)
    except BadFile:
        print("it is gone")
    ring = Ring(8, 8)
    nonsense_in(ring)
    system.munmap(ring.place.control, 4096)
    try:
        ring.enter(1)
    except BadAddress:
        print("its memory is gone")
    taken_away()


def nonsense_in(ring: Ring) -> None:
    bad = rings.waiting(0, 30)
    bad.operation = 99
    ring.submit(bad)
    flags = rings.waiting(0, 31)
    flags.flags = 1 << 25
    ring.submit(flags)
    storage = Array[u8, 1]()
    ring.submit(rings.reading(63, storage[:], 32))
    far = rings.waiting(NEVER, 33)
    far.operation = 3
    far.arguments[0] = 1
    far.arguments[1] = 0xFFFF_8000_0000_0000
    far.arguments[2] = 16
    far.arguments[3] = NEVER
    ring.submit(far)
    ring.submit(rings.polling(0, Ready(0), 34))
    ring.enter(5)
    for _ in range(5):
        show("nonsense", ring.completion())
    counts = Ptr[u32](ring.place.control + 64)
    before = counts[0]
    counts[0] = before + 9
    try:
        ring.enter()
    except ValueError:
        print("counts make no sense")
    counts[0] = before


def taken_away() -> None:
    """A ring ends while another thread waits in it."""
    ring = Ring(8, 8)
    number = ring.number

    def wait() -> None:
        try:
            system.ring_enter(number, 8, 1)
        except Cancelled:
            print("cancelled")

    ring.submit(rings.waiting(NEVER, 1))
    thread = Thread(wait)
    thread.start()
    system.nanosleep(5 * MS)
    system.ring_remove(number)
    thread.join()
