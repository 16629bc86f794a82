"""Reads lines from a terminal that understands ECMA-48, and lets them be edited.

left, right, home, end, Ctrl-B, Ctrl-F, Ctrl-A, Ctrl-E     move; with Ctrl or Alt by words, as Alt-B and Alt-F
backspace, delete                                          remove a character
Ctrl-U, Ctrl-K, Ctrl-W, Alt-D, Alt-backspace               kill to the start, to the end, a word
Ctrl-Y                                                     puts back what was killed last
up, down, Ctrl-P, Ctrl-N                                   earlier lines
Tab                                                        completes; shows what there is, if that is not certain
Ctrl-L                                                     clears the screen
Ctrl-C                                                     begins a new line
Ctrl-D                                                     in an empty line: the end

A line that is wider than the terminal is shown in part, with the cursor in it. The terminal is asked
for its width at the beginning, and when the screen is cleared; if it does not answer, WIDTH is taken.
"""

from __future__ import annotations

from lib.std import files
from lib.std.texts import Reader
from programs.columns import in_columns
from programs.shell import complete
from programs.shell.history import History
from programs.shell.keys import read_key
from programs.shell.line import Line

WIDTH = 80
INTERRUPT = "interrupt"
CLEAR = "\x1b[2J\x1b[H"
ASK_WIDTH = "\x1b[s\x1b[999C\x1b[6n\x1b[u"  # go far right, say where the cursor is, and come back


class Keys:
    """Characters as they come from standard input."""

    reader: Reader
    waiting: str

    def __init__(self) -> None:
        self.reader = Reader(0)
        self.waiting = ""

    def take(self) -> str:
        """Wait for a character, and return it; empty at the end of the input."""
        if self.waiting == "":
            self.waiting = self.reader.read()
            if self.waiting == "":
                return ""
        key = self.waiting[0]
        self.waiting = self.waiting[1:]
        return key


class Editor:
    """Reads lines, and remembers them."""

    keys: Keys
    history: History
    line: Line
    prompt: str
    prompt_width: int
    width: int  # of the terminal, in characters

    def __init__(self, history: History) -> None:
        self.keys = Keys()
        self.history = history
        self.line = Line()
        self.prompt = ""
        self.prompt_width = 0
        self.width = WIDTH
        write(ASK_WIDTH)

    def read(self, prompt: str, prompt_width: int) -> str | None:
        """Return the next line; None at the end of the input.

        prompt_width: the characters of the prompt that are seen.
        """
        self.prompt, self.prompt_width = prompt, prompt_width
        self.line.set("")
        self.history.begin()
        self.draw()
        while True:
            key = self.read_key()
            if key == "" or key == "^D" and self.line.text == "":
                write("\n")
                return None
            if key == "enter":
                if self.line.cursor < len(self.line.text):
                    self.line.move(len(self.line.text))
                    self.draw()
                write("\n")
                self.history.add(self.line.text)
                return self.line.text
            if key == "^C":
                write("^C\n")
                self.line.set("")
            elif key == INTERRUPT:
                write("\n")
                self.line.set("")
            elif len(key) == 1 and self.is_short:
                self.line.insert(key)
                write(key)
                continue
            elif not self.move(key) and not self.change(key):
                self.do_other(key)
            self.draw()

    def read_key(self) -> str:
        """Return the next key; INTERRUPT, if a note came first: Ctrl-C was typed, and the shell that has the terminal has shown it."""
        try:
            return read_key(self.keys.take)
        except InterruptedError:
            return INTERRUPT

    @property
    def is_short(self) -> bool:
        """Whether the cursor is at the end, and one more character can be shown there without moving the others."""
        return self.line.cursor == len(self.line.text) and len(self.line.text) < self.room

    @property
    def room(self) -> int:
        """How many characters of the line can be shown."""
        return max(self.width - self.prompt_width - 1, 10)

    def move(self, key: str) -> bool:
        """Move the cursor, if a key does that."""
        line = self.line
        match key:
            case "left" | "^B":
                line.move(line.cursor - 1)
            case "right" | "^F":
                line.move(line.cursor + 1)
            case "home" | "^A":
                line.move(0)
            case "end" | "^E":
                line.move(len(line.text))
            case "word-left" | "alt-b":
                line.move(line.word_start())
            case "word-right" | "alt-f":
                line.move(line.word_end())
            case _:
                return False
        return True

    def change(self, key: str) -> bool:
        """Change the line, if a key does that."""
        line = self.line
        match key:
            case "backspace":
                if line.cursor > 0:
                    line.remove(line.cursor - 1, line.cursor)
            case "delete" | "^D":
                line.remove(line.cursor, line.cursor + 1)
            case "^U":
                line.kill(0, line.cursor)
            case "^K":
                line.kill(line.cursor, len(line.text))
            case "^W":
                line.kill(line.blank_before(), line.cursor)
            case "alt-backspace":
                line.kill(line.word_start(), line.cursor)
            case "alt-d":
                line.kill(line.cursor, line.word_end())
            case "^Y":
                line.put_back()
            case _:
                return False
        return True

    def do_other(self, key: str) -> None:
        """Do what any other key says; what is one character is typed."""
        match key:
            case "up" | "^P":
                self.line.set(self.history.earlier(self.line.text))
            case "down" | "^N":
                self.line.set(self.history.later(self.line.text))
            case "tab":
                self.complete()
            case "^L":
                write(CLEAR + ASK_WIDTH)
            case _:
                if len(key) == 1:
                    self.line.insert(key)
                elif key.startswith("place "):
                    self.take_width(key.removeprefix("place "))

    def take_width(self, column: str) -> None:
        if column.isdigit() and 20 <= int(column) <= 1000:
            self.width = int(column)

    def complete(self) -> None:
        """Add what is certain; else show what could be meant."""
        found = complete.complete(self.line.before, complete.System())
        self.line.insert(found.addition)
        if found.addition == "" and len(found.choices) > 1:
            write("\n" + in_columns(found.choices, found.choices, self.width))

    def draw(self) -> None:
        """Show the line: the part of it around the cursor, if it is too long."""
        start = max(self.line.cursor - self.room, 0)
        shown = self.line.text[start : start + self.room]
        back = len(shown) - (self.line.cursor - start)
        move = f"\x1b[{back}D" if back > 0 else ""
        write(f"\r\x1b[K{self.prompt}{shown}{move}")


def write(text: str) -> None:
    files.write_all(1, text)
