"""Open files of text: what Python's `open` gives a program.

    with open("notes.txt", "w") as file:
        file.write("one line\\n")
    for line in open("notes.txt"):
        print(line, end="")

Text is UTF-8. A file that is read shows every end of a line, "\\n", "\\r\\n" and "\\r", as "\\n". What is written
goes to the system when 8 KiB are full, at flush(), and at the end of the block or of the file object.

Source: Python Library Reference, "open" and module io, classes TextIOBase and TextIOWrapper.
"""

from __future__ import annotations

from typing import Final

from core.containers.text import Building
from core.text import utf8
from lang import Array, Slice, u8, u64, usize
from lib.python import system
from lib.python.system import Access

SIZE: Final = 8192
NEWLINE: Final = 10
RETURN: Final = 13


class TextFile:
    """A file that is open, for reading or for writing."""

    name: str
    mode: str
    closed: bool

    number: u64
    storage: Array[u8, SIZE]  # what was read and is not taken yet, or is to be written
    start: usize  # of what is to be taken
    end: usize  # of what is in storage
    after_return: bool  # a newline that comes now belongs to the return before

    def __init__(self, name: str, mode: str) -> None:
        """Be a file that is not open: there is memory for it before the system opens anything."""
        self.name = name
        self.mode = mode
        self.closed = True
        self.number = 0
        self.storage = Array[u8, SIZE]()
        self.start = 0
        self.end = 0
        self.after_return = False

    def _open(self, access: Access) -> None:
        """Open the file of this name.

        Raises:
            OSError: the class that says why not.
        """
        self.number = system.open(self.name, access)
        self.closed = False

    def __del__(self) -> None:
        try:
            self.close()
        except BaseException:  # noqa: BLE001 - nobody is left who could be told
            self.closed = True

    def __enter__(self) -> TextFile:  # noqa: PYI034 - the language has no Self
        self._check_open()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __iter__(self) -> TextFile:
        self._check_open()
        return self

    def __next__(self) -> str:
        line = self.readline()
        if line == "":
            raise StopIteration
        return line

    def readable(self) -> bool:
        return self.mode == "r"

    def writable(self) -> bool:
        return self.mode != "r"

    def read(self) -> str:
        """Return all that follows.

        Raises:
            UnicodeError: it is not UTF-8.
            OSError: the file is not open for reading, or the system cannot read it.
        """
        self._check_readable()
        text = Building(0)
        while self._add_line(text):
            pass
        return _finished(text)

    def readline(self) -> str:
        """Return the next line with its newline, which the last may lack; empty at the end.

        Raises:
            as read.
        """
        self._check_readable()
        line = Building(0)
        self._add_line(line)
        return _finished(line)

    def readlines(self) -> list[str]:
        """Return all lines that follow.

        Raises:
            as read.
        """
        return [line for line in self]

    def write(self, text: str) -> int:
        """Write a text, and return its length.

        Raises:
            OSError: the file is not open for writing, or the system cannot write it.
        """
        self._check_open()
        if self.mode == "r":
            raise OSError("not writable")
        data = text.encode()
        done: usize = 0
        while done < len(data):
            if self.end == SIZE:
                self.flush()
            count = min(len(data) - done, usize(SIZE) - self.end)
            self.storage[self.end : self.end + count].copy_from(data[done : done + count])
            self.end += count
            done += count
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write texts one after the other.

        Raises:
            as write.
        """
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Hand the system what was written.

        Raises:
            OSError: it cannot write it; what it did not take is lost.
        """
        self._check_open()
        if self.mode == "r":
            return
        size = self.end
        self.end = 0
        done: usize = 0
        while done < size:
            done += system.write(self.number, self.storage[done:size])

    def close(self) -> None:
        """Write what is to be written, and let go of the file; once is enough.

        Raises:
            as flush.
        """
        if self.closed:
            return
        try:
            self.flush()
        finally:
            self.closed = True
            system.close(self.number)

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def _check_readable(self) -> None:
        self._check_open()
        if self.mode != "r":
            raise OSError("not readable")

    def _add_line(self, text: Building) -> bool:
        """Append the next line as it is shown; False if there is none."""
        found = False
        while self.start < self.end or self._fill():
            if self.after_return and self.storage[self.start] == NEWLINE:
                self.after_return = False
                self.start += 1
                continue
            self.after_return = False
            found = True
            size = self._line_size()
            text.add(self.storage[self.start : self.start + size], 0)
            self.start += size
            if self.start < self.end:
                self.after_return = self.storage[self.start] == RETURN
                self.start += 1
                text.add(b"\n", 0)
                return True
        return found

    def _line_size(self) -> usize:
        """Return how much of what was read comes before the next end of a line."""
        at = self.start
        while at < self.end and self.storage[at] != NEWLINE and self.storage[at] != RETURN:
            at += 1
        return at - self.start

    def _fill(self) -> bool:
        """Read more; False at the end of the file."""
        self.start = 0
        self.end = 0  # also if the system cannot read
        self.end = system.read(self.number, self.storage[:])
        return self.end > 0


def _finished(text: Building) -> str:
    """Return the text of bytes.

    Raises:
        UnicodeError: they are not UTF-8.
    """
    bytes = Slice[u8](text.data, text.used)
    if not utf8.is_valid(bytes):
        raise UnicodeError("the file is not UTF-8")
    text.length = utf8.count(bytes)
    return text.finish()


def open_text(path: str, mode: str = "r", encoding: str = "utf-8") -> TextFile:
    """Open a file of text; what `open` calls.

    mode: "r" read it, "w" write it anew, "a" write on at its end, "x" make it; a "t" beside it says nothing new.

    Raises:
        OSError: the class that says why not, such as FileNotFoundError.
        ValueError: there is no such mode.
        LookupError: the encoding is not UTF-8.
    """
    if encoding.lower() not in ("utf-8", "utf8"):
        raise LookupError(f"unknown encoding: {encoding}")
    plain = mode.replace("t", "")
    file = TextFile(path, plain)
    try:
        file._open(_access(plain, mode))
    except FileNotFoundError:
        raise FileNotFoundError(f"[Errno 2] No such file or directory: {path!r}") from None
    except PermissionError:
        raise PermissionError(f"[Errno 13] Permission denied: {path!r}") from None
    except FileExistsError:
        raise FileExistsError(f"[Errno 17] File exists: {path!r}") from None
    except NotADirectoryError:
        raise NotADirectoryError(f"[Errno 20] Not a directory: {path!r}") from None
    except IsADirectoryError:
        raise IsADirectoryError(f"[Errno 21] Is a directory: {path!r}") from None
    return file


def _access(plain: str, mode: str) -> Access:
    match plain:
        case "r":
            return Access.READ
        case "w":
            return Access.REPLACE
        case "a":
            return Access.APPEND
        case "x":
            return Access.CREATE
    raise ValueError(f"invalid mode: {mode!r}")
