"""The interpreter: loads tables, and evaluates names.

    interpreter = Interpreter(platform, limits)
    table_list.add(interpreter, content)    each table that there is, and a copy is kept
    interpreter.load_kept()                 those that are AML, in the order in which they came
    interpreter.evaluate(node, arguments)

All are there before the first is loaded, since AML may ask for any of them.

While a table is loaded, an error ends the term that it is in, and the rest is loaded all the same: one device that
firmware describes wrongly should not cost all others. In a method an error ends the evaluation.

Locks: none; whoever has an interpreter lets one thread in at a time.
"""

from __future__ import annotations

from core.object import TypeInfo
from lang import Slice, handled_class, owner, retain, u8, u16, u64
from modules.acpi.aml import (
    calls,
    elements,
    expressions,
    mutexes,
    namespace,
    places,
    predefined,
    repairs,
    statements,
    table_list,
)
from modules.acpi.aml.errors import AlreadyExists, AmlError, MissingTable
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.machine import ALL_32, Flow, Limits, Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.opcodes import Op
from modules.acpi.aml.platform import Platform
from modules.acpi.aml.table import HEADER_SIZE, Table
from modules.acpi.aml.values import Kind, Package, Reference, Slots, Value


class Interpreter(Machine):
    """An interpreter and its namespace."""

    def __init__(self, platform: Platform, limits: Limits) -> None:
        super().__init__(platform, limits)
        predefined.make_all(self)

    def __del__(self) -> None:
        """Take everything apart, so that what holds itself goes, too."""
        self.arena.clear()
        node: Node | None = self.root
        while node is not None:
            namespace.clear(node)
            node.made_before = None
            node = namespace.after(node, self.root)
        table = self.tables
        while table is not None:
            table.made = None
            table = table.before
        self.tables = None

    # What others ask for ------------------------------------------------------------------------

    def load_new(self, content: Slice[u8], is_first: bool) -> None:
        """Load a table; the first says how many bits integers have.

        Raises:
            BadTable, MemoryError: as Table.
            AmlError: it cannot be loaded to its end.
        """
        self.load_whole(table_list.add(self, content), is_first)

    def load_kept(self) -> None:
        """Load the tables that are there and are AML, unless one of them has loaded another already.

        Raises:
            MemoryError: there is too little memory.
        """
        newest = self.tables
        count = 0 if newest is None else newest.number + 1
        is_first = True
        for number in range(count):
            table = table_list.numbered(self, number)
            if table is not None and table.is_program and not table.is_loaded:
                self.load_whole(table, is_first)
                is_first = False

    def load_whole(self, table: Table, is_first: bool) -> None:
        """Load a table on its own, not from AML. Mutexes that its terms leave taken are released."""
        if is_first and table.revision < 2:
            self.mask = ALL_32
        self.begin()
        try:
            self.load(table, self.root)
        finally:
            mutexes.release_all(self)

    def evaluate(self, node: Node, arguments: Slots) -> Value | None:
        """Return what a name stands for: data itself, what a field holds, what a method returns.

        Raises:
            AmlError: something is wrong; `trouble` says where.
        """
        self.begin()
        try:
            value = node.value
            if value is None:
                return None
            is_method = value.kind == Kind.METHOD
            found = self.call(node, value, arguments) if is_method else places.value_of(self, node)
            found = places.told(self, found)
            return None if found is None else repairs.repaired(self, node, found)
        except AmlError:
            self.trouble.note_name(node, handled_class().cast(TypeInfo))
            raise
        finally:
            mutexes.release_all(self)

    def begin(self) -> None:
        """Begin to count, and forget what was wrong before."""
        self.operations = 0
        self.begun = self.platform.ticks()
        self.nesting.depth = 0
        self.trouble.forget()

    # What the parts need of each other ----------------------------------------------------------

    def operand(self, frame: Frame) -> Value:
        with self.nesting:
            return expressions.operand(self, frame)

    def target(self, frame: Frame) -> Reference:
        with self.nesting:
            return places.target(self, frame)

    def call(self, node: Node, method: Value, arguments: Slots) -> Value | None:
        with self.nesting:
            return calls.run(self, node, method, arguments)

    def run(self, frame: Frame, end: u64) -> Flow:
        scope = frame.scope
        outer = frame.end
        flow = Flow.NEXT
        frame.end = end
        while frame.at < end and flow == Flow.NEXT:
            start = frame.at
            try:
                flow = self.run_one(frame)
            except (AlreadyExists, MissingTable):  # the term has been read to its end
                self.trouble.note(frame, handled_class().cast(TypeInfo))
                if frame.method is not None:
                    raise
                self.leave_out(frame, scope, end)
                skip_if_long(frame, start)
            except AmlError:
                self.trouble.note(frame, handled_class().cast(TypeInfo))
                if frame.method is not None:
                    raise
                self.leave_out(frame, scope, end)
                skip(frame, start)
        frame.end = outer
        return flow

    def leave_out(self, frame: Frame, scope: Node, end: u64) -> None:
        """Let a table go on behind an error."""
        self.load_errors += 1
        self.platform.failed(self)
        self.trouble.forget()
        frame.scope = scope
        frame.end = end

    def run_one(self, frame: Frame) -> Flow:
        with self.nesting:
            return statements.statement(self, frame)

    def load(self, table: Table, scope: Node) -> None:
        frame = Frame(table, HEADER_SIZE, table.size, scope, Slots())
        table.is_loaded = True
        try:
            self.run(frame, frame.end)
        finally:
            table.made = frame.made
            frame.made = None
            frame.slots.clear()
            self.resolve_names()

    def resolve_names(self) -> None:
        """Let names in packages be what they mean, as far as that is there."""
        for link in self.arena.packages:
            package = owner(link, Package, "link")
            self.resolve_in(retain(package))

    def resolve_in(self, package: Package) -> None:
        """Look up the names in one package. A field that cannot be read yet stays a name."""
        try:
            elements.resolve(self, package)
        except AmlError:
            self.trouble.forget()


def skip(frame: Frame, start: u64) -> None:
    """Go to the end of a term that failed, if it says where that is; else to that of what encloses it."""
    frame.at = frame.end
    skip_if_long(frame, start)


def skip_if_long(frame: Frame, start: u64) -> None:
    """Go to the end of a term, if it says where that is; else stay."""
    reached = frame.at
    frame.at = start
    try:
        if has_length(frame.take_opcode()):
            frame.at = frame.take_length()
            return
    except AmlError:
        pass
    frame.at = reached


def has_length(opcode: u16) -> bool:
    """Whether a term says how long it is."""
    match opcode:
        case Op.SCOPE | Op.METHOD | Op.IF | Op.ELSE | Op.WHILE:
            return True
        case Op.FIELD | Op.INDEX_FIELD | Op.BANK_FIELD:
            return True
        case Op.DEVICE | Op.PROCESSOR | Op.POWER_RESOURCE | Op.THERMAL_ZONE:
            return True
        case _:
            return False
