"""Python's module io, for programs: text in memory that is read and written as a file.

Source: Python Library Reference, module io, class StringIO.
"""

from __future__ import annotations

from collections.abc import Iterator


class StringIO:
    """A text that is read and written at a position."""

    closed: bool
    text: str  # what is there apart from `parts`
    parts: list[str]  # written behind the text one after the other
    at: int

    def __init__(self, initial_value: str = "") -> None:
        self.closed = False
        self.text = initial_value
        self.parts = []
        self.at = 0

    def getvalue(self) -> str:
        self._join()
        return self.text

    def _join(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed file")
        if self.parts:
            self.text += "".join(self.parts)
            self.parts = []

    def write(self, s: str) -> int:
        """Put a text at the position, in the place of what is there."""
        if self.parts:
            self.parts.append(s)
            self.at += len(s)
            return len(s)
        self._join()
        size = len(self.text)
        if self.at == size:
            self.parts.append(s)
        else:
            before = self.text[: self.at] + "\0" * max(self.at - size, 0)
            self.text = before + s + self.text[self.at + len(s) :]
        self.at += len(s)
        return len(s)

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def read(self, size: int = -1) -> str:
        """Return all that follows, or so many characters."""
        self._join()
        found = self.text[self.at :] if size < 0 else self.text[self.at : self.at + size]
        self.at += len(found)
        return found

    def readline(self) -> str:
        """Return the next line with its newline, which the last may lack; empty at the end."""
        self._join()
        end = self.text.find("\n", self.at)
        found = self.text[self.at :] if end < 0 else self.text[self.at : end + 1]
        self.at += len(found)
        return found

    def readlines(self) -> list[str]:
        return list(self)

    def __iter__(self) -> Iterator[str]:
        while True:
            line = self.readline()
            if line == "":
                break
            yield line

    def seek(self, pos: int, whence: int = 0) -> int:
        """Go to a position; with whence 2 to the end."""
        self._join()
        if whence == 2:
            self.at = len(self.text)
        else:
            if pos < 0:
                raise ValueError(f"Negative seek position {pos}")
            self.at = pos
        return self.at

    def tell(self) -> int:
        return self.at

    def truncate(self) -> int:
        self._join()
        self.text = self.text[: self.at]
        return self.at

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> StringIO:  # noqa: PYI034 - the language has no Self
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
