"""The system calls, in the order of their numbers.

Each function checks what comes from the program and hands it on. A number, once given, keeps its meaning; those that are
missing belong to calls that the system does not have yet.
"""

from __future__ import annotations

from typing import Final

from core.clock_rate import ClockRate
from core.errors import BadAddress
from core.file_records import Stat
from core.ring_records import PollEntry, RingPlace
from kernel.cpu import instructions, user_mode
from kernel.fs import operations, transfer
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.ipc import shared_files
from kernel.mem.address_space import Protection
from kernel.mem.heap_memory import HeapMemory
from kernel.mem.layout import USER_END
from kernel.proc import current, note, program_thread, ring_worker
from kernel.proc import spawn as spawning
from kernel.proc.spawn import SpawnFlags
from kernel.proc.start import LONGEST_ARGUMENTS
from kernel.request import poll as polling
from kernel.sched import kernel_thread, sleep
from kernel.sched.thread import WakeReason
from kernel.sync import futex
from kernel.syscall.path_argument import PATH_ROOM, copy_path
from kernel.time import clock, wall_clock
from lang import Array, UserPtr, UserSlice, i64, no_raise, sleeps, syscall, u8, u32, u64

LONGEST_STATUS: Final[u64] = 255
ALL_SPAWN_FLAGS: Final[u32] = 0xFF
SATURATED: Final[u64] = sleep.NEVER - 1


@syscall(0)
@sleeps
def exits(status: UserSlice[u8]) -> None:
    """End the process, with a status: text of which the first 255 bytes count; empty is success.

    Raises:
        BadAddress: the text is not the program's.
    """
    text = Array[u8, 256]()
    length = min(len(status), LONGEST_STATUS)
    status[:length].copy_out(text[:length])
    current.process().ask_to_end(text[:length])
    program_thread.end()


@syscall(1)
@sleeps
def thread_exit(ended: UserPtr[u32]) -> None:
    """End the calling thread; with the last one the process ends, successfully.

    ended: becomes 1 when the thread has left its stack for ever; 0 for none.

    Raises:
        BadAddress: the address is not the program's.
    """
    if ended.address != 0:
        ended.write(1)
    program_thread.end()


@syscall(2)
@sleeps
def spawn(arguments: UserSlice[u8], flags: u32) -> u64:
    """Start a program; return the number of its process, at once: that it cannot be executed is its status.

    arguments: texts, each ended by a 0; the first is the path of the program. flags: 1 it waits for `start` in its
    ctl; 2 no open files; 4 only the files 0, 1 and 2; 8 no environment; 16 at the root; 32 a group of its own; 64 a copy of the
    namespace, without what is private; 128 an empty namespace. Otherwise it has what its parent has.

    Raises:
        ValueError: there are no arguments, too many, or they are too long, or a flag means nothing.
        BadAddress: the texts are not the program's.
        MemoryError: there is too little memory.
    """
    if flags & ~ALL_SPAWN_FLAGS != 0 or len(arguments) > LONGEST_ARGUMENTS:
        raise ValueError
    texts = HeapMemory(len(arguments))
    arguments.copy_out(texts.bytes)
    return spawning.spawn(current.process(), texts, SpawnFlags(flags))


@syscall(3)
@sleeps
def nanosleep(duration_ns: u64) -> None:
    """Sleep.

    Raises:
        InterruptedError: a note came first.
    """
    if sleep.until(after(duration_ns)) == WakeReason.INTERRUPTED:
        raise InterruptedError


@syscall(5)
def getpid() -> u64:
    """Return the number of the process."""
    return current.process().number


@syscall(6)
def gettid() -> u64:
    """Return the number of the thread."""
    return sleep.current().number


@syscall(7)
def uptime() -> u64:
    """Return the time since the system started, in nanoseconds."""
    return clock.uptime()


@syscall(8)
def epoch() -> u64:
    """Return the time since the beginning of 1970, UTC, in nanoseconds."""
    return wall_clock.now()


