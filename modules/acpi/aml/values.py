"""Objects of AML: what names, locals, arguments and elements hold.

    Integer              never changes
    Bytes                a string or a buffer
    Package              elements, some of them nothing
    Reference            a place: of a name, a local, an element, a byte
    UnresolvedName       an element of a package that names what there may be later
    Method, Region, Mutex, Event, Marker
                         what names stand for

Fields are in field_unit.py, which needs these. Objects are counted references; whoever makes a copy says so
(copies.py). What may hold other objects can hold itself, by way of a reference; so packages are in a list of
their Arena, whose end empties them.

Source: ACPI 6.5, sections 19.3.5 and 19.6.98 (ObjectType).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from core.collections.list import IntrusiveList, ListLink
from lang import (
    Array,
    Ptr,
    Slice,
    no_raise,
    over,
    owner,
    retain,
    sizeof,
    struct,
    u8,
    u64,
    vacate,
)
from modules.acpi.aml import storage
from modules.acpi.aml.errors import TooLarge
from modules.acpi.aml.table import Table

if TYPE_CHECKING:
    from modules.acpi.aml.node import Node

LOCALS: Final = 8
ARGUMENTS: Final = 7
SLOTS: Final = 15  # locals, then arguments


@over(u8)
class Kind(IntEnum):
    """The type of an object, with the numbers that ObjectType gives."""

    UNINITIALIZED = 0
    INTEGER = 1
    STRING = 2
    BUFFER = 3
    PACKAGE = 4
    FIELD_UNIT = 5
    DEVICE = 6
    EVENT = 7
    METHOD = 8
    MUTEX = 9
    REGION = 10
    POWER_RESOURCE = 11
    PROCESSOR = 12
    THERMAL_ZONE = 13
    BUFFER_FIELD = 14
    TABLE_HANDLE = 15
    DEBUG = 16
    REFERENCE = 17
    SCOPE = 18
    NAME = 19


class Value:
    """An object of AML."""

    kind: Kind  # constant

    def __init__(self, kind: Kind) -> None:
        self.kind = kind


class Integer(Value):
    """A number; of a table of revision 1, only 32 bits of it are used."""

    number: u64

    def __init__(self, number: u64) -> None:
        super().__init__(Kind.INTEGER)
        self.number = number


class Bytes(Value):
    """A string, without the zero that ends it in a table, or a buffer."""

    memory: Ptr[u8]
    size: u64

    def __init__(self, kind: Kind, size: u64) -> None:
        """Be zeroes.

        Raises:
            TooLarge: it is larger than objects may be.
            MemoryError: there is no memory.
        """
        super().__init__(kind)
        self.size = 0
        if size > storage.LARGEST:
            raise TooLarge
        self.memory = storage.take(size)
        self.size = size

    def __del__(self) -> None:
        if self.size > 0:
            storage.give_back(self.memory, self.size)

    @no_raise
    def bytes(self) -> Slice[u8]:
        """Return all of it, good as long as the object is."""
        return Slice[u8](self.memory, self.size)


@struct
class Cell:
    """The place of one element."""

    value: Value | None


class Arena:
    """All packages that there are, so that those which hold each other can be taken apart."""

    packages: IntrusiveList

    def clear(self) -> None:
        """Empty all packages."""
        while (link := self.packages.first) is not None:
            package = retain(owner(link, Package, "link"))  # which its own elements may hold alone
            package.leave()
            package.clear()


class Package(Value):
    """A sequence of objects. Its length is fixed."""

    arena: Arena
    link: ListLink
    cells: Ptr[Cell]
    count: u64

    def __init__(self, arena: Arena, count: u64) -> None:
        """Be `count` elements that hold nothing.

        Raises:
            TooLarge, MemoryError: as Bytes.
        """
        super().__init__(Kind.PACKAGE)
        self.arena = arena
        self.count = 0
        if count > storage.LARGEST // sizeof(Cell):
            raise TooLarge
        self.cells = storage.take(count * sizeof(Cell)).cast(Cell)
        self.count = count
        arena.packages.push_back(self.link)

    def __del__(self) -> None:
        self.leave()
        self.clear()
        if self.count > 0:
            storage.give_back(self.cells.cast(u8), self.count * sizeof(Cell))

    @no_raise
    def leave(self) -> None:
        """Be no longer in the arena's list."""
        if self.link.is_linked:
            self.arena.packages.remove(self.link)

    def clear(self) -> None:
        """Let go of all elements."""
        cells = self.cells
        for index in range(self.count):
            vacate(cells[index])

    def get(self, index: u64) -> Value | None:
        """Return an element, which there must be; None: it holds nothing."""
        assert index < self.count, "there are fewer elements"
        return self.cells[index].value

    def set(self, index: u64, value: Value | None) -> None:
        """Let an element, which there must be, hold an object itself, and not a copy."""
        assert index < self.count, "there are fewer elements"
        self.cells[index].value = value


