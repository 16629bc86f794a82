"""The writer of one function's text: names of values, blocks and slots, and the lines so far.

Temporaries are numbered in the order of the text, as LLVM demands. What comes out of line (traps)
is put off until all blocks are written.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler import ir
from compiler.emit.machine import leaves, scalar

if TYPE_CHECKING:
    from compiler.emit.debug import FunctionDebug
    from compiler.emit.unit import UnitWriter
    from compiler.source import Span

LIKELY = "!0"  # branch weights: then 100000 times as often as else
UNLIKELY = "!1"


class FunctionWriter:
    """Text of one function, as it is being written."""

    def __init__(self, unit: UnitWriter, function: ir.Function, debug: FunctionDebug | None):
        self.unit = unit
        self.function = function
        self.debug = debug
        self.lines: list[str] = []
        self.at = ""  # ", !dbg !N" of the instruction being written
        self.values: dict[ir.Value, str | tuple[str, ...]] = {}
        self.labels: dict[ir.Block, str] = {}
        self.slots: dict[ir.Local, tuple[str, ...]] = {}
        self.result_slots: list[str] = []  # one for each member of a struct to return
        self.return_label = ""
        self.call_results: dict[ir.Value, str] = {}  # the whole struct that a call returned
        self.call_errors: dict[ir.Value, str] = {}  # the class that a call raised, or null
        self.out_of_line: list[Callable[[], None]] = []
        self.defers_release = False  # in the block that is being written
        self.next_number = 0
        self.taken: dict[str, int] = {}

    # Names

    def unique(self, name: str) -> str:
        """Return `name`, or one like it that this function does not use yet."""
        count = self.taken.get(name, 0)
        self.taken[name] = count + 1
        if count:
            return self.unique(f"{name}.{count}")
        return name

    def temporary(self) -> str:
        number = self.next_number
        self.next_number = number + 1
        return f"%{number}"

    def label(self, block: ir.Block) -> str:
        return f"label %{self.unit.quoted(self.labels[block])}"

    # Operands

    def operand(self, value: ir.Value) -> str:
        """Return the text of a scalar operand, without its type."""
        known = self.values.get(value)
        if known is not None:
            return known
        if isinstance(value, ir.Constant):
            return constant(value.type, value.value)
        if isinstance(value, ir.Symbol):
            return self.unit.symbol(value.name)
        assert isinstance(value, ir.Undefined), f"{value} is used before it is defined"
        return "poison"

    def operands(self, value: ir.Value) -> tuple[str, ...]:
        """Return the texts of the leaves of an operand of any type."""
        known = self.values.get(value)
        if known is None:
            if not isinstance(value.type, ir.AggregateType):
                return (self.operand(value),)
            if isinstance(value, ir.Constant):
                return tuple(zero(leaf.llvm) for leaf in leaves(value.type))
            return tuple("poison" for _ in leaves(value.type))
        return (known,) if isinstance(known, str) else known

    def typed(self, value: ir.Value) -> str:
        """Return a scalar operand with its type."""
        return f"{scalar(value.type)} {self.operand(value)}"

    def typed_leaves(self, value: ir.Value) -> list[str]:
        pairs = zip(leaves(value.type), self.operands(value), strict=True)
        return [f"{leaf.llvm} {text}" for leaf, text in pairs]

    # Lines

    def line(self, text: str) -> None:
        self.lines.append(f"  {text}{self.at}")

    def define(self, value: ir.Value, text: str) -> None:
        """Write an instruction whose result is `value`."""
        name = self.temporary()
        self.values[value] = name
        self.lines.append(f"  {name} = {text}{self.at}")

    def compute(self, text: str) -> str:
        """Write an instruction and return the name of its result."""
        name = self.temporary()
        self.lines.append(f"  {name} = {text}{self.at}")
        return name

    def start_block(self, label: str) -> None:
        self.lines.append(f"{label}:")

    def location(self, span: Span | None) -> str:
        """Return the constant that says where `span` is."""
        return self.unit.location(self.function, span)


def constant(type: ir.IRType, value: float) -> str:
    """Return a number, or 0 for None, as LLVM writes it."""
    name = type.name
    if name == "i1":
        return "true" if value else "false"
    if name in ("ptr", "ref", "weak"):
        return "null" if value == 0 else f"inttoptr (i64 {value} to ptr)"
    if name == "f64" or name == "f32":
        number = value if name == "f64" else struct.unpack("f", struct.pack("f", value))[0]
        return f"0x{struct.pack('>d', number).hex().upper()}"
    return str(int(value))


def zero(llvm_type: str) -> str:
    """Return the zero of an LLVM scalar type."""
    if llvm_type == "ptr":
        return "null"
    if llvm_type == "i1":
        return "false"
    return "0.0" if llvm_type in ("float", "double") else "0"
