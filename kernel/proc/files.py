"""/proc: processes as files.

Files in /proc:
    self              a link to the folder of the process that asks
    <n>/pid           a process' number
    <n>/cmdline       its arguments, each ended by a 0
    <n>/wait          reading waits for its end, and gives the status
    <n>/perf          times and memory
    <n>/threads       the times of each of its threads, see thread_times.py
    <n>/cwd           the folder that it is in; writing a path changes it (restricted)
    <n>/prio          its priority, 0 to 31 (restricted)
    <n>/note          what is written is a note to it (restricted)
    <n>/notegroup     what is written is a note to each process of its group (restricted)
    <n>/group         its group: who has it open can put processes into it (restricted)
    <n>/ns            its namespace: who has it open can let processes enter it (restricted)
    <n>/ctl           commands, see control.py (restricted)
    <n>/files         what it has open, see open_files.py (restricted)
    <n>/complaint     what the last command of the thread that reads this was refused for, in its own process (restricted)
    <n>/env/...       its environment: a file for each variable (restricted)

What is restricted is there only for processes in whose namespace, or above it, the process' own is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.file_records import Entry, NodeKind
from core.text import parse
from core.text.buffer import TextBuffer
from kernel.fs import location, operations
from kernel.fs.text_file import text
from kernel.fs.vnode import Vnode
from kernel.proc import complaint, current, note, process_table
from kernel.proc import group as groups
from kernel.proc.control import Control
from kernel.proc.open_files import OpenFiles
from kernel.proc.process import Process
from kernel.proc.process_file import ProcessFile, ProcessGroup, ProcessNamespace, copy_text
from kernel.proc.thread_times import ThreadTimesFile
from kernel.sched import priority
from kernel.sync.wait_queue import WaitQueue
from lang import Array, Ptr, Slice, UserSlice, address_of, no_raise, sleeps, u8, u32, u64, usize

if TYPE_CHECKING:
    from kernel.fs.file import File

FILES: Final = Array[bytes, 15](
    b"pid",
    b"cmdline",
    b"wait",
    b"perf",
    b"threads",
    b"cwd",
    b"prio",
    b"note",
    b"notegroup",
    b"group",
    b"ns",
    b"ctl",
    b"files",
    b"complaint",
    b"env",
)
FIRST_RESTRICTED: Final = 5


class ProcFolder(Vnode):
    """/proc itself."""

    def __init__(self) -> None:
        super().__init__(NodeKind.DIRECTORY)

    @sleeps
    def find(self, name: Slice[u8]) -> Vnode:
        if name == b"self":
            return SelfLink()
        process = find_process(name)
        if process is None:
            raise FileNotFoundError
        return ProcessFolder(process)

    @sleeps
    def entry_at(self, position: u64, into: Entry) -> u64:
        if position == 0:
            into.set(b"self", NodeKind.SYMLINK)
            return 1
        process = process_table.first_from(position)
        if process is None:
            return 0
        storage = Array[u8, 24]()
        out = TextBuffer(storage[:])
        text(out, f"{process.number}")
        into.set(out.text(), NodeKind.DIRECTORY)
        return process.number + 1


@no_raise
def find_process(name: Slice[u8]) -> Process | None:
    """Return the process whose number a name is."""
    try:
        return process_table.find(parse.parse_plain(name))
    except (ValueError, OverflowError):
        return None


class SelfLink(Vnode):
    def __init__(self) -> None:
        super().__init__(NodeKind.SYMLINK)

    @sleeps
    def read_link(self, into: Slice[u8]) -> u64:
        out = TextBuffer(into)
        text(out, f"{current.process().number}")
        return len(out.text())


class ProcessFolder(Vnode):
    """The folder of one process."""

    process: Process

    def __init__(self, process: Process) -> None:
        super().__init__(NodeKind.DIRECTORY)
        self.process = process

    @sleeps
    def find(self, name: Slice[u8]) -> Vnode:
        for index in range(usize(len(FILES))):
            if name == FILES[index]:
                if index >= FIRST_RESTRICTED and not self.is_open_to_caller():
                    break
                return self.make_file(index)
        raise FileNotFoundError

    @no_raise
    def is_open_to_caller(self) -> bool:
        """Whether the caller may see what is restricted: of a process that has ended, what it could see before."""
        own = self.process.view.lineage()
        return own.is_within(current.process().view.lineage())

    def make_file(self, index: usize) -> Vnode:
        match index:
            case 0:
                return Pid(self.process)
            case 1:
                return CommandLine(self.process)
            case 2:
                return Wait(self.process)
            case 3:
                return Performance(self.process)
            case 4:
                return ThreadTimesFile(self.process)
            case 5:
                return WorkingFolder(self.process)
            case 6:
                return Priority(self.process)
            case 7:
                return Note(self.process)
            case 8:
                return GroupNote(self.process)
            case 9:
                return ProcessGroup(self.process)
            case 10:
                return ProcessNamespace(self.process)
            case 11:
                return Control(self.process)
            case 12:
                return OpenFiles(self.process)
            case 13:
                return ComplaintFile(self.process)
        return self.process.environment

    @sleeps
    def entry_at(self, position: u64, into: Entry) -> u64:
        count = u64(len(FILES)) if self.is_open_to_caller() else u64(FIRST_RESTRICTED)
        if position >= count:
            return 0
        kind = NodeKind.FILE if position + 1 < len(FILES) else NodeKind.DIRECTORY
        into.set(FILES[usize(position)], kind)
        return position + 1


class Pid(ProcessFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"{self.process.number}")


class CommandLine(ProcessFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        out.write(self.process.argument_texts)


class ComplaintFile(ProcessFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        if current.process() is self.process:
            complaint.write(out)


class Performance(ProcessFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        process = self.process
        in_calls = process.call_time()
        run = process.run_time()
        text(out, f"user_clocks {run - min(run, in_calls)}\n")
        text(out, f"kernel_sched_clocks {in_calls}\n")
        text(out, f"run_clocks {run}\n")
        text(out, f"start_clocks {process.started_at}\n")
        text(out, f"user_pages {process.space.pages}\n")
        text(out, f"thread_count {process.thread_count()}")


class Wait(ProcessFile):
    """Reading waits until the process has ended."""

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        if not self.process.has_ended.load():
            raise BlockingIOError
        status = self.process.status
        status = status[min(offset, len(status)) :]
        count = min(len(into), u64(len(status)))
        into[:count].copy_in(status[:count])
        return count

    @no_raise
    def can_be_read(self) -> bool:
        return self.process.has_ended.load()

    @no_raise
    def readable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.process.ended)


class WorkingFolder(ProcessFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        folder = self.process.view.folder()
        if folder is None:
            out.write(b"/")
            return
        storage = Array[u8, 1024]()
        length = location.write_path(folder, storage[:])
        out.write(storage[:length])

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        storage = Array[u8, 1024]()
        path = copy_text(data, storage[:])
        self.process.view.go_to(operations.find_folder(self.process.view, path))
        return len(data)


class Priority(ProcessFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"{self.process.priority()}")

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        storage = Array[u8, 16]()
        wanted = parse.parse_u64(copy_text(data, storage[:]))
        if wanted > priority.USER_HIGHEST:
            raise PermissionError
        self.process.set_priority(u32(wanted))
        return len(data)


class Note(ProcessFile):
    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        storage = Array[u8, 256]()
        text = copy_note(data, storage[:])
        if len(text) > 0:
            note.send(self.process, text)
        return len(data)


class GroupNote(ProcessFile):
    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        storage = Array[u8, 256]()
        text = copy_note(data, storage[:])
        if len(text) > 0:
            groups.send(self.process.group(), text)
        return len(data)


def copy_note(data: UserSlice[u8], into: Slice[u8]) -> Slice[u8]:
    """Copy a note from a program, and return it.

    Raises:
        ValueError: it is too long.
        BadAddress: it is not the program's.
    """
    if len(data) > note.LONGEST:
        raise ValueError
    return copy_text(data, into)
