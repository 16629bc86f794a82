"""What a process gives to others, and what these then reach: examples of the book, one after the other."""

from __future__ import annotations

from lang import u64
from lib.std import files, processes, sharing, system
from lib.std.arguments import arguments
from lib.std.processes import COPY_NAMESPACE, EMPTY_NAMESPACE, SUSPEND

SELF = "/bin/init"
MS = 1_000_000


def main() -> int:
    words = arguments()
    if len(words) > 1:
        return be_child(words[1], words[2:])
    file_systems()
    private_mounts()
    empty_namespaces()
    handed_over()
    shared()
    return 0


def attempt(what: str, path: str) -> None:
    """Say what comes of reading a file."""
    try:
        print(what, files.read_text(path))
    except OSError as error:
        print(what, type(error).__name__)


def be_child(role: str, words: list[str]) -> int:
    if role == "read":
        for path in words:
            attempt(path, path)
    elif role == "claim":
        claim_and_read(words[0])
    elif role == "climb":
        climb(int(words[0]))
    elif role == "sleep":
        system.nanosleep(20_000 * MS)
    return 0


def climb(number: int) -> None:
    """Try to get out of a folder that was inherited."""
    for path in [
        "file",
        "../file",
        "../../secret/file",
        "out",
        ":rw",
        "new:create",
        "/secret/file",
    ]:
        try:
            found = system.openat(u64(number), path.encode())
            print(path, "opened")
            system.close(found)
        except OSError as error:
            print(path, type(error).__name__)


def claim_and_read(key: str) -> None:
    for _ in range(2):
        try:
            number = sharing.claim(key)
            print("claimed:", files.read_all(number))
            try:
                system.write(u64(number), b"more")
            except OSError as error:
                print("write:", type(error).__name__)
        except OSError as error:
            print("claim:", type(error).__name__)


def file_systems() -> None:
    """A type has a file for each of its file systems as long as that is there: mounted, or open."""
    before = instances()
    files.open_file("/tmp/more:create:directory")
    system.mount(b"/tmp/more:rw", b"/sys/fs/tmpfs")
    made = (instances() - before).pop()
    words = files.read_text(f"/sys/fs/tmpfs/{made}").split()
    print("a file of it:", words[:2] == ["id:", made], words[2:])
    with files.open_file("/tmp/more/file:create"):
        system.unmount(b"/tmp/more")
        print("unmounted, open:", instances() - before == {made})
    for _ in range(100):  # walks may still be at its root until processors have switched
        if instances() == before:
            break
        system.nanosleep(u64(MS))
    print("closed:", instances() == before)
    attempt("its file:", f"/sys/fs/tmpfs/{made}")


def instances() -> set[str]:
    return {listed.name for listed in files.list_folder("/sys/fs/tmpfs")}


def private_mounts() -> None:
    files.open_file("/secret:create:directory")
    system.mount(b"/secret:rw:private", b"/sys/fs/tmpfs")
    files.write_text("/secret/file:create", "of A only")
    attempt("A:", "/secret/file")
    processes.spawn([SELF, "read", "/secret/file"], COPY_NAMESPACE).wait()


def empty_namespaces() -> None:
    files.write_text("/tmp/pub/file:create:parents", "for all")
    child = processes.spawn(
        [SELF, "read", "/pub/file", "/secret/file", "/net", "/pub/../tmp"],
        EMPTY_NAMESPACE | SUSPEND,
    )
    commands = [
        "mount /:rwx /sys/fs/tmpfs",
        "touch /bin:create:directory",
        "touch /pub:create:directory",
        "bind /bin:rx /bin",
        "bind /pub:r /tmp/pub",
        "start",
    ]
    processes.control(child.number, " && ".join(commands))
    child.wait()


def handed_over() -> None:
    """A folder for reading, to a child that has nothing else but programs."""
    system.symlink(b"../../secret/file", b"/tmp/pub/out")
    child_with_folder(EMPTY_NAMESPACE)
    entered_again()


def child_with_folder(flags: int) -> None:
    with files.open_file("/tmp/pub:r") as folder:
        child = processes.spawn([SELF, "climb", str(folder.number)], flags | SUSPEND)
        commands = [
            "mount /:rwx /sys/fs/tmpfs",
            "touch /bin:create:directory",
            "bind /bin:rx /bin",
            "start",
        ]
        processes.control(child.number, " && ".join(commands))
        child.wait()


def entered_again() -> None:
    """A namespace that a process has is entered by another one."""
    first = processes.spawn([SELF, "sleep"], COPY_NAMESPACE | SUSPEND)
    processes.control(first.number, "mount /tmp:rw /sys/fs/tmpfs && touch /tmp/here:create")
    with files.open_file(f"/proc/{first.number}/ns") as handle:
        second = processes.spawn([SELF, "read", "/tmp/here", "/tmp/pub/file"], SUSPEND)
        processes.control(second.number, f"setns {handle.number} && start")
        second.wait()
        try:
            system.bind(b"/tmp/pub", u64(handle.number))
        except OSError as error:
            print("bind of a namespace:", type(error).__name__)
    try:
        processes.control(first.number, "setns 0")
    except ValueError:
        print("this is no namespace")
    processes.control(first.number, "kill")
    first.wait()
    second = processes.spawn([SELF, "read", "/proc/1/ns"], COPY_NAMESPACE)
    second.wait()


def shared() -> None:
    with files.open_file("/secret/file") as file:
        key = sharing.share(file.number, 20.0, sharing.READ)
        print("key:", len(key), "characters")
        processes.spawn([SELF, "claim", key], COPY_NAMESPACE).wait()
        attempt_share(file.number, 0.0)
        key = sharing.share(file.number, 20.0, 0, 1_000_000)
        processes.spawn([SELF, "claim", key], COPY_NAMESPACE).wait()
    with files.open_file("/secret/file:r") as file:
        try:
            sharing.share(file.number, 1.0, sharing.WRITE)
        except OSError as error:
            print("share:", type(error).__name__)


def attempt_share(number: int, seconds: float) -> None:
    try:
        sharing.claim(sharing.share(number, seconds))
    except OSError as error:
        print("too late:", type(error).__name__)
