"""Files, for programs: by path, with its flags, as text.

    with open_file("/tmp/notes:create:append") as file:
        file.write("one more line\\n")
    for line in lines_of("/tmp/notes"):
        ...

Whatever goes wrong raises the class that the kernel raised (docs/system-calls.md).
"""

from __future__ import annotations

from typing import Final

from core.file_records import Entry, NodeKind, Stat
from lang import Array, Slice, address_of, no_raise, sizeof, u8, u32, u64, usize
from lib.std import system
from lib.std.system_call import try_call
from lib.std.texts import Reader, decode

PIECE: Final = 4096
CLOSE: Final[u64] = 11


class OpenFile:
    """An open file; closed at the end of its block."""

    number: int

    def __init__(self, number: int) -> None:
        self.number = number

    def __enter__(self) -> OpenFile:  # noqa: PYI034 - the language has no Self
        return self

    def __exit__(self, *error: object) -> None:
        close(self.number)

    def read(self) -> str:
        """Return all that follows."""
        return read_all(self.number)

    def write(self, text: str) -> None:
        """Write all of a text."""
        write_all(self.number, text)


def open_file(path: str) -> OpenFile:
    """Open what a path leads to."""
    return OpenFile(int(system.open(path.encode())))


@no_raise
def close(number: int) -> None:
    """Let go of an open file; nothing happens if it is not open, or the number is negative."""
    if number >= 0:
        try_call(CLOSE, u64(number), 0, 0, 0, 0, 0)


def read_all(number: int) -> str:
    """Return all that an open file still gives, as text."""
    reader = Reader(number)
    parts: list[str] = []
    while (text := reader.read()) != "":
        parts.append(text)
    return "".join(parts)


def write_all(number: int, text: str) -> None:
    """Write a text to an open file, to the end."""
    data = text.encode()
    done: u64 = 0
    while done < len(data):
        done += system.write(u64(number), data[done:])


def read_text(path: str) -> str:
    """Return what a file holds."""
    with open_file(path) as file:
        return file.read()


def write_text(path: str, text: str) -> None:
    """Write a text to what a path leads to."""
    with open_file(path) as file:
        file.write(text)


class Listed:
    """One entry of a folder."""

    name: str
    is_folder: bool
    is_link: bool

    def __init__(self, name: str, is_folder: bool, is_link: bool) -> None:
        self.name = name
        self.is_folder = is_folder
        self.is_link = is_link


def list_folder(path: str) -> list[Listed]:
    """Return what is in a folder, in the order of its file system."""
    found: list[Listed] = []
    storage = Array[u8, PIECE]()
    with open_file(path) as folder:
        while True:
            size = system.getdents(u64(folder.number), storage[:])
            if size == 0:
                return found
            entries = Slice[Entry](
                address_of(storage[0]).cast(Entry), usize(size // u64(sizeof(Entry)))
            )
            for entry in entries:
                name = decode(entry.name[: entry.name_length])
                is_folder = entry.kind == NodeKind.DIRECTORY
                found.append(Listed(name, is_folder, entry.kind == NodeKind.SYMLINK))


def stat(path: str) -> Stat:
    """Return what there is to know of what a path leads to."""
    found = Stat(0, 0, 0, 0, 0, 0)
    system.stat(path.encode(), address_of(found))
    return found


def is_folder(path: str) -> bool:
    """Whether a path leads to a folder; False if it leads nowhere."""
    try:
        return stat(path).kind == u32(NodeKind.DIRECTORY)
    except OSError:
        return False
    except ValueError:  # nothing can have such a name
        return False


def exists(path: str) -> bool:
    """Whether a path leads to something."""
    try:
        stat(path)
    except OSError:
        return False
    except ValueError:  # nothing can have such a name
        return False
    return True


def open_pair(path: str) -> tuple[int, int]:
    """Open what a path leads to twice; return the number to read from, and the one to write to."""
    numbers = Array[u64, 2]()
    system.open2(path.encode(), numbers[:])
    return int(numbers[0]), int(numbers[1])


def read_link(path: str) -> str:
    """Return where a link leads."""
    storage = Array[u8, 1024]()
    count = system.readlink(path.encode(), storage[:])
    return decode(storage[:count])
