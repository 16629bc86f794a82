"""Target code for the tests of AML: an interpreter, and its answers as text."""

from __future__ import annotations

from core import trap
from core.containers.storage import write
from core.object import TypeInfo
from core.text.buffer import TextBuffer
from lang import Array, Ptr, Slice, handled_class, u8, u32, u64, usize
from modules.acpi.aml import conversions, devices, namespace, places, printing, storage, table_list
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.machine import Flow, Limits
from modules.acpi.aml.memory_platform import MemoryPlatform
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import LOCALS, Integer, Reference, Slots, Value

OPERATIONS = 20_000
DEPTH = 300
TICKS = 300_000_000


class Witness(MemoryPlatform):
    """Memory in place of registers, some kinds of which cannot be reached; what devices are notified of is noted."""

    unreachable: u64  # a bit for each kind of register
    size: usize  # of what is noted
    noted: Array[u8, 4096]

    def __init__(self) -> None:
        super().__init__()
        self.unreachable = 0
        self.size = 0

    def reaches(self, space: u8) -> bool:
        return self.unreachable >> (space & 63) & 1 == 0

    def notify(self, node: Node, value: u64) -> None:
        out = TextBuffer(self.noted[self.size :])
        printing.write_path(out, node)
        write(out, f" {value:#x}\n")
        self.size += out.used


class Watched(Interpreter):
    """An interpreter that notes which operations it meets where it carries out terms."""

    met: Array[bool, 512]  # those of two bytes in the second half

    def operand(self, frame: Frame) -> Value:
        self.note(frame)
        return super().operand(frame)

    def target(self, frame: Frame) -> Reference:
        self.note(frame)
        return super().target(frame)

    def run_one(self, frame: Frame) -> Flow:
        self.note(frame)
        return super().run_one(frame)

    def note(self, frame: Frame) -> None:
        opcode = frame.peek_opcode()
        self.met[usize(opcode & 0xFF) + (256 if opcode > 0xFF else 0)] = True


interpreter: Watched | None = None
platform: Witness | None = None
answer: Array[u8, 65536]
operations: Array[u64, 512]


def begin() -> None:
    """Have a new interpreter."""
    global interpreter, platform
    interpreter = None
    registers = Witness()
    platform = registers
    interpreter = Watched(registers, Limits(OPERATIONS, DEPTH, TICKS))


def have_newer_interfaces() -> None:
    the_interpreter().has_newer_interfaces = True


def end() -> u64:
    """Have none; return how much memory objects still hold."""
    global interpreter, platform
    interpreter = None
    platform = None
    return storage.used


def global_lock() -> tuple[u64, bool]:
    """Return how often the global lock was taken, and whether it is held."""
    known = platform
    assert known is not None, "begin first"
    return known.locked, known.has_lock


def notices() -> Slice[u8]:
    """Return a line for each notification: the device, and the number."""
    known = platform
    assert known is not None, "begin first"
    return known.noted[: known.size]


def refuse_registers(spaces: u64) -> None:
    """Let registers of some kinds not be reached; a bit for each kind."""
    known = platform
    assert known is not None, "begin first"
    known.unreachable = spaces


def carried_out() -> Slice[u64]:
    """Return the operations that were met."""
    watched = the_interpreter()
    count: u64 = 0
    for index in range(u64(len(watched.met))):
        if watched.met[index]:
            operations[count] = index if index < 256 else 0x5B00 | index - 256
            count += 1
    return operations[:count]


def table_count() -> u64:
    newest = the_interpreter().tables
    return 0 if newest is None else newest.number + 1


def the_interpreter() -> Watched:
    known = interpreter
    assert known is not None, "begin first"
    return known


def load(table: Slice[u8], is_first: bool) -> u64:
    """Load a table; return how many errors there were."""
    machine = the_interpreter()
    machine.load_new(table, is_first)
    return machine.load_errors


def keep(table: Slice[u8]) -> None:
    """Hand in a table that is loaded, if it is a program, by the next `load_kept`."""
    table_list.add(the_interpreter(), table)


def load_kept() -> u64:
    machine = the_interpreter()
    machine.load_kept()
    return machine.load_errors


def initialise() -> None:
    devices.initialise(the_interpreter())


def paths() -> Slice[u8]:
    """Return all names with their types."""
    machine = the_interpreter()
    out = TextBuffer(answer[:])
    node = namespace.after(machine.root, machine.root)
    while node is not None:
        printing.write_path(out, node)
        out.write(b" ")
        out.write(printing.type_of(node).encode())
        out.write(b"\n")
        node = namespace.after(node, machine.root)
    return answer[: out.used]


def evaluate(name: Slice[u8], numbers: Slice[u64]) -> Slice[u8]:
    """Return a value, or the name of the class of what is wrong."""
    machine = the_interpreter()
    out = TextBuffer(answer[:])
    arguments = Slots()
    for index in range(len(numbers)):
        arguments.values[LOCALS + index] = Integer(numbers[index])
    try:
        node = places.named(machine.root, conversions.string_of(name))
        printing.write_value(out, machine.evaluate(node, arguments))
    except AmlError:
        write_class(out, handled_class().cast(TypeInfo))
    except MemoryError:
        out.write(b"MemoryError")
    return answer[: out.used]


def write_class(out: TextBuffer, kind: Ptr[TypeInfo]) -> None:
    """Write the name of a class without that of its module."""
    out.write(printing.class_name(trap.text_at(kind.name)))


def trouble() -> tuple[bool, u64, u64]:
    """Return whether something is wrong, in which table, at which offset."""
    found = the_interpreter().trouble
    return found.is_known, found.table, found.offset


def trouble_method() -> Slice[u8]:
    """Return the method in which something is wrong."""
    out = TextBuffer(answer[:])
    method = the_interpreter().trouble.method
    if method is not None:
        printing.write_path(out, method)
    return answer[: out.used]


def integer_bits() -> u32:
    return u32(8 * the_interpreter().integer_size)
