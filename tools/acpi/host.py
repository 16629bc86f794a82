"""The interpreter of AML as a program: it loads tables, and prints names or values.

It reads one request from its standard input (request.py). All registers are memory of zeroes. What is wrong goes to the
standard error, with the place in the table.
"""

from __future__ import annotations

from typing import Final

from core import endian, trap
from core.containers.storage import write
from core.object import TypeInfo
from core.text.buffer import TextBuffer
from core.world import hosted
from lang import Array, Slice, handled_class, truncate, u8, u32, u64
from lib.python import system
from modules.acpi.aml import (
    conversions,
    device_list,
    devices,
    namespace,
    places,
    printing,
    table_list,
)
from modules.acpi.aml.errors import AmlError, BadResource
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.machine import Limits, Machine
from modules.acpi.aml.memory_platform import MemoryPlatform
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import ARGUMENTS, LOCALS, Bytes, Kind, Slots, Value
from modules.acpi.firmware import arguments as words
from modules.acpi.resources import routing
from modules.acpi.resources import text as resource_text
from modules.acpi.tables.root import signature

STANDARD_INPUT: Final = 0
MOST_OPERATIONS: Final = 20_000_000
MOST_NESTED: Final = 1500
MOST_TICKS: Final = 300_000_000  # 30 s, of time that passes when AML looks at it
SIZE: Final = 1 << 23  # of a request, in bytes

CURRENT: Final[u32] = signature("_CRS")
POSSIBLE: Final[u32] = signature("_PRS")
ROUTING: Final[u32] = signature("_PRT")

TRACE: Final = 0x100  # in what a request asks for: show what happens, too

request: Array[u8, SIZE]


class HostPlatform(MemoryPlatform):
    """Memory in place of registers; errors, and what is traced, go to the standard error."""

    is_traced: bool

    def __init__(self, is_traced: bool) -> None:
        super().__init__()
        self.is_traced = is_traced

    def failed(self, machine: Machine) -> None:
        report(machine)

    def called(self, machine: Machine, node: Node, arguments: Slots) -> None:
        if not self.is_traced:
            return
        storage = Array[u8, 512]()
        out = TextBuffer(storage[:], flush_hook=hosted.write_error)
        printing.write_path(out, node)
        for index in range(u64(ARGUMENTS)):
            value = arguments.values[LOCALS + index]
            if value is not None:
                out.write(b" ")
                printing.write_value(out, value)
        out.write(b"\n")
        out.flush()

    def show(self, machine: Machine, value: Value) -> None:
        if not self.is_traced:
            return
        storage = Array[u8, 512]()
        out = TextBuffer(storage[:], flush_hook=hosted.write_error)
        out.write(b"Debug: ")
        printing.write_value(out, value)
        out.write(b"\n")
        out.flush()


def main() -> int:
    end = read_request()
    wanted = endian.load_u32(request[:], 0)
    count = endian.load_u32(request[:], 4)
    platform = HostPlatform(wanted & TRACE != 0)
    interpreter = Interpreter(platform, Limits(MOST_OPERATIONS, MOST_NESTED, MOST_TICKS))
    at: u64 = 8
    for _ in range(count):
        size = u64(endian.load_u32(request[:], at))
        keep(interpreter, request[at + 4 : at + 4 + size])
        at += 4 + size
    interpreter.load_kept()
    devices.initialise(interpreter)
    return answer(interpreter, wanted & ~u32(TRACE), request[at:end])


def read_request() -> u64:
    """Read all of the standard input; return how many bytes there are."""
    size: u64 = 0
    while True:
        count = system.read(u64(STANDARD_INPUT), request[size:])
        if count == 0:
            return size
        size += count


def keep(interpreter: Interpreter, table: Slice[u8]) -> None:
    """Hand in a table."""
    try:
        table_list.add(interpreter, table)
    except AmlError:
        hosted.write_error(b"a table makes no sense\n")


def answer(interpreter: Interpreter, wanted: u32, text: Slice[u8]) -> int:
    """Print what was asked for; return the exit status."""
    storage = Array[u8, 4096]()
    out = TextBuffer(storage[:], flush_hook=hosted.write_output)
    status = 0
    match wanted:
        case 0:
            print_all(out, interpreter, False)
        case 1:
            print_all(out, interpreter, True)
        case 2:
            evaluate_all(out, interpreter, text)
        case 4:
            show_resources(out, interpreter)
        case 5:
            device_list.write_all(out, interpreter)
        case _:
            status = call(out, interpreter, text)
    out.flush()
    return status


