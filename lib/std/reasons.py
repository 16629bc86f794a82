"""What went wrong, in words for whoever typed it: the sentence for each class that the kernel raises."""

from __future__ import annotations

from typing import Final

from core.errors import (
    AddressInUse,
    AlreadyConnected,
    BadAddress,
    BadExecutable,
    BadFile,
    BadFlag,
    BadMessage,
    BadName,
    Busy,
    Cancelled,
    CrossDevice,
    Deadlock,
    DeviceError,
    DirectoryNotEmpty,
    NameTooLong,
    NoDevice,
    NoRandomness,
    NoSpace,
    NotConnected,
    NotSeekable,
    NotSupported,
    ReadOnly,
    TooLarge,
    TooManyFiles,
    TooManyLinks,
)

FLAGS: Final = (
    "read write execute nonblock append create exclusive parents truncate directory recursive "
    "nofollow private propagate locked, or letters of rwxnaceptdRlPgL"
)


def reason(error: Exception) -> str:
    """Return why something failed; what the exception itself says, if it says something."""
    said = str(error)
    if said != "":
        return said
    sentence = about_names(error)
    if sentence == "":
        sentence = about_files(error)
    return "that cannot be done" if sentence == "" else sentence


def about_names(error: Exception) -> str:
    """Return what is wrong with where a path leads; nothing if it is something else."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(error, FileExistsError):
        return "there is something of that name already"
    if isinstance(error, IsADirectoryError):
        return "that is a folder; say so with :directory"
    if isinstance(error, NotADirectoryError):
        return "that is no folder"
    if isinstance(error, DirectoryNotEmpty):
        return "the folder is not empty; :recursive takes all that is in it, too"
    if isinstance(error, PermissionError):
        return "that is not permitted there"
    if isinstance(error, TooManyLinks):
        return "the links lead in a circle, or through too many others"
    if isinstance(error, NameTooLong):
        return "the path, or a name in it, is too long"
    if isinstance(error, CrossDevice):
        return "the two names are in different file systems"
    if isinstance(error, BadFlag):
        return "there are no such flags; " + FLAGS
    if isinstance(error, BadName):
        return 'no name may have control characters or any of < > " \\ | ? * in it'
    if isinstance(error, ValueError):
        return "that means nothing there"
    return ""


def about_files(error: Exception) -> str:
    """Return what is wrong with a file; nothing if it is something else."""
    if isinstance(error, BlockingIOError):
        return "it would have to wait"
    if isinstance(error, BrokenPipeError):
        return "nobody reads it any more"
    if isinstance(error, InterruptedError):
        return "a note interrupted it"
    if isinstance(error, BadFile):
        return "the file is not open for that"
    if isinstance(error, TooManyFiles):
        return "too many files are open"
    if isinstance(error, Busy):
        return "something else is using it"
    if isinstance(error, NoSpace):
        return "the file system is full"
    if isinstance(error, MemoryError):
        return "there is too little memory"
    if isinstance(error, ReadOnly):
        return "it cannot be changed"
    if isinstance(error, TooLarge):
        return "that is too long"
    if isinstance(error, NotSeekable):
        return "the file has no positions"
    if isinstance(error, BadExecutable):
        return "the file is no program for this system, or damaged"
    return about_devices(error)


def about_devices(error: Exception) -> str:
    """Return what is wrong with a device or a peer; nothing if it is something else."""
    if isinstance(error, (NotSupported, NotImplementedError)):
        return "it has no such operation"
    if isinstance(error, NoDevice):
        return "there is no such device, or it is gone"
    if isinstance(error, DeviceError):
        return "the device failed"
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens there"
    if isinstance(error, NotConnected):
        return "nobody is connected to it"
    if isinstance(error, AddressInUse):
        return "somebody else listens there"
    if isinstance(error, NoRandomness):
        return "the machine has no source of numbers that nobody can guess"
    if isinstance(error, BadMessage):
        return "what came makes no sense"
    if isinstance(error, BadAddress):
        return "the program gave an address that is not its own"
    return about_others(error)


def about_others(error: Exception) -> str:
    """Return what is wrong with those that one has to do with; nothing if it is something else."""
    if isinstance(error, AlreadyConnected):
        return "it is connected already"
    if isinstance(error, ConnectionAbortedError):
        return "the server has ended"
    if isinstance(error, ConnectionResetError):
        return "the other side has ended"
    if isinstance(error, (ProcessLookupError, ChildProcessError)):
        return "there is no such process, or it has ended"
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, Cancelled):
        return "it was cancelled"
    if isinstance(error, Deadlock):
        return "the waiting would never end"
    return ""
