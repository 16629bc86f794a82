"""What all parts of the interpreter share: the namespace, the limits, and each other.

The parts call each other in circles, since terms stand in terms. So they are functions of a Machine, which says here what
the circle offers, and the interpreter (interpreter.py) closes it.

Invariant: `depth` counts the terms that enclose the current one, through all calls; with a limit to it the stack of who
runs AML is large enough.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import IntEnum
from typing import Final

from core.object import TypeInfo
from lang import Ptr, no_raise, over, struct, u8, u32, u64, wrapping_sub
from modules.acpi.aml.errors import TooDeep, TooLong
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.global_lock import GlobalLock
from modules.acpi.aml.node import ROOT, Node
from modules.acpi.aml.platform import Platform
from modules.acpi.aml.table import Table
from modules.acpi.aml.values import Arena, Mutex, Reference, Slots, Value

ALL_64: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF
ALL_32: Final[u64] = 0xFFFF_FFFF


@over(u8)
class Flow(IntEnum):
    """Where a term goes on."""

    NEXT = 0
    BREAK = 1
    CONTINUE = 2
    RETURN = 3


@struct
class Limits:
    """How much AML may ask for."""

    operations: u64  # of one evaluation
    depth: u64
    ticks: u64  # for one evaluation, in units of 100 ns


class Trouble:
    """Where the first error of an evaluation was."""

    is_known: bool
    signature: (
        u32  # of the table; 0: a name was asked for that is no method, and there is no offset
    )
    table: u64  # its number
    offset: u64  # in the table, header included: up to where it was read
    method: Node | None  # or that name; None: the table itself
    reason: Ptr[TypeInfo] | None  # the class of the error

    def forget(self) -> None:
        self.is_known = False
        self.method = None

    def note(self, frame: Frame, reason: Ptr[TypeInfo]) -> None:
        """Note where a call is, unless something is noted."""
        if self.is_known:
            return
        self.is_known = True
        self.reason = reason
        self.signature = frame.table.signature
        self.table = frame.table.number
        self.offset = frame.at
        self.method = frame.method

    def note_name(self, node: Node, reason: Ptr[TypeInfo]) -> None:
        """Note that a name itself cannot be read, unless something is noted."""
        if self.is_known:
            return
        self.is_known = True
        self.reason = reason
        self.signature = 0
        self.offset = 0
        self.method = node


class Nesting:
    """How deep terms lie in each other; a block of it is one deeper."""

    depth: u64
    limit: u64

    def __enter__(self) -> None:
        if self.depth >= self.limit:
            raise TooDeep
        self.depth += 1

    def __exit__(self, *error: object) -> None:
        self.depth -= 1


class Machine(ABC):
    """An interpreter, as its parts see it."""

    # Constant.
    platform: Platform
    arena: Arena
    nesting: Nesting
    global_lock: GlobalLock
    trouble: Trouble
    operation_limit: u64
    tick_limit: u64
    has_newer_interfaces: bool  # _OSI knows what the reference implementation does not

    root: Node
    mask: u64  # the bits that integers have
    operations: u64  # since the evaluation began
    begun: u64  # when it began, by the platform's ticks
    level: u64  # of the mutex taken last
    held: Mutex | None  # the mutex taken last, of those that are held
    tables: Table | None  # all that were handed in, the last first
    load_errors: u64  # of terms of tables, which were left out
    are_devices_begun: bool  # initialised, as many as there were

    def __init__(self, platform: Platform, limits: Limits) -> None:
        self.platform = platform
        self.arena = Arena()
        self.nesting = Nesting()
        self.nesting.limit = limits.depth
        self.global_lock = GlobalLock(platform)
        self.trouble = Trouble()
        self.operation_limit = limits.operations
        self.tick_limit = limits.ticks
        self.has_newer_interfaces = False
        self.root = Node(ROOT)
        self.mask = ALL_64

    @property
    @no_raise
    def integer_size(self) -> u64:
        """How many bytes an integer has."""
        return 8 if self.mask == ALL_64 else 4

    def count_operation(self) -> None:
        """Count one operation.

        Raises:
            TooLong: it is one too many.
        """
        if self.operations >= self.operation_limit:
            raise TooLong
        self.operations += 1

    def check_time(self, microseconds: u64 = 0) -> None:
        """Refuse to go on once the evaluation has had its time.

        microseconds: that are about to pass.

        Raises:
            TooLong: it has, or would have.
        """
        passed = wrapping_sub(self.platform.ticks(), self.begun)
        if passed + microseconds * 10 > self.tick_limit:
            raise TooLong

    def pause(self, microseconds: u64) -> None:
        """Let some time pass.

        Raises:
            TooLong: the evaluation has not so much left.
        """
        self.check_time(microseconds)
        self.platform.pause(microseconds)

    @abstractmethod
    def operand(self, frame: Frame) -> Value:
        """Carry out a term, and return its value: what a field holds, what a method returns."""

    @abstractmethod
    def target(self, frame: Frame) -> Reference:
        """Read where something is to be stored, or what is meant itself."""

    @abstractmethod
    def run(self, frame: Frame, end: u64) -> Flow:
        """Carry out terms up to an offset."""

    @abstractmethod
    def call(self, node: Node, method: Value, arguments: Slots) -> Value | None:
        """Call a method; return what it returns. The arguments are in their slots, and are gone afterwards."""

    @abstractmethod
    def load(self, table: Table, scope: Node) -> None:
        """Carry out the terms of a table."""