def print_all(out: TextBuffer, interpreter: Interpreter, has_values: bool) -> None:
    """Print a line for each name."""
    root = interpreter.root
    node = namespace.after(root, root)
    while node is not None:
        printing.write_path(out, node)
        out.write(b" ")
        out.write(printing.type_of(node).encode())
        if has_values and printing.has_data(node):
            out.write(b" ")
            printing.write_value(out, node.value)
        out.write(b"\n")
        node = namespace.after(node, root)


def evaluate_all(out: TextBuffer, interpreter: Interpreter, names: Slice[u8]) -> None:
    """Evaluate each name of a list, a line each: the name, a tab, the value or what is wrong."""
    start: u64 = 0
    for end in range(len(names)):
        if names[end] == ord("\n"):
            name = names[start:end]
            out.write(name)
            out.write(b"\t")
            evaluate(out, interpreter, name, Slots())
            out.write(b"\n")
            start = end + 1


def show_resources(out: TextBuffer, interpreter: Interpreter) -> None:
    """Print what each device uses and could use, and where the pins of each bus lead."""
    root = interpreter.root
    node = namespace.after(root, root)
    while node is not None:
        if node.name == CURRENT or node.name == POSSIBLE or node.name == ROUTING:
            show_resources_of(out, interpreter, node)
        node = namespace.after(node, root)


def show_resources_of(out: TextBuffer, interpreter: Interpreter, node: Node) -> None:
    """Print what one name says of resources, or what is wrong with it."""
    printing.write_path(out, node)
    out.write(b"\n")
    try:
        value = interpreter.evaluate(namespace.behind_alias(node), Slots())
        if node.name == ROUTING:
            routing.write_all(out, interpreter, value, "    ")
        elif isinstance(value, Bytes) and value.kind == Kind.BUFFER:
            resource_text.write_all(out, value.bytes(), b"    "[:])
        else:
            raise BadResource
    except AmlError:
        out.write(b"    E:")
        out.write(printing.class_name(trap.text_at(handled_class().cast(TypeInfo).name)))
        out.write(b"\n")
        report(interpreter)


def call(out: TextBuffer, interpreter: Interpreter, text: Slice[u8]) -> int:
    """Evaluate one name, with arguments on the lines behind it; return the exit status."""
    arguments = Slots()
    start: u64 = 0
    number: u64 = 0
    name = text[:0]
    for end in range(len(text)):
        if text[end] == ord("\n"):
            if number == 0:
                name = text[:end]
            elif number <= ARGUMENTS:
                arguments.values[LOCALS + number - 1] = words.argument(text[start:end])
            number += 1
            start = end + 1
    is_good = evaluate(out, interpreter, name, arguments)
    out.write(b"\n")
    return 0 if is_good else 1


def evaluate(out: TextBuffer, interpreter: Interpreter, name: Slice[u8], arguments: Slots) -> bool:
    """Print a value, or what is wrong; return whether there is one."""
    try:
        node = places.named(interpreter.root, conversions.string_of(name))
        printing.write_value(out, interpreter.evaluate(node, arguments))
        return True
    except AmlError:
        out.write(b"E:")
        out.write(printing.class_name(trap.text_at(handled_class().cast(TypeInfo).name)))
        report(interpreter)
        return False


def report(machine: Machine) -> None:
    """Print where the last error was."""
    trouble = machine.trouble
    reason = trouble.reason
    if not trouble.is_known or reason is None:
        return
    storage = Array[u8, 512]()
    out = TextBuffer(storage[:], flush_hook=hosted.write_error)
    if trouble.signature != 0:
        for shift in range(u32(0), u32(32), u32(8)):
            out.write_byte(truncate(u8, trouble.signature >> shift))
        write(out, f" {trouble.table}, offset {trouble.offset:#x}, in ")
    method = trouble.method
    printing.write_path(out, machine.root if method is None else method)
    out.write(b": ")
    out.write(printing.class_name(trap.text_at(reason.name)))
    out.write(b"\n")
    out.flush()
