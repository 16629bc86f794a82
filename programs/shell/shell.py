"""What the shell does with lines: those that are typed, those of a script, one that is its argument."""

from __future__ import annotations

from core.world import hosted
from lib.std import files, processes
from lib.std.processes import Child
from programs.shell import commands, launch
from programs.shell.commands import Pipeline
from programs.shell.editor import Editor
from programs.shell.words import BadLine

WELCOME = "PatchworkOS. Type help for what there is.\n"
HELP = """\
cd [FOLDER]     go to a folder, / if none is named
exit [STATUS]   end the shell
export NAME VALUE
help            this
jobs            what runs in the background
pwd             where you are
wait            until all in the background has ended

Programs are in /bin. Paths carry flags: touch notes:create, rm folder:dR, cat < a > b:create.
a | b   a && b   a || b   a ; b   a &   $NAME   $?   *   '...'   "..."
"""


class Shell:
    """One shell."""

    status: str  # of the last pipeline
    jobs: list[Child]  # in the background
    is_over: bool

    def __init__(self) -> None:
        self.status = ""
        self.jobs = []
        self.is_over = False

    def run_line(self, line: str) -> None:
        """Run a line, and note how it ended."""
        try:
            pipelines = commands.parse(line, self.status)
        except BadLine:
            self.fail("a quotation has no end, or an operator stands alone")
            return
        is_wanted = True
        for pipeline in pipelines:
            if is_wanted and not self.is_over:
                # Once more, for what the commands before it have changed.
                [now] = commands.parse(pipeline.source, self.status)
                now.joint = pipeline.joint
                self.run_pipeline(now)
            if pipeline.joint == "&&":
                is_wanted = self.status == ""
            elif pipeline.joint == "||":
                is_wanted = self.status != ""
            else:
                is_wanted = True

    def run_pipeline(self, pipeline: Pipeline) -> None:
        self.jobs = [child for child in self.jobs if not child.has_ended()]
        first = pipeline.stages[0]
        if len(pipeline.stages) == 1 and self.run_own(first.arguments):
            return
        launched = launch.launch(pipeline)
        if pipeline.joint == "&":
            self.jobs.extend(launched.children)
            self.status = ""
        else:
            for child in launched.children:
                self.status = child.wait()
        if launched.failure != "":
            self.fail(launched.failure)

    def fail(self, reason: str) -> None:
        files.write_all(2, f"sh: {reason}\n")
        self.status = "1"

    # Commands of the shell itself

    def run_own(self, words: list[str]) -> bool:
        """Run a command that is the shell's own; return False if it is none."""
        name = words[0]
        if name == "exit":
            self.is_over = True
            if len(words) > 1:
                self.status = words[1]
            return True
        if name == "cd":
            self.change_folder(words[1] if len(words) > 1 else "/")
        elif name == "pwd":
            print(processes.current_folder())
        elif name == "help":
            files.write_all(1, HELP)
        elif name == "export" and len(words) == 3:
            files.write_text(f"/proc/self/env/{words[1]}:create:truncate", words[2])
        elif name == "jobs":
            for child in self.jobs:
                print(child.number)
        elif name == "wait":
            for child in self.jobs:
                self.status = child.wait()
            self.jobs = []
            return True
        else:
            return False
        self.status = ""
        return True

    def change_folder(self, path: str) -> None:
        try:
            processes.change_folder(path)
        except NotADirectoryError:
            self.fail(f"cd: {path} is no folder")
        except OSError:
            self.fail(f"cd: there is no {path}")


def run(words: list[str]) -> int:
    """Be a shell: with -c for the line that follows, with a path for the lines of that file, else for what is typed."""
    shell = Shell()
    if len(words) > 2 and words[1] == "-c":
        shell.run_line(words[2])
    elif len(words) > 1:
        for line in files.read_text(words[1]).splitlines():
            if not shell.is_over:
                shell.run_line(line)
    else:
        talk(shell)
    hosted.end_with_text(shell.status)
    return 0


def talk(shell: Shell) -> None:
    """Read lines from the terminal, and run them."""
    editor = Editor()
    files.write_all(1, WELCOME)
    while not shell.is_over:
        line = editor.read(f"\x1b[32m{processes.current_folder()}\x1b[0m \x1b[92m>\x1b[0m ")
        if line is None:
            return
        shell.run_line(line)
        if shell.status != "" and shell.status != "1":
            files.write_all(2, f"\x1b[31m{shell.status}\x1b[0m\n")
