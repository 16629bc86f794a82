"""The line that is being typed, on a terminal that understands ECMA-48.

left, right, home, end, Ctrl-A, Ctrl-E   move
backspace, delete, Ctrl-U, Ctrl-K        remove
up, down                                 earlier lines
Tab                                      completes a path
Ctrl-L                                   clears the screen
Ctrl-C                                   begins a new line
Ctrl-D                                   in an empty line: the end
"""

from __future__ import annotations

from lang import Array, u8
from lib.std import files, system
from lib.std.texts import decode
from programs.shell import complete

HISTORY = 100


class Keys:
    """Keys as they come from standard input."""

    waiting: str

    def __init__(self) -> None:
        self.waiting = ""

    def take(self) -> str:
        """Wait for a key, and return it; empty at the end of the input."""
        if self.waiting == "":
            storage = Array[u8, 64]()
            count = system.read(0, storage[:])
            self.waiting = decode(storage[:count])
            if self.waiting == "":
                return ""
        key = self.waiting[0]
        self.waiting = self.waiting[1:]
        return key


class Editor:
    """Reads lines, and remembers them."""

    keys: Keys
    history: list[str]
    prompt: str
    line: str
    cursor: int
    shown: int  # the entry of the history that is in the line

    def __init__(self) -> None:
        self.keys = Keys()
        self.history = []
        self.prompt = ""
        self.line = ""
        self.cursor = 0
        self.shown = 0

    def read(self, prompt: str) -> str | None:
        """Return the next line; None at the end of the input."""
        self.prompt = prompt
        self.set_line("")
        self.shown = len(self.history)
        self.draw()
        while True:
            key = self.keys.take()
            if key == "" or key == "\x04" and self.line == "":
                write("\n")
                return None
            if key == "\r" or key == "\n":
                write("\n")
                self.remember()
                return self.line
            if key == "\x03":
                write("^C\n")
                self.set_line("")
            else:
                self.obey(key)
            self.draw()

    def obey(self, key: str) -> None:
        """Do what a key says."""
        if key == "\x1b":
            self.obey_sequence()
        elif key == "\x7f" or key == "\b":
            if self.cursor > 0:
                self.remove(self.cursor - 1, self.cursor)
        elif key == "\x01":
            self.cursor = 0
        elif key == "\x05":
            self.cursor = len(self.line)
        elif key == "\x15":
            self.remove(0, self.cursor)
        elif key == "\x0b":
            self.remove(self.cursor, len(self.line))
        elif key == "\x0c":
            write("\x1b[2J\x1b[H")
        elif key == "\t":
            self.insert(complete.continuation(self.line[: self.cursor]))
        elif key >= " ":
            self.insert(key)

    def obey_sequence(self) -> None:
        """Do what a key says that sends an escape sequence."""
        if self.keys.take() != "[":
            return
        code = ""
        key = self.keys.take()
        while key.isdigit():
            code += key
            key = self.keys.take()
        if key == "D":
            self.cursor = max(self.cursor - 1, 0)
        elif key == "C":
            self.cursor = min(self.cursor + 1, len(self.line))
        elif key == "A":
            self.show(self.shown - 1)
        elif key == "B":
            self.show(self.shown + 1)
        elif key == "H" or code == "1":
            self.cursor = 0
        elif key == "F" or code == "4":
            self.cursor = len(self.line)
        elif code == "3" and self.cursor < len(self.line):
            self.remove(self.cursor, self.cursor + 1)

    def show(self, index: int) -> None:
        """Put an entry of the history into the line; behind the last is an empty one."""
        if 0 <= index <= len(self.history):
            self.shown = index
            self.set_line(self.history[index] if index < len(self.history) else "")

    def remember(self) -> None:
        is_new = len(self.history) == 0 or self.history[-1] != self.line
        if self.line.strip() != "" and is_new:
            self.history.append(self.line)
            if len(self.history) > HISTORY:
                self.history.pop(0)

    def set_line(self, line: str) -> None:
        self.line = line
        self.cursor = len(line)

    def insert(self, text: str) -> None:
        self.line = self.line[: self.cursor] + text + self.line[self.cursor :]
        self.cursor += len(text)

    def remove(self, start: int, end: int) -> None:
        self.line = self.line[:start] + self.line[end:]
        self.cursor = start

    def draw(self) -> None:
        back = len(self.line) - self.cursor
        move = f"\x1b[{back}D" if back > 0 else ""
        write(f"\r\x1b[K{self.prompt}{self.line}{move}")


def write(text: str) -> None:
    files.write_all(1, text)