@syscall(9)
@sleeps
def open(path: UserSlice[u8]) -> u64:
    """Open what a path leads to, as its flags say, and return the lowest number that is free.

    Raises:
        FileNotFoundError: it is not there, and `:create` is not asked for.
        FileExistsError: it is there, and `:create:exclusive` is asked for.
        PermissionError: more is asked for than the mount, or the folder, gives.
        NotADirectoryError: a name on the way is no folder.
        TooManyLinks: there are more than 40 links on the way.
        NameTooLong: the path is, or a name in it.
        BadName: a name has a character that no name may have.
        BadFlag: a word behind the path's colon means nothing.
        TooManyFiles: no number is free.
    """
    process = current.process()
    text = Array[u8, PATH_ROOM]()
    file = operations.open(process.view, copy_path(path, text[:]), None)
    return process.files.add(file)


@syscall(10)
@sleeps
def open2(path: UserSlice[u8], numbers: UserSlice[u64]) -> None:
    """Open what a path leads to twice, and store the two numbers: read from the first, write to the second.

    Raises:
        ValueError: there is no room for two numbers.
        OSError: as open.
    """
    if len(numbers) != 2:
        raise ValueError
    process = current.process()
    text = Array[u8, PATH_ROOM]()
    first, second = operations.open_pair(process.view, copy_path(path, text[:]))
    pair = Array[u64, 2]()
    pair[0] = process.files.add(first)
    try:
        pair[1] = process.files.add(second)
        numbers.copy_in(pair[:])
    except OSError:
        process.files.close(pair[0])
        raise


@syscall(11)
@sleeps
def close(file: u64) -> None:
    """Let go of an open file.

    Raises:
        BadFile: the number is not open.
    """
    current.process().files.close(file)


@syscall(12)
@sleeps
def read(file: u64, into: UserSlice[u8]) -> u64:
    """Read into memory of the program; return how many bytes came, 0 at the end.

    Raises:
        BadFile: the number is not open, or not for reading.
        BadAddress: the memory is not the program's.
        NotSupported: the file cannot be read.
        IsADirectoryError: it is a folder.
        BlockingIOError: it was opened with `:nonblock`, and there is nothing yet.
        InterruptedError: a note came while there was nothing.
    """
    return transfer.read(current.process().files.find(file), into)


@syscall(13)
@sleeps
def write(file: u64, data: UserSlice[u8]) -> u64:
    """Write memory of the program; return how many bytes were taken: all, unless something came between.

    Raises:
        BadFile: the number is not open, or not for writing.
        BadAddress: the memory is not the program's.
        NotSupported: the file cannot be written.
        BlockingIOError: it was opened with `:nonblock`, and takes nothing yet.
        InterruptedError: a note came before it took anything.
    """
    return transfer.write(current.process().files.find(file), data)


@syscall(14)
@sleeps
def seek(file: u64, offset: i64, origin: u32) -> u64:
    """Set the position of an open file, and return it.

    origin: 0 from the start, 1 from where it is, 2 from the end.

    Raises:
        BadFile: the number is not open.
        NotSeekable: the file has no positions.
        ValueError: the position is before the start, or the origin is none.
    """
    return current.process().files.find(file).seek(offset, origin)


@syscall(16)
@sleeps
def poll(entries: UserSlice[PollEntry], timeout_ns: u64) -> u64:
    """Wait until any of some open files is ready for something that is wanted of it; return how many are, 0 if none in time.

    An entry: the file's number in 8 bytes; what is wanted, and what the file is ready for, in 4 bytes each: 1 reading, 2
    writing, 8 nobody is at the other end any more, which is always told. timeout_ns: all ones for no limit.

    Raises:
        BadFile: a number is not open, or not for what is wanted.
        ValueError: there are more than 64 entries.
        InterruptedError: a note came first.
        BadAddress: the entries are not the program's.
        MemoryError: there is too little memory.
    """
    count = len(entries)
    if count > polling.MOST:
        raise ValueError
    copied = Array[PollEntry, polling.MOST]()
    entries.copy_out(copied[:count])
    deadline = sleep.NEVER if timeout_ns == sleep.NEVER else after(timeout_ns)
    ready = polling.poll(current.process().files, copied[:count], deadline)
    entries.copy_in(copied[:count])
    return ready


