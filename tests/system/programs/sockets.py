"""Servers and clients, as the book has them: by files, by lib/std, many at once, and with whatever they do wrong."""

from __future__ import annotations

from collections.abc import Callable

from lang import Array, u8, u64
from lib.std import control_files, files, polling, processes, sockets, system
from lib.std.arguments import arguments
from lib.std.control_files import Refused
from lib.std.polling import Watched
from lib.std.processes import COPY_NAMESPACE
from lib.std.texts import decode
from lib.std.threads import Thread

SELF = "/bin/init"
MS = 1_000_000

room: Array[u8, 1_100_000]  # of the first thread


def main() -> int:
    words = arguments()
    if len(words) > 1:
        return be_child(words[1], words[2:])
    by_files()
    conversation()
    packets()
    streams()
    many_clients()
    readiness()
    endings()
    refusals()
    hostile_verbs()
    seen_by_others()
    own_network()
    makers_end()
    return 0


def be_child(role: str, words: list[str]) -> int:
    if role == "look":
        look(words[0])
    elif role == "connect":
        client = sockets.connect(words[0])
        client.write("from another process")
        print("child got", client.read())
    elif role == "make":
        number = files.read_text("/net/local/seqpacket")
        files.write_text(f"/net/local/{number}/ctl", "bind left && listen")
        print("child made a server:", "left" in files.read_text("/net/local/addrs"))
    return 0


def by_files() -> None:
    """The example of the book, to the letter."""
    server = files.read_text("/net/local/seqpacket")
    files.write_text(f"/net/local/{server}/ctl", "bind myserver && listen")
    print("addrs:", files.read_text("/net/local/addrs").strip())
    client = files.read_text("/net/local/seqpacket")
    files.write_text(f"/net/local/{client}/ctl", "connect myserver")
    print("folder:", " ".join([each.name for each in files.list_folder(f"/net/local/{client}")]))
    there = files.open_file(f"/net/local/{server}/accept")
    here = files.open_file(f"/net/local/{client}/data")
    here.write("hello")
    print("server got", take(there.number))
    there.write("hello yourself")
    print("client got", take(here.number))
    files.close(there.number)
    files.close(here.number)
    files.write_text(f"/net/local/{client}/ctl", "close")
    files.write_text(f"/net/local/{server}/ctl", "close")
    print("addrs:", files.read_text("/net/local/addrs") + ".")


def take(number: int) -> str:
    storage = Array[u8, 256]()
    return decode(storage[: system.read(u64(number), storage[:])])


def conversation() -> None:
    server = sockets.Server("conversation")
    child = processes.spawn([SELF, "connect", "conversation"])
    with server.accept() as client:
        print("server got", client.read())
        client.write("an answer")
        child.wait()
        print("at the end:", len(client.read()))


def packets() -> None:
    """Packets stay whole, whatever their size, and wait only so many at a time."""
    server = sockets.Server("packets")
    client = sockets.connect("packets")
    other = server.accept()
    for size in [1, 100, 16376, 65536, 1_000_000]:
        client.write("x" * size)
        got = other.receive(room[: size + 1])
        print("packet of", size, "came as", got, room[0] == 120 and room[size - 1] == 120)
    client.write("a")
    client.write("bc")
    print("cut:", other.receive(room[:1]), other.receive(room[:1]), decode(room[:1]))
    attempt("too large:", lambda: client.write("x" * 1_048_577))
    count = fill(client.number)
    print("backpressure:", 4 < count < 20)
    received = 0
    sender = Thread(lambda: client.write("last"))
    sender.start()
    system.nanosleep(10 * MS)
    while other.receive(room[:]) != 4:
        received += 1
    sender.join()
    print("all came:", received == count)


def fill(number: int) -> int:
    """Write pieces of 8 KiB while there is room, and return how many."""
    count = 0
    piece = "y" * 8192
    while polling.wait_for_any([Watched(number, False, True)], 0.0) == 1:
        files.write_all(number, piece)
        count += 1
    return count


def attempt(title: str, action: Callable[[], None]) -> None:
    try:
        action()
        print(title, "done")
    except (OSError, ValueError, NotImplementedError) as error:
        print(title, type(error).__name__)


def streams() -> None:
    """Bytes of a stream come in order, in both directions at once, in pieces of any size."""
    server = sockets.Server("stream", sockets.STREAM)
    client = sockets.connect("stream", sockets.STREAM)
    other = server.accept()
    sent = "".join([chr(97 + index * 7 % 26) * (index % 5) for index in range(100_000)])
    echo = Thread(lambda: give_back(other, len(sent)))
    sender = Thread(lambda: client.write(sent))
    echo.start()
    sender.start()
    parts: list[str] = []
    size = 0
    while size < len(sent):
        parts.append(client.read())
        size += len(parts[-1])
    sender.join()
    echo.join()
    print("stream:", "".join(parts) == sent)
    attempt("another kind:", lambda: connect_to("stream"))


def give_back(other: sockets.Connection, size: int) -> None:
    piece = Array[u8, 7000]()
    done = 0
    while done < size:
        count = other.receive(piece[:])
        other.send(piece[:count])
        done += int(count)


def connect_to(name: str) -> None:
    sockets.connect(name)


def many_clients() -> None:
    server = sockets.Server("many")
    clients: list[sockets.Connection] = []
    for number in range(20):
        client = sockets.connect("many")
        client.write(f"client {number}")
        clients.append(client)
    sides: list[sockets.Connection] = []
    for _ in range(20):
        sides.append(server.accept())
    heard = [side.read() for side in sides]
    print("in order:", heard == [f"client {number}" for number in range(20)])
    for side in sides:
        side.write("bye")
    print("answers:", [client.read() for client in clients].count("bye"))
    total = 0
    for round in range(200):
        with sockets.connect("many") as client:
            client.write("once")
            with server.accept() as side:
                total += len(side.read())
    print("one after the other:", total)
    folders = len(files.list_folder("/net/local"))
    print("sockets that are left:", folders - 3)


