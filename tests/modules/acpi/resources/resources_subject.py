"""Target code for the tests of resources: buffers as text, and routing out of a table."""

from __future__ import annotations

from core.text.buffer import TextBuffer
from lang import Array, Slice, u8, u32, u64
from modules.acpi.aml import conversions, places, storage
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.machine import Limits
from modules.acpi.aml.memory_platform import MemoryPlatform
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Slots
from modules.acpi.resources import descriptor, link, routing, text, used

OPERATIONS = 20_000
DEPTH = 300
TICKS = 300_000_000

interpreter: Interpreter | None = None
answer: Array[u8, 65536]


def text_of(data: Slice[u8]) -> Slice[u8]:
    """Return the resources in a buffer as text."""
    out = TextBuffer(answer[:])
    text.write_all(out, data, b""[:])
    return answer[: out.used]


def check(data: Slice[u8]) -> None:
    descriptor.check(data)


def used_of(data: Slice[u8]) -> tuple[u64, u64, u64, u64, u64]:
    """Return the first ports and the first memory, both with their lengths, and the first interrupt."""
    found = used.used(data)
    return found.port, found.port_count, found.memory, found.memory_size, u64(found.line.number)


def begin(table: Slice[u8]) -> None:
    """Have a new interpreter with a table."""
    global interpreter
    interpreter = None
    made = Interpreter(MemoryPlatform(), Limits(OPERATIONS, DEPTH, TICKS))
    made.load_new(table, True)
    interpreter = made


def end() -> u64:
    """Have none; return how much memory objects still hold."""
    global interpreter
    interpreter = None
    return storage.used


def the_interpreter() -> Interpreter:
    known = interpreter
    assert known is not None, "begin first"
    return known


def named(name: Slice[u8]) -> Node:
    return places.named(the_interpreter().root, conversions.string_of(name))


def routes(name: Slice[u8]) -> Slice[u8]:
    """Return where the pins of a bus lead, up to what makes no sense."""
    machine = the_interpreter()
    out = TextBuffer(answer[:])
    value = machine.evaluate(named(name), Slots())
    try:
        routing.write_all(out, machine, value, "")
    except AmlError:
        out.write(b"wrong")
    return answer[: out.used]


def line(name: Slice[u8]) -> tuple[u32, bool, bool]:
    """Return the interrupt that a link leads to, and how it is signalled."""
    found = link.line_of(the_interpreter(), named(name))
    return found.number, found.is_edge, found.is_low