@syscall(17)
@sleeps
def stat(path: UserSlice[u8], into: UserPtr[Stat]) -> None:
    """Tell about what a path leads to.

    Raises:
        FileNotFoundError, NotADirectoryError, TooManyLinks, NameTooLong, ValueError: as open.
        PermissionError: it may not be read.
        BadAddress: the memory is not the program's.
    """
    text = Array[u8, PATH_ROOM]()
    into.write(operations.stat(current.process().view, copy_path(path, text[:])))


@syscall(21)
@sleeps
def getdents(folder: u64, into: UserSlice[u8]) -> u64:
    """Read entries of an open folder, 72 bytes each; return how many bytes, 0 at the end.

    An entry: its kind (0 file, 1 folder, 2 link) and the length of its name in 4 bytes each, then the name.

    Raises:
        BadFile: the number is not open, or not for reading.
        NotADirectoryError: it is no folder.
        BadAddress: the memory is not the program's.
    """
    return current.process().files.find(folder).list(into)


@syscall(18)
def mmap(address: u64, size: u64, protection: u32) -> u64:
    """Promise memory that is zero until it is written, and return where it begins.

    address: where, a multiple of 4096; 0 leaves it to the kernel. size: in bytes, rounded up to pages.
    protection: 1 read, 2 write, 4 execute; never both of the last two.

    Raises:
        ValueError: no size, a place between pages, or write and execute.
        FileExistsError: something is mapped there.
        BadAddress: the place is not the program's.
        MemoryError: there is no room, or no memory for page tables.
    """
    process = current.process()
    allowed = protection_of(protection)
    if address == 0:
        return process.space.reserve(size, allowed)
    return process.space.reserve(size, allowed, address)


@syscall(19)
def munmap(address: u64, size: u64) -> None:
    """Give memory back, and whatever was mapped in the range.

    Raises:
        ValueError: no size, or a place between pages.
        BadAddress: the range is not the program's.
        MemoryError: no memory for the page tables that the rest needs.
    """
    current.process().space.unmap(address, size)


@syscall(20)
def mprotect(address: u64, size: u64, protection: u32) -> None:
    """Change what may be done with memory; as for mmap.

    Raises:
        ValueError: no size, a place between pages, or write and execute.
        BadAddress: the range is not the program's, or not all of it mapped.
        PermissionError: it is to be written, and belongs to a file that the program could only read.
        MemoryError: no memory for the page tables that this needs.
    """
    current.process().space.protect(address, size, protection_of(protection))


@syscall(22)
def thread_create(entry: u64, argument: u64, stack: u64, pointer: u64) -> u64:
    """Start a thread at an address, with an argument in rdi and a stack that ends at `stack`; return its number.

    pointer: the base of FS for the thread, as set_thread_pointer sets it.

    Raises:
        BadAddress: one of the addresses is not the program's.
        MemoryError: there is no memory for the thread.
        ProcessLookupError: the process is ending.
    """
    if entry >= USER_END or stack > USER_END or pointer >= USER_END:
        raise BadAddress
    thread = program_thread.new_at(current.process(), entry, stack, argument, pointer)
    number = thread.number
    kernel_thread.let_run(thread)
    return number


@syscall(23)
@sleeps
def yield_processor() -> None:
    """Let other threads run that have had less."""
    sleep.yield_processor()


@syscall(24)
def dup(file: u64) -> u64:
    """Return one more number for an open file: the lowest that is free.

    Raises:
        BadFile: the number is not open.
        TooManyFiles: no number is free.
    """
    process = current.process()
    return process.files.add(process.files.find(file))


@syscall(25)
def dup2(old: u64, new: u64) -> u64:
    """Let a number lead to the open file of another one, and let go of what it led to; return it.

    Raises:
        BadFile: the first is not open, or there is no such second.
    """
    current.process().files.copy_to(old, new)
    return new


