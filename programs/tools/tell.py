"""tell"""

from __future__ import annotations

from lib.std import files
from lib.std.control_files import tell
from programs.tools.arguments import Arguments
from programs.tools.kill import quoted

HELP = """\
usage: tell FILE [WORD...]

Have a control file do something, or show what it can do.
    tell /sys/power    tell /proc/7/ctl kill "was in the way"
"""


def run(arguments: Arguments) -> int:
    arguments.require(1, -1)
    path = arguments.operands[0]
    words = arguments.operands[1:]
    if not words:
        files.write_all(1, files.read_text(path + ":read"))
        return 0
    tell(path + ":write", " ".join([word_of(word) for word in words]))
    return 0


def word_of(text: str) -> str:
    """Return a word as it is, if nothing in it has a meaning; && joins commands."""
    if text != "" and not any(c.isspace() or c in '"\\' for c in text):
        return text
    return quoted(text)
