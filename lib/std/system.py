"""The system calls, as functions that raise what the kernel raised.

Made by tools/system_calls.py from kernel/syscall/calls.py; change that.
"""

from __future__ import annotations

from core.clock_rate import ClockRate
from core.file_records import Stat
from core.ring_records import PollEntry, RingPlace
from lang import Ptr, Slice, bit_cast, i64, u8, u32, u64
from lib.std.system_call import system_call


def exits(status: Slice[u8]) -> None:
    """End the process, with a status: text of which the first 255 bytes count; empty is success.

    Raises:
        BadAddress: the text is not the program's.
    """
    system_call(0, status.pointer.address, u64(len(status)), 0, 0, 0, 0)


def thread_exit(ended: Ptr[u32]) -> None:
    """End the calling thread; with the last one the process ends, successfully.

    ended: becomes 1 when the thread has left its stack for ever; 0 for none.

    Raises:
        BadAddress: the address is not the program's.
    """
    system_call(1, ended.address, 0, 0, 0, 0, 0)


def spawn(arguments: Slice[u8], flags: u32) -> u64:
    """Start a program; return the number of its process, at once: that it cannot be executed is its status.

    arguments: texts, each ended by a 0; the first is the path of the program. flags: 1 it waits for `start` in its
    ctl; 2 no open files; 4 only the files 0, 1 and 2; 8 no environment; 16 at the root; 32 a group of its own; 64 a copy of the
    namespace, without what is private; 128 an empty namespace. Otherwise it has what its parent has.

    Raises:
        ValueError: there are no arguments, too many, or they are too long, or a flag means nothing.
        BadAddress: the texts are not the program's.
        MemoryError: there is too little memory.
    """
    return system_call(2, arguments.pointer.address, u64(len(arguments)), u64(flags), 0, 0, 0)


def nanosleep(duration_ns: u64) -> None:
    """Sleep.

    Raises:
        InterruptedError: a note came first.
    """
    system_call(3, u64(duration_ns), 0, 0, 0, 0, 0)


def getpid() -> u64:
    """Return the number of the process."""
    return system_call(5, 0, 0, 0, 0, 0, 0)


def gettid() -> u64:
    """Return the number of the thread."""
    return system_call(6, 0, 0, 0, 0, 0, 0)


def uptime() -> u64:
    """Return the time since the system started, in nanoseconds."""
    return system_call(7, 0, 0, 0, 0, 0, 0)


def epoch() -> u64:
    """Return the time since the beginning of 1970, UTC, in nanoseconds."""
    return system_call(8, 0, 0, 0, 0, 0, 0)


def open(path: Slice[u8]) -> u64:
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
    return system_call(9, path.pointer.address, u64(len(path)), 0, 0, 0, 0)


def open2(path: Slice[u8], numbers: Slice[u64]) -> None:
    """Open what a path leads to twice, and store the two numbers: read from the first, write to the second.

    Raises:
        ValueError: there is no room for two numbers.
        OSError: as open.
    """
    system_call(
        10, path.pointer.address, u64(len(path)), numbers.pointer.address, u64(len(numbers)), 0, 0
    )


def close(file: u64) -> None:
    """Let go of an open file.

    Raises:
        BadFile: the number is not open.
    """
    system_call(11, u64(file), 0, 0, 0, 0, 0)


def read(file: u64, into: Slice[u8]) -> u64:
    """Read into memory of the program; return how many bytes came, 0 at the end.

    Raises:
        BadFile: the number is not open, or not for reading.
        BadAddress: the memory is not the program's.
        NotSupported: the file cannot be read.
        IsADirectoryError: it is a folder.
        BlockingIOError: it was opened with `:nonblock`, and there is nothing yet.
        InterruptedError: a note came while there was nothing.
    """
    return system_call(12, u64(file), into.pointer.address, u64(len(into)), 0, 0, 0)


def write(file: u64, data: Slice[u8]) -> u64:
    """Write memory of the program; return how many bytes were taken: all, unless something came between.

    Raises:
        BadFile: the number is not open, or not for writing.
        BadAddress: the memory is not the program's.
        NotSupported: the file cannot be written.
        BlockingIOError: it was opened with `:nonblock`, and takes nothing yet.
        InterruptedError: a note came before it took anything.
    """
    return system_call(13, u64(file), data.pointer.address, u64(len(data)), 0, 0, 0)


def seek(file: u64, offset: i64, origin: u32) -> u64:
    """Set the position of an open file, and return it.

    origin: 0 from the start, 1 from where it is, 2 from the end.

    Raises:
        BadFile: the number is not open.
        NotSeekable: the file has no positions.
        ValueError: the position is before the start, or the origin is none.
    """
    return system_call(14, u64(file), bit_cast(u64, offset), u64(origin), 0, 0, 0)


def poll(entries: Slice[PollEntry], timeout_ns: u64) -> u64:
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
    return system_call(16, entries.pointer.address, u64(len(entries)), u64(timeout_ns), 0, 0, 0)


