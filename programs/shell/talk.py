"""The shell at a terminal: it reads lines, runs them, and says how they ended."""

from __future__ import annotations

from lib.std import files, processes
from programs.shell import commands, foreground, history, jobs, variables
from programs.shell.editor import WIDTH, Editor
from programs.shell.history import History
from programs.shell.shell import Shell
from programs.shell.words import BadLine, Unfinished

WELCOME = "PatchworkOS. Type help for what there is.\n"
GREEN = "\x1b[32m"
BRIGHT = "\x1b[92m"
PLAIN = "\x1b[0m"


def talk() -> str:
    """Talk to whoever is at the terminal, until they have had enough; return the last status."""
    foreground.ignore_interrupts()
    shell = Shell(["shell"], True)
    past = History(history.load())
    shell.own.history = past.lines
    editor = Editor(past)
    files.write_all(1, WELCOME)
    while not shell.is_over:
        text = read(editor)
        if text is None:
            break
        tell_width(editor.width)
        shell.run_text(text)
        report(shell)
    return shell.status


def read(editor: Editor) -> str | None:
    """Read a line, and those with which it goes on; None at the end of the input."""
    folder = processes.current_folder()
    text = editor.read(f"{GREEN}{folder}{PLAIN} {BRIGHT}>{PLAIN} ", len(folder) + 3)
    while text is not None and goes_on(text):
        rest = editor.read(f"{BRIGHT}...{PLAIN} ", 4)
        text = None if rest is None else f"{text}\n{rest}"
    return text


def tell_width(width: int) -> None:
    """Let programs know how wide the terminal is, if it has said so."""
    if width != WIDTH:
        variables.assign("COLUMNS", str(width))


def goes_on(text: str) -> bool:
    """Whether a line is one that has no end yet."""
    try:
        commands.parse(text)
    except Unfinished:
        return True
    except BadLine:
        return False
    return False


def report(shell: Shell) -> None:
    """Say what has ended in the background."""
    for job in shell.own.jobs.take_ended():
        status = job.wait()
        state = "has ended" if status == "" else f"has ended: {status}"
        files.write_all(2, jobs.shown(job, state))
