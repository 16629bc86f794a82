"""Writes the manual of control files from what they declare.

    python -m tools.control_files          writes docs/control-files.md
    python -m tools.control_files --check  says whether it is what would be written

The declarations are read, not run.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.image import ROOT

MANUAL = ROOT / "docs" / "control-files.md"
FILES = {
    "/proc/PID/ctl": ROOT / "kernel" / "proc" / "control.py",
    "/net/local/N/ctl": ROOT / "modules" / "ipc" / "netfs" / "socket_control.py",
    "/sys/module/control": ROOT / "kernel" / "module" / "control.py",
    "/sys/power": ROOT / "kernel" / "io" / "power_file.py",
}  # and where it is declared what it takes

HEAD = """\
# Control files

Made by tools/control_files.py from the declarations in the kernel; change those.

A control file does what is written to it: a verb and its words, and behind `&&` the next. A word ends at a blank; in
double quotes blanks are part of it, and a backslash makes the next character one of the word. Nothing of a command is done that is not
as it should be. Commands before it in the same text are done already.

Read, a control file says what it can do. `tell FILE` prints that, and `tell FILE VERB WORDS` has it do something:

    > tell /proc/self/ctl klose 3
    tell: 'klose' is no command here; there are close, dup2, touch, ...
    > tell /proc/self/ctl close x
    tell: close: FIRST should be a number, not 'x'

A failed call hands a program a class of exceptions only. The sentence is in `/proc/self/complaint`, for the thread that was
refused, until its next command to a control file; `lib/std/control_files.py` raises it as `Refused`. Where a command was right and failed all the same, there is its verb
with a colon behind it, and why, if that is more than the class says.

In the tables a *number* is one of 0 or more, or -1 for the highest there is; a *path* and a *name* have some text; words in brackets may be missing.
How verbs are declared: [kernel/fs/verbs.py](../kernel/fs/verbs.py).
"""


@dataclass(frozen=True)
class Verb:
    name: str
    words: str
    meaning: str


@dataclass(frozen=True)
class Declared:
    """What a module says of a control file."""

    summary: str
    verbs: list[Verb]
    numbers: dict[str, int]  # of the verbs, by their names in capitals


def declared(path: Path) -> Declared:
    """Read a module that declares a control file."""
    tree = ast.parse(path.read_text())
    verbs: list[Verb] = []
    numbers: dict[str, int] = {}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "VERBS":
            for call in node.value.args:
                verbs.append(Verb(*(ast.literal_eval(part).decode() for part in call.args)))
        elif isinstance(node, ast.ClassDef) and node.name == "Do":
            members = [each for each in node.body if isinstance(each, ast.Assign)]
            numbers = {each.targets[0].id: ast.literal_eval(each.value) for each in members}
    summary = ast.get_docstring(tree).partition(": ")[2]
    return Declared(summary[0].upper() + summary[1:], verbs, numbers)


def manual() -> str:
    """Return the manual of all control files."""
    parts = [HEAD]
    for path, source in FILES.items():
        found = declared(source)
        parts.append(f"\n## {path}\n\n{found.summary}\n\n")
        parts.append("| command | does |\n| --- | --- |\n")
        for verb in found.verbs:
            parts.append(f"| `{f'{verb.name} {verb.words}'.strip()}` | {verb.meaning} |\n")
    return "".join(parts)


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        return 0 if MANUAL.read_text() == manual() else 1
    MANUAL.write_text(manual())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