class Slots:
    """The locals of a call, then its arguments."""

    values: Array[Value | None, 15]

    def clear(self) -> None:
        for index in range(u64(SLOTS)):
            self.values[index] = None


@over(u8)
class Place(IntEnum):
    """What a reference leads to."""

    NOTHING = 0  # what is stored there is gone
    DEBUG = 1  # what is stored there is shown
    NODE = 2
    SLOT = 3
    ELEMENT = 4
    BYTE = 5


class Reference(Value):
    """A place where an object is, or may be stored."""

    place: Place  # constant, as is all else
    node: Node | None
    slots: Slots | None
    package: Package | None
    data: Bytes | None
    index: u64  # of the slot, the element or the byte

    def __init__(self, place: Place) -> None:
        super().__init__(Kind.REFERENCE)
        self.place = place
        self.index = 0


class UnresolvedName(Value):
    """A name in a package, to be looked up once all that it may mean is there."""

    scope: Node
    table: Table
    start: u64  # where the name is

    def __init__(self, scope: Node, table: Table, start: u64) -> None:
        super().__init__(Kind.NAME)
        self.scope = scope
        self.table = table
        self.start = start


class Method(Value):
    """Code with a name. Without a table it is one of the interpreter's own."""

    table: Table | None
    start: u64  # its terms
    end: u64
    argument_count: u64
    is_serialized: bool
    level: u64  # of a serialized method
    active: u64  # how many calls of it there are

    def __init__(self, table: Table | None, start: u64, end: u64, flags: u8) -> None:
        super().__init__(Kind.METHOD)
        self.table = table
        self.start = start
        self.end = end
        self.argument_count = u64(flags & 7)
        self.is_serialized = flags & 8 != 0
        self.level = u64(flags >> 4)
        self.active = 0


class Region(Value):
    """Registers of some kind."""

    space: u8  # AddressSpace
    offset: u64  # in bytes
    length: u64
    table: Table | None  # whose bytes they are; None: registers
    device: Node | None  # below which it is, if it is registers
    place: u64  # for the platform, which may note here where the device is; 0 at first

    def __init__(self, space: u8, offset: u64, length: u64) -> None:
        super().__init__(Kind.REGION)
        self.place = 0
        self.space = space
        self.offset = offset
        self.length = length


class Mutex(Value):
    """A lock, taken by whoever runs AML, any number of times."""

    level: u64
    is_global: bool  # the firmware has to be kept out, too
    depth: u64  # how often it is held
    level_before: u64  # the level that was current when it was taken
    held_before: Mutex | None  # the one that was taken before it, while it is held

    def __init__(self, level: u64) -> None:
        super().__init__(Kind.MUTEX)
        self.level = level
        self.is_global = False
        self.depth = 0


class Event(Value):
    """A count of signals that nobody waited for yet."""

    count: u64

    def __init__(self) -> None:
        super().__init__(Kind.EVENT)
        self.count = 0


class Marker(Value):
    """What says of a name only what it is: a device, a scope, a processor, …"""

    number: u64  # of a table handle: the table

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.number = 0


assert LOCALS + ARGUMENTS == SLOTS
