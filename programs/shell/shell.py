"""What the shell does with lines: those that are typed, those of a script, one that is its argument."""

from __future__ import annotations

from core.world import hosted
from lib.std import files
from lib.std.processes import Child
from lib.std.reasons import reason
from programs.shell import commands, expand, launch, own, places, variables
from programs.shell.commands import Pipeline, Stage
from programs.shell.foreground import Foreground, Interrupted
from programs.shell.own import Own
from programs.shell.places import Places
from programs.shell.variables import Variables
from programs.shell.words import BadLine

RED = "\x1b[31m"
PLAIN = "\x1b[0m"
USAGE = """\
usage: shell                    read lines from the terminal
       shell FILE [ARGUMENTS]   run the lines of a file; $1, $2 ... are the arguments, $@ all of them
       shell -c LINE            run a line
"""


class Shell:
    """One shell."""

    variables: Variables
    foreground: Foreground
    own: Own
    is_interactive: bool
    is_interrupted: bool  # the line is not to go on

    def __init__(self, arguments: list[str], is_interactive: bool) -> None:
        self.variables = Variables(arguments)
        self.foreground = Foreground()
        self.own = Own(self.variables, self.foreground)
        self.is_interactive = is_interactive
        self.is_interrupted = False

    @property
    def is_over(self) -> bool:
        return self.own.is_over

    @property
    def status(self) -> str:
        return self.variables.status

    def run_text(self, text: str) -> None:
        """Run a line, or many; nothing of them if there is a mistake in one."""
        try:
            pipelines = commands.parse(text)
        except BadLine as error:
            self.fail(str(error))
            return
        self.is_interrupted = False
        if self.is_interactive:
            self.foreground.begin()
        self.run_all(pipelines)
        self.foreground.end()

    def run_all(self, pipelines: list[Pipeline]) -> None:
        """Run pipelines, each if those before it ended so that it is wanted."""
        is_wanted = True
        for pipeline in pipelines:
            if self.is_interrupted:
                return
            if is_wanted and not self.is_over:
                self.run(pipeline)
            if pipeline.joint == "&&":
                is_wanted = self.status == ""
            elif pipeline.joint == "||":
                is_wanted = self.status != ""
            else:
                is_wanted = True

    def run(self, pipeline: Pipeline) -> None:
        """Run a pipeline, and note how it ended."""
        try:
            if len(pipeline.stages) == 1 and self.run_here(pipeline.stages[0]):
                return
            self.run_programs(pipeline)
        except BadLine as error:
            self.fail(str(error))
        except (OSError, ValueError, MemoryError) as error:
            self.fail(reason(error))

    def run_programs(self, pipeline: Pipeline) -> None:
        """Start programs, and wait for them unless they are to run in the background."""
        launched = launch.launch(pipeline, self.own, self.is_interactive)
        if pipeline.joint == "&" and launched.children:
            job = self.own.jobs.add(pipeline.source, launched.children)
            self.variables.last_job = str(launched.children[-1].number)
            self.variables.status = ""
            if self.is_interactive:
                files.write_all(2, f"[{job.number}] {self.variables.last_job}\n")
            return
        self.wait(launched.children)
        for child in launched.children:
            self.variables.status = child.wait()
            self.report(child.program, self.variables.status)
        if launched.failure != "":
            self.variables.status = "1"

    def wait(self, children: list[Child]) -> None:
        """Wait until the processes of a pipeline have ended; if Ctrl-C ends them, that is the end of the line, too."""
        try:
            self.foreground.wait(children)
        except Interrupted:
            self.is_interrupted = True

    def run_here(self, stage: Stage) -> bool:
        """Run a stage that needs no process: assignments, redirections, a command of the shell; False if it does need one.

        Raises:
            BadLine: a file cannot be opened.
        """
        words = expand.expand_all(stage.words, self.variables)
        if words and not own.is_own(words[0]):
            return False
        leads = Places()
        try:
            leads.redirect(stage, self.variables)
            for assignment in stage.assignments:
                variables.assign(assignment.name, expand.text_of(assignment.value, self.variables))
            self.variables.status = ""
            if words:
                self.obey(words, leads)
        finally:
            leads.close()
        return True

    def obey(self, words: list[str], leads: Places) -> None:
        """Do a command of the shell."""
        try:
            said = self.own.run(words)
        except Interrupted:
            self.is_interrupted = True
            self.variables.status = "interrupt"
            return
        own.write(places.OUTPUT if leads.output == places.NOWHERE else leads.output, said.text)
        if said.error != "":
            number = places.ERROR if leads.error == places.NOWHERE else leads.error
            own.write(number, f"shell: {said.error}\n")
        self.variables.status = said.status

    def report(self, program: str, status: str) -> None:
        """Say how a program ended, if with words."""
        if status != "" and not status.isdigit():
            name = program.rpartition("/")[2]
            text = f"shell: {name}: {status}"
            files.write_all(2, f"{RED}{text}{PLAIN}\n" if self.is_interactive else text + "\n")

    def fail(self, why: str) -> None:
        files.write_all(2, f"shell: {why}\n")
        self.variables.status = "1"


def run(words: list[str]) -> int:
    """Be a shell that runs a line, or a file; return the status of that if it is a number."""
    if words[1] in ["-c", "--command"] and len(words) > 2:
        shell = Shell(words[2:], False)
        shell.run_text(words[2])
    elif words[1].startswith("-"):
        files.write_all(1 if words[1] == "--help" else 2, USAGE)
        return 0 if words[1] == "--help" else 2
    else:
        shell = Shell(words[1:], False)
        run_script(shell, words[1])
    hosted.end_with_text(shell.status)
    return 0


def run_script(shell: Shell, path: str) -> None:
    """Run the lines of a file."""
    try:
        text = files.read_text(path + ":read")
    except (OSError, ValueError) as error:
        shell.fail(f"{path}: {reason(error)}")
        return
    shell.run_text(text)
