"""Commands of the shell itself: those that change it, or know what only it knows."""

from __future__ import annotations

from lib.std import files, processes
from lib.std.reasons import reason
from programs.shell import jobs, variables
from programs.shell.foreground import Foreground
from programs.shell.jobs import Jobs
from programs.shell.variables import Variables
from programs.shell.words import is_name
from programs.tools import toolbox

NAMES = (
    "cd",
    "clear",
    "exit",
    "export",
    "help",
    "history",
    "jobs",
    "pwd",
    "set",
    "unset",
    "wait",
)
TOLD = ("history", "jobs")  # no other shell could tell these
HELP = """\
cd [FOLDER]          go to a folder, / if none is named
clear                clear the screen
exit [STATUS]        end the shell, with the status of the last command unless one is given
export NAME[=VALUE]  the same as NAME=VALUE: programs that are started get all variables
help [NAME...]       this, or what is to say about programs and commands
history              the lines that were typed
jobs                 what runs in the background
pwd                  where you are
set                  the variables, and what they hold
unset NAME           forget a variable
wait [JOB]           until a job, or all in the background, has ended

Programs are in /base/bin, and say with --help what they do. Paths carry flags:
    touch notes:create   ls /proc:recursive   rm folder:directory:recursive   echo more > notes:append
and a b together:   a | b   a && b   a || b   a ; b   a &
files:              < file   > file   >> file   2> file   2>&1
words:              $NAME   $?   $!   *.txt   'as it is'   "with $NAME"   # comment
"""


class Said:
    """What a command of the shell says, and how it ends."""

    text: str
    error: str
    status: str

    def __init__(self) -> None:
        self.text = ""
        self.error = ""
        self.status = ""

    def fail(self, error: str) -> None:
        self.error = error
        self.status = "1"


def names() -> list[str]:
    """Return the names of the shell's own commands."""
    return list(NAMES)


def is_own(name: str) -> bool:
    """Whether a command is the shell's own."""
    return name in NAMES


class Own:
    """Runs the shell's own commands."""

    variables: Variables
    foreground: Foreground
    jobs: Jobs
    history: list[str]
    is_over: bool  # the shell is to end

    def __init__(self, variables: Variables, foreground: Foreground) -> None:
        self.variables = variables
        self.foreground = foreground
        self.jobs = Jobs()
        self.history = []
        self.is_over = False

    def run(self, words: list[str]) -> Said:
        """Run a command."""
        said = Said()
        try:
            self.obey(words[0], words[1:], said)
        except (OSError, ValueError) as error:
            said.fail(f"{words[0]}: {reason(error)}")
        return said

    def obey(self, name: str, arguments: list[str], said: Said) -> None:
        match name:
            case "cd":
                self.change_folder(arguments[0] if arguments else "/", said)
            case "clear":
                said.text = "\x1b[2J\x1b[H"
            case "exit":
                self.is_over = True
                said.status = arguments[0] if arguments else self.variables.status
            case "export":
                self.export(arguments, said)
            case "help":
                said.text = (
                    HELP + "\n" + listed_programs() if not arguments else help_with(arguments)
                )
            case "history":
                said.text = numbered(self.history)
            case "jobs":
                said.text = self.list_jobs()
            case "pwd":
                said.text = processes.current_folder() + "\n"
            case "set":
                said.text = listed_variables()
            case "unset":
                for variable in arguments:
                    forget(variable, said)
            case "wait":
                self.wait(arguments, said)

    def change_folder(self, path: str, said: Said) -> None:
        try:
            processes.change_folder(path)
        except FileNotFoundError:
            said.fail(f"cd: there is no {path}")
        except NotADirectoryError:
            said.fail(f"cd: {path} is no folder")

    def export(self, arguments: list[str], said: Said) -> None:
        for argument in arguments:
            name, equals, value = argument.partition("=")
            if not is_name(name):
                said.fail(f"export: {name!r} cannot be the name of a variable")
            elif equals != "":
                variables.assign(name, value)

    def list_jobs(self) -> str:
        text = ""
        for job in self.jobs.all:
            text += jobs.shown(job, "has ended" if job.has_ended() else "runs")
        return text

    def wait(self, arguments: list[str], said: Said) -> None:
        """Wait for some jobs, or for all."""
        if not arguments:
            while self.jobs.all:
                said.status = self.jobs.wait(self.jobs.all[0], self.foreground)
        for word in arguments:
            job = self.jobs.find(word)
            if job is None:
                said.fail(f"wait: there is no job {word}")
            else:
                said.status = self.jobs.wait(job, self.foreground)


def listed_programs() -> str:
    """Return what each utility does, a line each."""
    return "".join([f"{name:<14} {toolbox.summary_of(name)}\n" for name in toolbox.names()])


def help_with(names: list[str]) -> str:
    """Return the help of some utilities, or commands of the shell.

    Raises:
        ValueError: there is none of that name.
    """
    text = ""
    for name in names:
        help = toolbox.help_of(name) + own_help(name)
        if help == "":
            raise ValueError(f"there is no help with {name}")
        text += help
    return text


def own_help(name: str) -> str:
    """Return the line about a command of the shell; nothing if it has no such command."""
    if not is_own(name):
        return ""
    return "".join([line + "\n" for line in HELP.splitlines() if line.split(" ")[0] == name])


def forget(name: str, said: Said) -> None:
    if not is_name(name):
        said.fail(f"unset: {name!r} cannot be the name of a variable")
    elif variables.value_of(name) != "" or name in variables.names():
        variables.forget(name)


def numbered(lines: list[str]) -> str:
    text = ""
    for index in range(len(lines)):
        text += f"{index + 1:>5}  {lines[index]}\n"
    return text


def listed_variables() -> str:
    text = ""
    for name in variables.names():
        text += f"{name}={variables.value_of(name)}\n"
    return text


def write(number: int, text: str) -> None:
    """Write to an open file, if somebody still reads it."""
    try:
        files.write_all(number, text)
    except BrokenPipeError:
        return