@syscall(26)
@sleeps
def futex_wait(word: UserPtr[u32], expected: u32, timeout_ns: u64) -> None:
    """Sleep until somebody wakes the threads that wait for a word of memory, if that has a value.

    timeout_ns: all ones for no limit.

    Raises:
        BlockingIOError: the word has another value.
        TimeoutError: nobody did so in time.
        InterruptedError: a note came first.
        BadAddress: the word is not the program's.
    """
    deadline = sleep.NEVER if timeout_ns == sleep.NEVER else after(timeout_ns)
    match futex.wait(word, expected, deadline):
        case WakeReason.TIMED_OUT:
            raise TimeoutError
        case WakeReason.INTERRUPTED:
            raise InterruptedError


@syscall(45)
def futex_wake(word: UserPtr[u32], count: u32) -> u64:
    """Wake the threads of the process that wait for a word, at most so many, the first come first; return how many.

    Raises:
        BadAddress: the word is not the program's.
    """
    return futex.wake(word, count)


@syscall(27)
@sleeps
def remove(path: UserSlice[u8]) -> None:
    """Take a name away; of a folder only with `:directory`, and with all that is in it with `:recursive`.

    Raises:
        FileNotFoundError, NotADirectoryError, TooManyLinks, NameTooLong, ValueError: as open.
        IsADirectoryError: it is a folder, and `:directory` is not asked for.
        DirectoryNotEmpty: the folder has something in it.
        PermissionError: the folder may not be written.
        Busy: something is mounted there.
    """
    text = Array[u8, PATH_ROOM]()
    operations.remove(current.process().view, copy_path(path, text[:]))


@syscall(28)
@sleeps
def link(old: UserSlice[u8], new: UserSlice[u8]) -> None:
    """Give a file one more name.

    Raises:
        FileExistsError: the name is taken.
        IsADirectoryError: the file is a folder.
        CrossDevice: the names are in different file systems.
        PermissionError: the file may not be read, or the folder not written.
    """
    text, other = Array[u8, PATH_ROOM](), Array[u8, PATH_ROOM]()
    view = current.process().view
    operations.link(view, copy_path(old, text[:]), copy_path(new, other[:]))


@syscall(29)
@sleeps
def share(file: u64, permissions: u32, duration_ns: u64, process: u64, key: UserSlice[u8]) -> None:
    """Store a key with which an open file can be claimed, once, and for a time.

    permissions: 1 read, 2 write, 4 execute: those that whoever claims has; 0: all that the file has. process: the number of
    the one that may claim; 0: any. key: room for 32 characters. What is shared can be claimed while the caller's process lives.

    Raises:
        BadFile: the number is not open.
        PermissionError: more permissions are asked for than the file has.
        NoRandomness: the machine has no source of numbers that nobody can guess.
        TooManyFiles: 64 keys of this process wait to be claimed.
        ValueError: permissions that mean nothing, or no room for a key and nothing else.
        BadAddress: the memory is not the program's.
    """
    if permissions & ~u32(PERMISSIONS) != 0 or len(key) != shared_files.KEY_LENGTH:
        raise ValueError
    giver = current.process()
    made = Array[u8, shared_files.KEY_LENGTH]()
    given = giver.files.find(file)
    key.copy_in(made[:])  # before anything is shared
    end = after(duration_ns)
    shared_files.share(given, Mode(permissions), giver.number, process, end, made[:])
    key.copy_in(made[:])


@syscall(30)
@sleeps
def claim(key: UserSlice[u8]) -> u64:
    """Have the open file of a key, which is worth nothing any more; return its number, the lowest that is free.

    Raises:
        FileNotFoundError: there is no such key, or it was used, or its time is over.
        PermissionError: it is for another process.
        TooManyFiles: no number is free.
        BadAddress: the memory is not the program's.
    """
    if len(key) != shared_files.KEY_LENGTH:
        raise FileNotFoundError
    text = Array[u8, shared_files.KEY_LENGTH]()
    key.copy_out(text[:])
    process = current.process()
    return shared_files.claim(text[:], process.number, process.files)


@syscall(31)
@sleeps
def bind(path: UserSlice[u8], source: u64) -> None:
    """Let an open file or folder appear at a path, with the permissions of the path's flags.

    Raises:
        PermissionError: more permissions are asked for than the open file has.
        BadFile: the number is not open.
        FileNotFoundError: the path leads nowhere.
    """
    process = current.process()
    text = Array[u8, PATH_ROOM]()
    operations.bind(process.view, copy_path(path, text[:]), process.files.find(source))


