"""Target code for the tests of AML: an interpreter, and its answers as text."""

from __future__ import annotations

from core import trap
from core.object import TypeInfo
from core.text.buffer import TextBuffer
from lang import Array, Ptr, Slice, handled_class, u8, u32, u64
from modules.acpi.aml import conversions, devices, namespace, places, printing, storage
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.machine import Limits
from modules.acpi.aml.memory_platform import MemoryPlatform
from modules.acpi.aml.values import LOCALS, Integer, Slots

OPERATIONS = 20_000
DEPTH = 300
TICKS = 300_000_000

interpreter: Interpreter | None = None
platform: MemoryPlatform | None = None
answer: Array[u8, 65536]


def begin() -> None:
    """Have a new interpreter."""
    global interpreter, platform
    interpreter = None
    registers = MemoryPlatform()
    platform = registers
    interpreter = Interpreter(registers, Limits(OPERATIONS, DEPTH, TICKS))


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


def the_interpreter() -> Interpreter:
    known = interpreter
    assert known is not None, "begin first"
    return known


def load(table: Slice[u8], is_first: bool) -> u64:
    """Load a table; return how many errors there were."""
    machine = the_interpreter()
    machine.load_new(table, is_first)
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
