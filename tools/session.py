"""Records what somebody sees who works at the system's shell, for docs/the-shell.md.

    python -m tools.session          types the keys of SESSION at a machine, and writes what is seen into the chapter
    python -m tools.session --check  says whether it is what the chapter shows

What the machine prints goes through a terminal that keeps the text of each line, as one sees it in the end.
"""

from __future__ import annotations

import re
import sys

from tools import image
from tools.image import ROOT
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

CHAPTER = ROOT / "docs" / "the-shell.md"
BEGIN = "<!-- recorded by tools/session.py -->\n```\n"
END = "```\n<!-- end of the recording -->\n"

TAB = "\t"
UP = "\x1b[A"
WORD_LEFT = "\x1b[1;5D"
KILL_TO_END = "\x0b"
CONTROL_C = "\x03"
PROMPT = re.compile(r"\x1b\[92m(>|\.\.\.)\x1b\[0m ")

# What is typed at each prompt; behind CONTROL_C is what is printed before that is typed, too.
SESSION = (
    "ca" + TAB + "/ba" + TAB + "ab" + TAB,
    "mkdir -p /tmp/fruit && cd /tmp/fruit",
    "echo banana > list; echo apple >> list; echo cherry > list:append",
    "sort list | head -n 2",
    UP + WORD_LEFT + WORD_LEFT + WORD_LEFT + KILL_TO_END + "grep -n an",
    "touch a.txt:create b.txt:create:exclusive; ls *.txt",
    "touch b.txt:ce",
    "kind='the best'; echo $kind '$kind' \"$kind\"",
    "cat nosuch || echo status $?",
    "echo 'two",
    "lines' | wc -l",
    "cat list /dev/console; echo never" + CONTROL_C + "cherry\r\n",
    "echo $?",
    "sleep 1000 &",
    "jobs",
    "kill -s 'in the way' $!; wait",
    "tell /proc/self/ctl klose 3",
    "tell /sys/po" + TAB + "o" + TAB + "now",
    "sh -c 'exit had-enough'",
    "rm /tmp/fruit; rm /tmp/fruit:dR",
    "exit",
)


class Screen:
    """The text that a terminal shows, without its colours."""

    def __init__(self) -> None:
        self.lines: list[str] = [""]
        self.column = 0

    def take(self, text: str) -> None:
        """Show what is printed: characters, ends of lines, and the sequences that the shell sends."""
        for piece in re.findall(r"\x1b\[[0-9;]*[A-Za-z]|[^\x1b]|\x1b", text):
            if piece.startswith("\x1b["):
                self.obey(piece)
            elif piece == "\r":
                self.column = 0
            elif piece == "\n":
                self.lines.append("")
                self.column = 0
            else:
                line = self.lines[-1].ljust(self.column)
                self.lines[-1] = line[: self.column] + piece + line[self.column + 1 :]
                self.column += 1

    def obey(self, sequence: str) -> None:
        if sequence == "\x1b[K":
            self.lines[-1] = self.lines[-1][: self.column]
        elif sequence.endswith("D"):
            self.column = max(self.column - int(sequence[2:-1]), 0)

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines) + "\n"


def record() -> str:
    """Return what is seen when SESSION is typed."""
    printed: list[bytes] = []
    kernel = image.build_kernel("checked")
    files = image.build_initial_files("checked")
    with Machine(MachineConfig(boot=DirectBoot(kernel, files)), printed.append) as machine:
        for keys in SESSION:
            machine.wait_for(PROMPT)
            line, interrupt, sign = keys.partition(CONTROL_C)
            machine.send(line + "\r")
            if interrupt:
                machine.wait_for(sign)
                machine.send(CONTROL_C)
        machine.wait_for("init has ended")
    return seen(b"".join(printed).decode())


def seen(printed: str) -> str:
    """Return what is seen of what a machine printed: from the shell's first word to its last."""
    screen = Screen()
    screen.take(printed.replace("\r\n", "\n"))
    text = screen.text()
    start = text.index("PatchworkOS. Type")
    end = re.search(r"^\[ *\d+\.\d+-..-I\] init has ended", text, re.MULTILINE)
    return text[start : end.start() if end else None]


def shown() -> str:
    """Return the recording that the chapter shows."""
    return CHAPTER.read_text().partition(BEGIN)[2].partition(END)[0]


def main(arguments: list[str]) -> int:
    recording = record()
    if arguments == ["--check"]:
        return 0 if recording == shown() else 1
    before, _, rest = CHAPTER.read_text().partition(BEGIN)
    CHAPTER.write_text(before + BEGIN + recording + END + rest.partition(END)[2])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
