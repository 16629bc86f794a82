"""The IR as text, for `--emit ir` and for tests.

Values are numbered in order of appearance; spans are left out unless source lines are wanted, which
then stand as comments above the instructions that they became.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from compiler.ir import (
    VOID,
    Block,
    Call,
    Constant,
    Function,
    FunctionType,
    Global,
    Instruction,
    Local,
    Parameter,
    Symbol,
    Undefined,
    Unit,
    Value,
    own_fields,
)

SourceLine = Callable[[str, int], str]


def unit_text(unit: Unit, source_line: SourceLine | None = None) -> str:
    """Return the whole unit. `source_line(path, line)` gives the text for comments."""
    parts = [_global_text(each) for each in unit.globals]
    parts += [function_text(each, source_line) for each in unit.functions]
    return "\n".join(parts)


def function_text(function: Function, source_line: SourceLine | None = None) -> str:
    return _FunctionText(function, source_line).text()


def _global_text(each: Global) -> str:
    kind = "constant" if each.constant else "variable"
    content = "zero" if each.content is None else ", ".join(map(_piece_text, each.content))
    return f"{kind} @{each.symbol}: {each.size} bytes, align {each.align} = {content}"


def _piece_text(piece: bytes | tuple[str, int]) -> str:
    if isinstance(piece, bytes):
        return piece.hex() or "-"
    symbol, addend = piece
    return f"@{symbol}" + (f"+{addend}" if addend else "")


class _FunctionText:
    def __init__(self, function: Function, source_line: SourceLine | None):
        self.function = function
        self.source_line = source_line
        self.numbers: dict[int, str] = {}
        self.line = 0

    def text(self) -> str:
        function = self.function
        parameters = ", ".join(f"%{p.name}: {p.type}" for p in function.parameters)
        lines = [f"function @{function.symbol}({parameters}) -> {_result_text(function.type)}"]
        for local in function.locals:
            held = f"{local.storage.size} bytes" if local.storage else str(local.type)
            at = "" if local.frame_offset is None else f", in the frame at {local.frame_offset}"
            lines.append(f"  local {local.name}: {held}{at}")
        for block in function.blocks:
            lines += self.block_lines(block)
        return "\n".join(lines) + "\n"

    def block_lines(self, block: Block) -> list[str]:
        handler = f"  ; on error: {block.on_error.name}" if block.on_error else ""
        lines = [f"{block.name}:{handler}"]
        for each in block.instructions:
            lines += self.comment(each)
            lines.append("    " + self.instruction(each))
        return lines

    def comment(self, each: Instruction) -> list[str]:
        if self.source_line is None or each.span is None or each.span.line == self.line:
            return []
        self.line = each.span.line
        return [f"  # {self.line}: {self.source_line(each.span.path, self.line).strip()}"]

    def instruction(self, each: Instruction) -> str:
        words = [type(each).__name__.lower()]
        for name in own_fields(type(each)):
            value = getattr(each, name)
            is_default = value is None or value is False or value == ""
            if name == "part":  # a hint for LLVM
                continue
            if not is_default and not (name == "align" and value == 0):
                words.append(self.operand(name, value))
        may_raise = isinstance(each, Call) and each.function_type.may_raise and not each.silent
        if isinstance(each, Call):
            words = ["call", f"{self.value(each.callee)}({self.values(each.arguments)})"]
        text = " ".join(words)
        if each.type is VOID and not may_raise:
            return text
        number = self.numbers.setdefault(id(each), f"%{len(self.numbers)}")
        return f"{number} = {text}: {each.type}{' raises' if may_raise else ''}"

    def operand(self, name: str, value: object) -> str:
        if isinstance(value, Value):
            return self.value(value)
        if isinstance(value, Block | Local):
            return value.name
        if isinstance(value, Enum):
            return str(value.value)
        if value is True:
            return name
        if isinstance(value, list):
            return f"[{self.values(value)}]"
        return str(value)

    def values(self, values: list) -> str:
        return ", ".join(self.listed(value) for value in values)

    def listed(self, value: object) -> str:
        if isinstance(value, tuple):
            return f"{value[0]} -> {value[1].name}"
        return self.value(value)

    def value(self, value: Value) -> str:
        match value:
            case Constant():
                return f"{value.value}"
            case Symbol():
                return f"@{value.name}"
            case Parameter():
                return f"%{value.name}"
            case Undefined():
                return "undefined"
        return self.numbers.get(id(value), "%?")


def _result_text(type: FunctionType) -> str:
    return f"{type.result} raises" if type.may_raise else str(type.result)
