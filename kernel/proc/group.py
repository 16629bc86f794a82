"""Groups: processes that get notes together. Each process is in one, at first in that of whoever started it.

A group is nothing but what its processes share: who is in it is asked of the process table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernel.proc import note, process_table
from lang import Slice, u8, u64

if TYPE_CHECKING:
    from kernel.proc.process import Process


class Group:
    """What the processes of a group have in common."""

    def __init__(self) -> None:
        pass


def send(group: Group, text: Slice[u8]) -> None:
    """Send a note to all processes of a group, the oldest first; those whose queues are full miss it.

    Raises:
        MemoryError: there is too little memory; some may have got it.
    """
    number: u64 = 0
    while (process := process_table.first_from(number)) is not None:
        number = process.number + 1
        if process.group() is group and not process.has_ended.load():
            send_to(process, text)


def send_to(process: Process, text: Slice[u8]) -> None:
    try:
        note.send(process, text)
    except BlockingIOError:
        pass
