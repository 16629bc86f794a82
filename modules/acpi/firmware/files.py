"""/sys/acpi: the firmware's tables as they are, its names, and its events; and /dev/power_button.

Files in /sys/acpi:
    tables/<name>     the bytes of a table; of a kind that there may be several of, SSDT0, SSDT1 and so on
    namespace/...     devices and other scopes are folders, without the underscores at the ends of names
    devices           what and where all devices are, a line each (device_list.py)
    events            what devices are notified of, a line each, from the opening on (notices.py)

Files in /dev:
    power_button    a line for each press, from the opening on

In the namespace `resources` is what a device uses, in words, and everything else a file: what it stands for, in the form of
printing.py.

Reading a method's file calls it, if it is one that only tells something. What is written to it are the arguments of a call,
words with spaces between them; what the call returns is then read from the same open file:

    with open("/sys/acpi/namespace/_SB/PCI0/_OSC:rw") as file: …

Only reading makes the tables load. Names that are made or taken away later come and go here, too.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Annotated, Final

from core.errors import NotSupported, TooLarge
from core.file_records import Entry, NodeKind
from core.text.buffer import TextBuffer
from kernel.fs import module_files
from kernel.fs.folder import FixedFolder
from kernel.fs.mode import Mode
from kernel.fs.vnode import Vnode
from kernel.io.input_events import EventReader, EventSource
from kernel.mem.heap_memory import HeapMemory
from kernel.mem.layout import PhysAddr
from kernel.module.description import Description
from kernel.sync.mutex import Mutex
from lang import Array, Slice, UserSlice, no_raise, over, section, sleeps, u8, u32, u64, usize
from modules.acpi import kept
from modules.acpi.aml import printing
from modules.acpi.aml.node import Node
from modules.acpi.firmware import events, loaded, notices
from modules.acpi.firmware.evaluation import Answer, Devices, Evaluation, Listing, Lookup, Resources
from modules.acpi.tables import table
from modules.acpi.tables.root import signature

if TYPE_CHECKING:
    from kernel.fs.file import File

SSDT: Final[u32] = signature("SSDT")
MOST_ARGUMENTS: Final[u64] = 1024  # bytes of them
RESOURCES: Final = b"resources"


def attach(address: PhysAddr) -> None:
    """Let there be the files.

    Raises:
        MemoryError: there is too little memory.
    """
    system = module_files.system
    machine_devices = module_files.devices
    if system is None or machine_devices is None or kept.count == 0:
        return
    tables = FixedFolder()
    for index in range(kept.count):
        put_table(tables, index)
    folder = FixedFolder()
    folder.put(b"tables", tables)
    folder.put(b"namespace", NamespaceFolder(None))
    notices.begin()
    folder.put(b"devices", AskedFile(About.DEVICES, None))
    folder.put(b"events", EventsFile(notices.events))
    system.put(b"acpi", folder)
    machine_devices.put(b"power_button", EventsFile(notices.power_button))


# Tables -----------------------------------------------------------------------------------------


def put_table(folder: FixedFolder, index: usize) -> None:
    """Put a table where its name says, with a number if there are, or may be, others of that name."""
    kind = table.signature_of(kept.content(index))
    number: u64 = 0
    for before in range(index):
        if table.signature_of(kept.content(before)) == kind:
            number += 1
    storage = Array[u8, 32]()
    out = TextBuffer(storage[:])
    for letter in kept.content(index)[:4]:
        out.write_byte(letter if ord(" ") < letter < 127 and letter != ord("/") else u8(ord("_")))
    if number > 0 or kind == SSDT:
        printing.write(out, f"{number}")
    folder.put(out.text(), TableFile(index))


class TableFile(Vnode):
    """The bytes of a table."""

    index: usize

    def __init__(self, index: usize) -> None:
        super().__init__(NodeKind.FILE)
        self.index = index

    @property
    @no_raise
    def is_seekable(self) -> bool:
        return True

    @sleeps
    def size(self) -> u64:
        return len(kept.content(self.index))

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        content = kept.content(self.index)
        if offset >= len(content):
            return 0
        count = min(len(into), len(content) - offset)
        into[:count].copy_in(content[offset : offset + count])
        return count


# Names ------------------------------------------------------------------------------------------


class NamespaceFolder(Vnode):
    """What names stand below; below the root, if the node is None."""

    node: Node | None

    def __init__(self, node: Node | None) -> None:
        super().__init__(NodeKind.DIRECTORY)
        self.node = node

    @sleeps
    def find(self, name: Slice[u8]) -> Vnode:
        node = self.node
        if node is not None and name == RESOURCES:
            return AskedFile(About.RESOURCES, node)
        asked = Lookup(node, name)
        loaded.carry_out(asked)
        found = asked.found
        if found is None:
            raise FileNotFoundError
        return NamespaceFolder(found) if asked.is_folder else AskedFile(About.VALUE, found)

    @sleeps
    def entry_at(self, position: u64, into: Entry) -> u64:
        first: u64 = 0 if self.node is None else 1
        if position < first:
            into.set(RESOURCES, NodeKind.FILE)
            return 1
        asked = Listing(self.node, position - first)
        loaded.carry_out(asked)
        found = asked.found
        if found is None:
            return 0
        storage = Array[u8, 8]()
        out = TextBuffer(storage[:])
        printing.write_name(out, found.name)
        into.set(out.text(), NodeKind.DIRECTORY if asked.is_folder else NodeKind.FILE)
        return position + 1


@over(u8)
class About(IntEnum):
    """What a file tells."""

    VALUE = 0  # what a name stands for
    RESOURCES = 1  # what a device uses
    DEVICES = 2  # what and where all devices are


class AskedFile(Vnode):
    """A file whose content is what the firmware answers."""

    about: About
    node: Node | None  # None: it is about no single name

    def __init__(self, about: About, node: Node | None) -> None:
        super().__init__(NodeKind.FILE)
        self.about = about
        self.node = node

    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        return Question(self.about, self.node)


class Question(Vnode):
    """One opening of it: an answer, once it is asked for."""

    about: About
    node: Node | None

    lock: Mutex
    answer: HeapMemory | None  # guarded by lock, like the next
    told: u64  # how many bytes of it were read

    def __init__(self, about: About, node: Node | None) -> None:
        super().__init__(NodeKind.FILE)
        self.about = about
        self.node = node

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        with self.lock:
            known = self.answer
            if known is None:
                known = self.ask(None)
            rest = known.bytes[self.told :]
            count = min(len(into), len(rest))
            into[:count].copy_in(rest[:count])
            self.told += count
            return count

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        """Ask with arguments.

        Raises:
            TooLarge: they are too long.
            MemoryError: there is too little memory.
        """
        if len(data) > MOST_ARGUMENTS:
            raise TooLarge
        words = HeapMemory(len(data))
        data.copy_out(words.bytes)
        with self.lock:
            self.ask(words)
        return len(data)

    @sleeps
    def ask(self, words: HeapMemory | None) -> HeapMemory:
        """Ask anew, and return the answer.

        words: the arguments of a call; None: it is only read.

        Raises:
            MemoryError: there is too little memory.
        """
        asked = new_answer(self.about, self.node, words)
        loaded.carry_out(asked)
        text = asked.text
        if text is None:
            raise MemoryError
        self.answer = text
        self.told = 0
        return text


def new_answer(about: About, node: Node | None, words: HeapMemory | None) -> Answer:
    """Return what is to be worked out.

    Raises:
        MemoryError: there is too little memory.
    """
    if node is None:
        return Devices()
    return Resources(node) if about == About.RESOURCES else Evaluation(node, words)


# Events -----------------------------------------------------------------------------------------


class EventsFile(Vnode):
    """Events; they come from when it is first opened on."""

    source: EventSource | None

    def __init__(self, source: EventSource | None) -> None:
        super().__init__(NodeKind.FILE)
        self.source = source

    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        source = self.source
        if source is None:
            raise NotSupported
        reader = EventReader(source)
        events.begin()
        return reader


DESCRIPTION: Annotated[Description, section(".modules")] = Description(
    "acpi", "BOOT_ALWAYS", attach
)
