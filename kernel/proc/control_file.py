"""Control files: what is written is commands, joined by `&&`, each done before the next; what is read is the manual.

A class declares its verbs (kernel/fs/verbs.py), and does them. Nothing of a command that is not as declared is done, and what is
wrong with it is kept for the thread that wrote it (complaint.py). If the command itself fails, its name is kept, with a
colon behind it, and what the class has to say; where that is nothing, what went wrong is the class of the exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import TooLarge
from core.text.buffer import TextBuffer
from kernel.fs import verbs
from kernel.fs.command import BadQuotes, Command
from kernel.fs.text_file import TextFile
from kernel.fs.verbs import Verb
from kernel.proc import complaint
from kernel.proc.process_file import copy_text
from lang import Array, Slice, UserSlice, no_raise, sleeps, u8, u64

if TYPE_CHECKING:
    from kernel.fs.file import File

LONGEST_COMMANDS: Final[u64] = 2048
TOO_MUCH: Final = b"that is too much at once; 2048 bytes are taken"
TOO_LONG: Final = b"a command is too long; it has 16 words, and 1024 bytes in them, at most"


class ControlFile(TextFile):
    """A file that takes commands."""

    @no_raise
    def verbs(self) -> Slice[Verb]:
        """Return what the file can do."""
        assert False, "each class declares its verbs"

    @sleeps
    def obey(self, verb: u64, command: Command, complaint: TextBuffer) -> None:
        """Do one command, whose words were checked.

        verb: its place among the verbs.
        complaint: may be told more of a failure than the exception's class says.
        """

    @sleeps
    def show(self, out: TextBuffer) -> None:
        verbs.write_manual(self.verbs(), out)

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        """Do commands, up to the first that fails.

        Raises:
            BadCommand: a command is not as its verb is declared.
            BadQuotes: a quotation has no end.
            TooLarge: there is too much of it.
            Exception: what the command itself raises.
        """
        if len(data) > LONGEST_COMMANDS:
            complaint.keep(TOO_MUCH)
            raise TooLarge
        content = CommandText()
        rest = copy_text(data, content.bytes[:])
        command = Command()
        while True:
            rest = self.take(command, rest)
            self.do(command)
            if len(rest) == 0:
                return len(data)

    def take(self, command: Command, text: Slice[u8]) -> Slice[u8]:
        """Take the first command of a text, and return what is left."""
        try:
            return command.read(text)
        except BadQuotes:
            complaint.keep(b"a quotation, or a backslash, has no end")
            raise
        except TooLarge:
            complaint.keep(TOO_LONG)
            raise

    @sleeps
    def do(self, command: Command) -> None:
        """Check and do one command."""
        storage = Array[u8, complaint.LONGEST]()
        out = TextBuffer(storage[:])
        try:
            verb = verbs.check(self.verbs(), command, out)
            out.write(command.word(0))
            out.write(b": ")
            self.obey(u64(verb), command, out)
        except Exception:
            complaint.keep(out.text())
            raise
        complaint.keep(b"")


class CommandText:
    """A text that is too long for a stack."""

    bytes: Array[u8, LONGEST_COMMANDS]

    def __init__(self) -> None:
        pass