@syscall(32)
@sleeps
def openat(folder: u64, path: UserSlice[u8]) -> u64:
    """Open as `open`, a relative path from an open folder, with no more permissions than that has.

    Raises:
        BadFile: the folder's number is not open.
        PermissionError: more is asked for than the folder has.
    """
    process = current.process()
    text = Array[u8, PATH_ROOM]()
    base = process.files.find(folder)
    return process.files.add(operations.open(process.view, copy_path(path, text[:]), base))


@syscall(33)
def notify(handler: u64) -> None:
    """Have the program handle notes at an address from now on; 0: each ends the process.

    The handler is entered as a function, but without an address to return to: with the note's address and length,
    and the address of what `noted` needs. docs/processes.md says more.

    Raises:
        BadAddress: the address is not the program's.
    """
    if handler >= USER_END:
        raise BadAddress
    current.process().note_handler.store(handler)


@syscall(34)
@sleeps
def noted(registers: u64) -> None:
    """End the handling of a note, and go on where it interrupted the thread.

    registers: what the handler was given; the program may have changed it. 0: the program went on there by itself
    before, and now goes on behind this call. Otherwise it returns only if it fails.

    Raises:
        ValueError: no note is being handled, or no program could go on there.
        BadAddress: the address is not the program's.
    """
    note.set_registers(registers)
    if registers != 0:
        program_thread.resume(note.frame_of(sleep.current()))


@syscall(35)
@sleeps
def readlink(path: UserSlice[u8], into: UserSlice[u8]) -> u64:
    """Store where a link leads; return how long that is.

    Raises:
        ValueError: it is no link.
        BadAddress: the memory is not the program's.
    """
    text, target = Array[u8, PATH_ROOM](), Array[u8, PATH_ROOM]()
    view = current.process().view
    length = operations.read_link(view, copy_path(path, text[:]), target[:])
    count = min(length, len(into))
    into[:count].copy_in(target[:count])
    return count


@syscall(36)
@sleeps
def symlink(target: UserSlice[u8], path: UserSlice[u8]) -> None:
    """Make a link that leads to a path, whatever that is.

    Raises:
        FileExistsError: the name is taken.
        PermissionError: the folder may not be written.
    """
    text, other = Array[u8, PATH_ROOM](), Array[u8, PATH_ROOM]()
    view = current.process().view
    operations.symlink(view, copy_path(target, text[:]), copy_path(path, other[:]))


@syscall(37)
@sleeps
def mount(path: UserSlice[u8], type: UserSlice[u8]) -> None:
    """Let a file system appear at a path, with the permissions and the behaviour of the path's flags.

    type: the path of its type, such as /sys/fs/tmpfs.

    Raises:
        FileNotFoundError: one of the paths leads nowhere.
        NotSupported: the type is none.
    """
    text, other = Array[u8, PATH_ROOM](), Array[u8, PATH_ROOM]()
    view = current.process().view
    root = operations.new_root(view, copy_path(type, other[:]))
    operations.mount(view, copy_path(path, text[:]), root)


@syscall(38)
@sleeps
def unmount(path: UserSlice[u8]) -> None:
    """Take the newest mount at a path away.

    Raises:
        ValueError: nothing is mounted there.
        Busy: the mount is locked.
    """
    text = Array[u8, PATH_ROOM]()
    operations.unmount(current.process().view, copy_path(path, text[:]))


@syscall(39)
def set_thread_pointer(address: u64) -> None:
    """Set the base of FS for the calling thread: where its own variables are.

    Raises:
        BadAddress: the address is not the program's.
    """
    if address >= USER_END:
        raise BadAddress
    thread = sleep.current()
    thread.fs_base = address
    instructions.write_msr(user_mode.MSR_FS_BASE, address)