def stat(path: Slice[u8], into: Ptr[Stat]) -> None:
    """Tell about what a path leads to.

    Raises:
        FileNotFoundError, NotADirectoryError, TooManyLinks, NameTooLong, ValueError: as open.
        PermissionError: it may not be read.
        BadAddress: the memory is not the program's.
    """
    system_call(17, path.pointer.address, u64(len(path)), into.address, 0, 0, 0)


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
    return system_call(18, u64(address), u64(size), u64(protection), 0, 0, 0)


def munmap(address: u64, size: u64) -> None:
    """Give memory back, and whatever was mapped in the range.

    Raises:
        ValueError: no size, or a place between pages.
        BadAddress: the range is not the program's.
        MemoryError: no memory for the page tables that the rest needs.
    """
    system_call(19, u64(address), u64(size), 0, 0, 0, 0)


def mprotect(address: u64, size: u64, protection: u32) -> None:
    """Change what may be done with memory; as for mmap.

    Raises:
        ValueError: no size, a place between pages, or write and execute.
        BadAddress: the range is not the program's, or not all of it mapped.
        PermissionError: it is to be written, and belongs to a file that the program could only read.
        MemoryError: no memory for the page tables that this needs.
    """
    system_call(20, u64(address), u64(size), u64(protection), 0, 0, 0)


def getdents(folder: u64, into: Slice[u8]) -> u64:
    """Read entries of an open folder, 72 bytes each; return how many bytes, 0 at the end.

    An entry: its kind (0 file, 1 folder, 2 link) and the length of its name in 4 bytes each, then the name.

    Raises:
        BadFile: the number is not open, or not for reading.
        NotADirectoryError: it is no folder.
        BadAddress: the memory is not the program's.
    """
    return system_call(21, u64(folder), into.pointer.address, u64(len(into)), 0, 0, 0)


def thread_create(entry: u64, argument: u64, stack: u64, pointer: u64) -> u64:
    """Start a thread at an address, with an argument in rdi and a stack that ends at `stack`; return its number.

    pointer: the base of FS for the thread, as set_thread_pointer sets it.

    Raises:
        BadAddress: one of the addresses is not the program's.
        MemoryError: there is no memory for the thread.
        ProcessLookupError: the process is ending.
    """
    return system_call(22, u64(entry), u64(argument), u64(stack), u64(pointer), 0, 0)


def yield_processor() -> None:
    """Let other threads run that have had less."""
    system_call(23, 0, 0, 0, 0, 0, 0)


def dup(file: u64) -> u64:
    """Return one more number for an open file: the lowest that is free.

    Raises:
        BadFile: the number is not open.
        TooManyFiles: no number is free.
    """
    return system_call(24, u64(file), 0, 0, 0, 0, 0)


def dup2(old: u64, new: u64) -> u64:
    """Let a number lead to the open file of another one, and let go of what it led to; return it.

    Raises:
        BadFile: the first is not open, or there is no such second.
    """
    return system_call(25, u64(old), u64(new), 0, 0, 0, 0)


def futex_wait(word: Ptr[u32], expected: u32, timeout_ns: u64) -> None:
    """Sleep until somebody wakes the threads that wait for a word of memory, if that has a value.

    timeout_ns: all ones for no limit.

    Raises:
        BlockingIOError: the word has another value.
        TimeoutError: nobody did so in time.
        InterruptedError: a note came first.
        BadAddress: the word is not the program's.
    """
    system_call(26, word.address, u64(expected), u64(timeout_ns), 0, 0, 0)


def remove(path: Slice[u8]) -> None:
    """Take a name away; of a folder only with `:directory`, and with all that is in it with `:recursive`.

    Raises:
        FileNotFoundError, NotADirectoryError, TooManyLinks, NameTooLong, ValueError: as open.
        IsADirectoryError: it is a folder, and `:directory` is not asked for.
        DirectoryNotEmpty: the folder has something in it.
        PermissionError: the folder may not be written.
        Busy: something is mounted there.
    """
    system_call(27, path.pointer.address, u64(len(path)), 0, 0, 0, 0)


def link(old: Slice[u8], new: Slice[u8]) -> None:
    """Give a file one more name.

    Raises:
        FileExistsError: the name is taken.
        IsADirectoryError: the file is a folder.
        CrossDevice: the names are in different file systems.
        PermissionError: the file may not be read, or the folder not written.
    """
    system_call(28, old.pointer.address, u64(len(old)), new.pointer.address, u64(len(new)), 0, 0)


def share(file: u64, permissions: u32, duration_ns: u64, process: u64, key: Slice[u8]) -> None:
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
    system_call(
        29,
        u64(file),
        u64(permissions),
        u64(duration_ns),
        u64(process),
        key.pointer.address,
        u64(len(key)),
    )


def claim(key: Slice[u8]) -> u64:
    """Have the open file of a key, which is worth nothing any more; return its number, the lowest that is free.

    Raises:
        FileNotFoundError: there is no such key, or it was used, or its time is over.
        PermissionError: it is for another process.
        TooManyFiles: no number is free.
        BadAddress: the memory is not the program's.
    """
    return system_call(30, key.pointer.address, u64(len(key)), 0, 0, 0, 0)


