"""The interpreter runs in the kernel, on the tables of the machine that it runs on."""

from __future__ import annotations

from typing import Final

from core import endian
from lang import Slice, u8, u64
from modules.acpi import kept
from modules.acpi.aml import devices, namespace, storage
from modules.acpi.aml.errors import TooDeep
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.machine import Limits
from modules.acpi.aml.memory_platform import MemoryPlatform
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Kind, Package, Slots

OPERATIONS = 1_000_000
DEPTH = 14  # for which the stack of a thread has room
TICKS = 300_000_000

# Method (SELF) { SELF() }
# Method (BOTH) { If (One) { While (One) { Return (Concatenate (BOTH(), BOTH())) } } }
# Method (NOTS) { Return (~ ~ … ~ Zero) }, 200 times
DEEP: Final = bytes.fromhex(
    "4453445419010000026854455354455254455354494e4720010000005445535401000000140a5345"
    "4c460053454c461417424f544800a01001a20d01a473424f5448424f54480014410d4e4f545300a4"
    "92929292929292929292929292929292929292929292929292929292929292929292929292929292"
    "92929292929292929292929292929292929292929292929292929292929292929292929292929292"
    "92929292929292929292929292929292929292929292929292929292929292929292929292929292"
    "92929292929292929292929292929292929292929292929292929292929292929292929292929292"
    "92929292929292929292929292929292929292929292929292929292929292929292929292929292"
    "00"
)


def load_all(interpreter: Interpreter) -> None:
    """Load what the firmware of this machine left."""
    for index in range(kept.count):
        table = kept.content(index)
        if table[:4] == b"DSDT" or table[:4] == b"SSDT":
            interpreter.load_new(table, index == 0)
    devices.initialise(interpreter)


def new_interpreter() -> Interpreter:
    return Interpreter(MemoryPlatform(), Limits(OPERATIONS, DEPTH, TICKS))


def test_the_machines_own_tables_are_loaded() -> None:
    interpreter = new_interpreter()
    load_all(interpreter)
    assert interpreter.load_errors == 0
    count = 0
    node: Node | None = interpreter.root
    while node is not None:
        value = node.value
        if value is not None and value.kind == Kind.DEVICE:
            count += 1
        node = namespace.after(node, interpreter.root)
    assert count > 20


def test_it_says_how_to_switch_off() -> None:
    interpreter = new_interpreter()
    load_all(interpreter)
    node = namespace.child(interpreter.root, endian.load_u32(b"_S5_"[:], 0))
    assert node is not None
    value = interpreter.evaluate(node, Slots())
    assert isinstance(value, Package)
    assert value.count == 4


def test_an_interpreter_gives_back_all_memory() -> None:
    before: u64 = storage.used
    interpreter = new_interpreter()
    load_all(interpreter)
    assert storage.used > before
    del interpreter
    assert storage.used == before


def test_terms_that_lie_too_deep_do_not_use_up_the_stack() -> None:
    interpreter = new_interpreter()
    interpreter.load_new(DEEP[:], True)
    assert is_too_deep(interpreter, b"SELF"[:])
    assert is_too_deep(interpreter, b"BOTH"[:])
    assert is_too_deep(interpreter, b"NOTS"[:])


def is_too_deep(interpreter: Interpreter, name: Slice[u8]) -> bool:
    node = namespace.child(interpreter.root, endian.load_u32(name, 0))
    assert node is not None
    try:
        interpreter.evaluate(node, Slots())
    except TooDeep:
        return True
    return False
