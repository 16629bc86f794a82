"""Tables changed at random, as fast as the machine goes: each is loaded, its devices are initialised, its names evaluated.

A case is its number and nothing else, so that one that fails can be had again alone.
"""

from __future__ import annotations

from typing import Final

from core.random import Random
from core.text.buffer import TextBuffer
from lang import Array, Slice, truncate, u8, u64, usize
from modules.acpi.aml import devices, namespace, printing, storage
from modules.acpi.aml.errors import AmlError, BadTable
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.machine import Limits
from modules.acpi.aml.memory_platform import MemoryPlatform
from modules.acpi.aml.values import Slots

HEADER: Final[usize] = 36
LENGTH_AT: Final[usize] = 4
LARGEST: Final = 65536
MOST_NAMES: Final = 40  # that one case evaluates
OPERATIONS: Final[u64] = 2000
DEPTH: Final[u64] = 100
TICKS: Final[u64] = 300_000_000

# Bytes that change the shape of what follows: packages, paths, operators, references, loops, buffers, fields.
SHAPES: Final = (
    b"\x00\x01\x06\x08\x0a\x0b\x0c\x0d\x0e\x10\x11\x12\x13\x14\x2e\x2f\x5c\x5e\x5b\x60\x61\x68\x6e\x70"
    b"\x71\x72\x73\x7c\x7d\x80\x81\x83\x84\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x92\x93\x95\x96"
    b"\x97\x98\x99\x9c\x9d\x9e\x9f\xa0\xa1\xa2\xa3\xa4\xa5\xcc\xff"
)

changed: Array[u8, LARGEST]
shown: Array[u8, LARGEST]
refused: u64  # tables, of all cases
failed: u64  # evaluations
succeeded: u64
locked: u64  # how often the global lock was taken


def counts() -> tuple[u64, u64, u64, u64]:
    """Return how many tables were refused as a whole, how many evaluations failed and succeeded, and how often the
    global lock was taken."""
    return refused, failed, succeeded, locked


def campaign(table: Slice[u8], first: u64, count: u64) -> u64:
    """Try cases; return how many ended as they have to: with values, or errors that have a place, and nothing left."""
    for number in range(first, first + count):
        if not goes_well(mutated(table, number)):
            return number - first
    return count


def mutated(table: Slice[u8], number: u64) -> Slice[u8]:
    """Return the table of a case: with bytes changed, pieces moved or taken out, cut off, or of a wrong length."""
    chance = Random(number)
    size = len(table)
    content = changed[:size]
    content.copy_from(table)
    for _ in range(1 + chance.below(6)):
        place = HEADER + chance.below(size - HEADER)
        match chance.below(6):
            case 0:
                content[place] = truncate(u8, chance.next())
            case 1:
                content[place] ^= u8(1) << truncate(u8, chance.below(8))
            case 2:
                content[place] = SHAPES[chance.below(len(SHAPES))]
            case 3:
                content[place] = content[HEADER + chance.below(size - HEADER)]
            case 4:
                move(content, place, HEADER + chance.below(size - HEADER), 1 + chance.below(40))
            case _:
                move(content, place, min(place + 1 + chance.below(16), size - 1), size)
    if chance.below(20) == 0:
        size = HEADER + chance.below(size - HEADER)
        for index in range(usize(4)):
            content[LENGTH_AT + index] = truncate(u8, size >> 8 * index)
    if chance.below(50) == 0:
        content[LENGTH_AT + chance.below(4)] = truncate(u8, chance.next())
    return changed[:size]


def move(content: Slice[u8], target: usize, source: usize, wanted: usize) -> None:
    """Have what is at one place at another, too, as far as there is room."""
    size = min(wanted, len(content) - max(target, source))
    for step in range(size):
        index = step if target < source else size - 1 - step
        content[target + index] = content[source + index]


def goes_well(table: Slice[u8]) -> bool:
    """Return whether everything that can be done with a table ends well, and gives all memory back."""
    is_well = uses(table)
    return is_well and storage.used == 0


def uses(table: Slice[u8]) -> bool:
    global refused, locked
    platform = MemoryPlatform()
    interpreter = Interpreter(platform, Limits(OPERATIONS, DEPTH, TICKS))
    try:
        interpreter.load_new(table, True)
    except (BadTable, MemoryError):
        refused += 1
        return not platform.has_lock
    try:
        devices.initialise(interpreter)
    except MemoryError:
        return not platform.has_lock
    is_well = evaluates(interpreter, platform)
    locked += platform.locked
    return is_well


def evaluates(interpreter: Interpreter, platform: MemoryPlatform) -> bool:
    """Evaluate names; return whether each error has a place, and none leaves the global lock taken."""
    global failed, succeeded
    node = namespace.after(interpreter.root, interpreter.root)
    for _ in range(MOST_NAMES):
        if node is None:
            break
        out = TextBuffer(shown[:])
        try:
            printing.write_path(out, node)
            printing.write_value(out, interpreter.evaluate(node, Slots()))
            succeeded += 1
        except AmlError:
            failed += 1
            if not interpreter.trouble.is_known:
                return False
        except MemoryError:
            failed += 1
        if platform.has_lock:
            return False
        node = namespace.after(node, interpreter.root)
    return True