def bind(path: Slice[u8], source: u64) -> None:
    """Let an open file or folder appear at a path, with the permissions of the path's flags.

    Raises:
        PermissionError: more permissions are asked for than the open file has.
        BadFile: the number is not open.
        FileNotFoundError: the path leads nowhere.
    """
    system_call(31, path.pointer.address, u64(len(path)), u64(source), 0, 0, 0)


def openat(folder: u64, path: Slice[u8]) -> u64:
    """Open as `open`, a relative path from an open folder, with no more permissions than that has.

    Raises:
        BadFile: the folder's number is not open.
        PermissionError: more is asked for than the folder has.
    """
    return system_call(32, u64(folder), path.pointer.address, u64(len(path)), 0, 0, 0)


def notify(handler: u64) -> None:
    """Have the program handle notes at an address from now on; 0: each ends the process.

    The handler is entered as a function, but without an address to return to: with the note's address and length,
    and the address of what `noted` needs. docs/processes.md says more.

    Raises:
        BadAddress: the address is not the program's.
    """
    system_call(33, u64(handler), 0, 0, 0, 0, 0)


def noted(registers: u64) -> None:
    """End the handling of a note, and go on where it interrupted the thread.

    registers: what the handler was given; the program may have changed it. 0: the program went on there by itself
    before, and now goes on behind this call. Otherwise it returns only if it fails.

    Raises:
        ValueError: no note is being handled, or no program could go on there.
        BadAddress: the address is not the program's.
    """
    system_call(34, u64(registers), 0, 0, 0, 0, 0)


def readlink(path: Slice[u8], into: Slice[u8]) -> u64:
    """Store where a link leads; return how long that is.

    Raises:
        ValueError: it is no link.
        BadAddress: the memory is not the program's.
    """
    return system_call(
        35, path.pointer.address, u64(len(path)), into.pointer.address, u64(len(into)), 0, 0
    )


def symlink(target: Slice[u8], path: Slice[u8]) -> None:
    """Make a link that leads to a path, whatever that is.

    Raises:
        FileExistsError: the name is taken.
        PermissionError: the folder may not be written.
    """
    system_call(
        36, target.pointer.address, u64(len(target)), path.pointer.address, u64(len(path)), 0, 0
    )


def mount(path: Slice[u8], type: Slice[u8]) -> None:
    """Let a file system appear at a path, with the permissions and the behaviour of the path's flags.

    type: the path of its type, such as /sys/fs/tmpfs.

    Raises:
        FileNotFoundError: one of the paths leads nowhere.
        NotSupported: the type is none.
    """
    system_call(
        37, path.pointer.address, u64(len(path)), type.pointer.address, u64(len(type)), 0, 0
    )


def unmount(path: Slice[u8]) -> None:
    """Take the newest mount at a path away.

    Raises:
        ValueError: nothing is mounted there.
        Busy: the mount is locked.
    """
    system_call(38, path.pointer.address, u64(len(path)), 0, 0, 0, 0)


def set_thread_pointer(address: u64) -> None:
    """Set the base of FS for the calling thread: where its own variables are.

    Raises:
        BadAddress: the address is not the program's.
    """
    system_call(39, u64(address), 0, 0, 0, 0, 0)


def ring_create(address: u64, submissions: u32, completions: u32, into: Ptr[RingPlace]) -> u64:
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
    return system_call(40, u64(address), u64(submissions), u64(completions), into.address, 0, 0)


def ring_remove(ring: u64) -> None:
    """Take a ring away, with its memory; requests that are not done are given up.

    Raises:
        BadFile: there is no such ring.
    """
    system_call(41, u64(ring), 0, 0, 0, 0, 0)


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
    return system_call(42, u64(ring), u64(submissions), u64(completions), 0, 0, 0)


def rename(old: Slice[u8], new: Slice[u8]) -> None:
    """Move a name in one step; a file in the place of which it comes is gone.

    Raises:
        CrossDevice: the names are in different file systems.
        DirectoryNotEmpty: it would come in the place of a folder that has something in it.
        PermissionError: one of the folders may not be written.
        Busy: something is mounted on it.
        ValueError: a folder would be moved into itself.
    """
    system_call(43, old.pointer.address, u64(len(old)), new.pointer.address, u64(len(new)), 0, 0)


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
    return system_call(44, u64(file), u64(address), u64(size), u64(protection), 0, 0)


def futex_wake(word: Ptr[u32], count: u32) -> u64:
    """Wake the threads of the process that wait for a word, at most so many, the first come first; return how many.

    Raises:
        BadAddress: the word is not the program's.
    """
    return system_call(45, word.address, u64(count), 0, 0, 0, 0)


def clock_rate(into: Ptr[ClockRate]) -> None:
    """Tell how the processors' counter becomes the uptime, which never changes.

    Raises:
        BadAddress: the memory is not the program's.
    """
    system_call(46, into.address, 0, 0, 0, 0, 0)