@syscall(40)
@sleeps
def ring_create(address: u64, submissions: u32, completions: u32, into: UserPtr[RingPlace]) -> u64:
    """Make a ring for requests in memory of the program, and return its number; see core/ring_records.py.

    address: where, a multiple of 4096; 0 leaves it to the kernel. submissions, completions: how many fit, powers of two.
    into: becomes where it is.

    Raises:
        ValueError: a count is no power of two or too large, or there are fewer completions than submissions.
        TooManyFiles: the process has eight.
        FileExistsError: something is mapped there.
        BadAddress: the place, or `into`, is not the program's.
        MemoryError: there is no memory for it.
    """
    process = current.process()
    number = ring_worker.create(process, address, submissions, completions)
    try:
        into.write(process.rings.find(number).place)
    except BadAddress:
        ring_worker.remove(process, number)
        raise
    return number


@syscall(41)
@sleeps
def ring_remove(ring: u64) -> None:
    """Take a ring away, with its memory; requests that are not done are given up.

    Raises:
        BadFile: there is no such ring.
    """
    ring_worker.remove(current.process(), ring)


@syscall(42)
@sleeps
def ring_enter(ring: u64, submissions: u32, completions: u32) -> u64:
    """Begin what was submitted to a ring, and wait for completions; return how many submissions were taken.

    submissions: how many at most; fewer are taken where completions lack room. completions: how many are to be there,
    unless no request is left that could give one.

    Raises:
        BadFile: there is no such ring.
        ValueError: its counts make no sense.
        BadAddress: its memory is not there any more.
        InterruptedError: a note came while nothing was taken and too few completions were there.
        Cancelled: it was taken away meanwhile.
        MemoryError: there is no memory for a request.
    """
    entered = current.process().rings.find(ring)
    taken = entered.take(submissions) if submissions > 0 else u32(0)
    if completions > 0:
        try:
            entered.wait(completions)
        except InterruptedError:
            if taken == 0:
                raise
    return u64(taken)


@syscall(43)
@sleeps
def rename(old: UserSlice[u8], new: UserSlice[u8]) -> None:
    """Move a name in one step; a file in the place of which it comes is gone.

    Raises:
        CrossDevice: the names are in different file systems.
        DirectoryNotEmpty: it would come in the place of a folder that has something in it.
        PermissionError: one of the folders may not be written.
        Busy: something is mounted on it.
        ValueError: a folder would be moved into itself.
    """
    text, other = Array[u8, PATH_ROOM](), Array[u8, PATH_ROOM]()
    view = current.process().view
    operations.rename(view, copy_path(old, text[:]), copy_path(new, other[:]))


@syscall(46)
def clock_rate(into: UserPtr[ClockRate]) -> None:
    """Tell how the processors' counter becomes the uptime, which never changes.

    Raises:
        BadAddress: the memory is not the program's.
    """
    into.write(ClockRate(clock.first_ticks, clock.scale))


@no_raise
def after(duration_ns: u64) -> u64:
    """Return the uptime when a duration will have passed, or the last one there is."""
    now = clock.uptime()
    return now + min(duration_ns, SATURATED - now)


def protection_of(bits: u32) -> Protection:
    """Return what a program asks for.

    Raises:
        ValueError: bits that mean nothing.
    """
    if bits & ~u32(7) != 0:
        raise ValueError
    return Protection(u8(bits))


@syscall(44)
@sleeps
def map_file(file: u64, address: u64, size: u64, protection: u32) -> u64:
    """See an open file in memory from its position on, and return where that begins.

    What is written there is written to the file, and seen by all who see it so. Memory of its own that begins as zeros is
    what /dev/const/zero gives.

    address: where, a multiple of 4096; 0 leaves it to the kernel. size: in bytes, rounded up to pages.
    protection: 1 read, 2 write, 4 execute; never both of the last two.

    Raises:
        BadFile: the number leads nowhere.
        PermissionError: the file is not open for what is asked for.
        NotSupported: the file cannot be seen so.
        ValueError: no size, a place or position between pages, write and execute, or more than the file has.
        FileExistsError: something is mapped there.
        BadAddress: the place is not the program's.
        MemoryError: there is too little memory.
    """
    process = current.process()
    allowed = protection_of(protection)
    return process.files.find(file).map(process.space, address, size, allowed)
