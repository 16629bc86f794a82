"""kill"""

from __future__ import annotations

from lib.std import files, processes
from programs.tools.arguments import Arguments, Mistake, number_of
from programs.tools.each import each

HELP = """\
usage: kill [-s STATUS] [-n NOTE] PID...

End processes.

  -s STATUS   with a status in words; killed, if it is not said
  -n NOTE     send a note instead, as interrupt or terminate, which a program may handle
"""


def run(arguments: Arguments) -> int:
    arguments.require(1, -1)
    for word in arguments.operands:
        number_of(word, "for a process")
    note = arguments.text("-n", "")
    if arguments.has("-n") and note == "":
        raise Mistake("a note has some text")
    status = quoted(arguments.text("-s", "killed"))

    def end(number: str) -> None:
        try:
            if note != "":
                files.write_text(f"/proc/{number}/note", note)
            else:
                processes.control(int(number), f"kill {status}")
        except FileNotFoundError:
            raise ProcessLookupError("there is no such process") from None

    return each(arguments.name, arguments.operands, end)


def quoted(text: str) -> str:
    """Return a word of a control file that stands for a text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