def readiness() -> None:
    server = sockets.Server("ready")
    listening = files.open_file(f"{server.socket.folder}/data")
    watched = Watched(listening.number)
    print("nobody waits:", polling.wait_for_any([watched], 0.0))
    starter = Thread(lambda: talk_later("ready"))
    starter.start()
    print("somebody waits:", polling.wait_for_any([watched], 5.0))
    side = server.accept()
    both = [Watched(side.number, True, True)]
    polling.wait_for_any([Watched(side.number)], 5.0)
    polling.wait_for_any(both, 5.0)
    print("data:", both[0].is_readable, both[0].is_writable, both[0].has_ended)
    starter.join()
    polling.wait_for_any(both, 5.0)
    print("gone:", both[0].is_readable, both[0].has_ended, side.read(), len(side.read()))
    files.close(listening.number)
    attempt("nobody comes:", lambda: accept_at_once(server))


def accept_at_once(server: sockets.Server) -> None:
    files.open_file(f"{server.socket.folder}/accept:nonblock")


def talk_later(name: str) -> None:
    system.nanosleep(20 * MS)
    with sockets.connect(name) as client:
        client.write("late")


def endings() -> None:
    server = sockets.Server("endings")
    client = sockets.connect("endings")
    side = server.accept()
    side.write("left behind")
    side.close()
    print("after the end:", client.read(), len(client.read()))
    attempt("nobody reads:", lambda: client.write("x"))
    waiting = sockets.connect("endings")
    server.socket.control("close")
    print("never accepted:", len(waiting.read()))
    attempt("no server:", lambda: connect_to("endings"))
    again = sockets.Server("endings")
    blocked = Thread(lambda: attempt("accept:", lambda: accept_once(again)))
    blocked.start()
    system.nanosleep(20 * MS)
    again.socket.control("close")
    blocked.join()


def accept_once(server: sockets.Server) -> None:
    server.accept()


def refusals() -> None:
    server = sockets.Server("full", sockets.PACKETS, 2)
    first, second = sockets.connect("full"), sockets.connect("full")
    attempt("backlog:", lambda: connect_to("full"))
    side = server.accept()
    attempt("room again:", lambda: connect_to("full"))
    attempt("name in use:", lambda: serve_at("full"))
    print("sides:", side.number > 0, first.number > 0, second.number > 0)
    socket = sockets.Socket()
    data = files.open_file(f"{socket.folder}/data")
    attempt("not connected:", lambda: data.write("x"))
    side = server.accept()
    socket.control("connect full")
    attempt("opened too early:", lambda: data.write("x"))
    attempt("read too early:", lambda: read_all_of(data))
    attempt("twice:", lambda: socket.control("connect full"))
    files.close(data.number)


def read_all_of(file: files.OpenFile) -> None:
    file.read()


def serve_at(name: str) -> None:
    sockets.Server(name)


def hostile_verbs() -> None:
    socket = sockets.Socket()
    long = "x" * 256
    for command in [
        "",
        "bind",
        "bind a b",
        f"bind {long}",
        'bind ""',
        "listen",
        "listen x",
        "connect",
        "connect nobody",
        "accept",
        "BIND a",
        "bind a && nonsense",
        "bind b",
        "listen -1",
        "listen 99999999999999999999",
        "listen 999",
        "listen 5 5",
        "listen 5",
        "listen",
        "connect a",
        '"',
        "close now",
        "x" * 2000,
    ]:
        try_verb(socket, command)
    attempt("no file:", lambda: read_it(f"{socket.folder}/nothing"))
    attempt("no socket:", lambda: read_it("/net/local/999999"))
    attempt("no number:", lambda: read_it("/net/local/-1"))
    attempt("make:", lambda: read_it("/net/local/mine:create"))
    attempt("remove:", lambda: system.remove(f"{socket.folder}:directory".encode()))


def try_verb(socket: sockets.Socket, command: str) -> None:
    """Say what a socket's control file does with a command, and what it says of it."""
    try:
        control_files.tell(f"{socket.folder}/ctl", command)
        print(f"{command[:20]}: done")
    except Refused as error:
        print(f"{command[:20]}:", error)


def read_it(path: str) -> None:
    files.read_text(path)


def look(number: str) -> None:
    """Say what another namespace sees of a socket."""
    attempt("child opens it:", lambda: read_it(f"/net/local/{number}/data"))
    names = [each.name for each in files.list_folder("/net/local")]
    print("child sees it:", number in names)


def seen_by_others() -> None:
    socket = sockets.Socket()
    processes.spawn([SELF, "look", socket.number], COPY_NAMESPACE).wait()
    names = [each.name for each in files.list_folder("/net/local")]
    print("I see it:", socket.number in names)


def own_network() -> None:
    server = sockets.Server("here")
    files.open_file("/tmp/net:create:directory")
    system.mount(b"/tmp/net:rw", b"/sys/fs/netfs")
    number = files.read_text("/tmp/net/local/seqpacket")
    attempt(
        "other network:", lambda: files.write_text(f"/tmp/net/local/{number}/ctl", "connect here")
    )
    files.write_text(f"/tmp/net/local/{number}/ctl", "bind here && listen")
    print(
        "addrs there:",
        files.read_text("/tmp/net/local/addrs").strip(),
        server.socket.number != number,
    )


def makers_end() -> None:
    processes.spawn([SELF, "make"]).wait()
    print("after its end:", "left" in files.read_text("/net/local/addrs"))
