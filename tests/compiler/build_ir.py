"""Builds IR by hand, for tests of the passes that work on it.

    f = Building("add", [("a", I64), ("b", I64)], I64)
    f.ret(f.binary("add", f["a"], f["b"]))

Instructions go to the block that `at` chose last; a function starts in the block `entry`.
"""

from __future__ import annotations

from compiler import ir
from compiler.ir import I1, I64, PTR, REF, VOID, IRType, Value
from compiler.layout import Layout
from compiler.source import Span

PATH = "/home/somebody/sample.py"
DISPLAY_PATHS = {PATH: "sample.py"}


def span(line: int, column: int = 4) -> Span:
    return Span(PATH, line, column, line, column + 1)


def number(value: int, type: IRType = I64) -> ir.Constant:
    return ir.Constant(type, value)


NONE_REF = ir.Constant(REF, 0)


def symbol(name: str, type: IRType = PTR) -> ir.Symbol:
    return ir.Symbol(type, name)


def unit(*functions: ir.Function | Building, globals: list[ir.Global] | None = None) -> ir.Unit:
    made = [f.function if isinstance(f, Building) else f for f in functions]
    return ir.Unit("sample", PATH, made, globals or [])


class Building:
    """One function as it is being built."""

    def __init__(
        self,
        symbol: str,
        parameters: list[tuple[str, IRType]] | None = None,
        result: IRType = VOID,
        may_raise: bool | None = False,
        **words: object,
    ):
        values = [ir.Parameter(type, name) for name, type in parameters or []]
        type = ir.FunctionType(tuple(v.type for v in values), result, may_raise)
        self.function = ir.Function(symbol, type, values, span=span(1), **words)
        self.line = 1
        self.at("entry")

    def __getitem__(self, name: str) -> ir.Parameter:
        return next(p for p in self.function.parameters if p.name == name)

    def at(self, block: str | ir.Block, on_error: ir.Block | None = None) -> ir.Block:
        """Go on in this block, which is appended to the function's if it is not there yet."""
        if isinstance(block, str):
            block = ir.Block(block)
        if block not in self.function.blocks:
            self.function.blocks.append(block)
        if on_error is not None:
            block.on_error = on_error
        self.block = block
        return block

    def add(self, each: ir.Instruction) -> ir.Instruction:
        each.span = each.span or span(self.line)
        self.block.instructions.append(each)
        return each

    def local(self, name: str, type: IRType = PTR, **words: object) -> ir.Local:
        local = ir.Local(name, type, **words)
        self.function.locals.append(local)
        return local

    def storage(self, name: str, size: int, align: int = 8, **words: object) -> ir.Local:
        return self.local(name, PTR, storage=Layout(size, align), **words)

    # Values

    def binary(self, op: str, left: Value, right: Value, **flags: bool) -> Value:
        return self.add(ir.Binary(ir.Op(op), left, right, type=left.type, **flags))

    def compare(self, predicate: str, left: Value, right: Value) -> Value:
        return self.add(ir.Compare(ir.Predicate(predicate), left, right, type=I1))

    def convert(self, cast: ir.Cast, operand: Value, type: IRType) -> Value:
        return self.add(ir.Convert(cast, operand, type=type))

    def make(self, *items: Value) -> Value:
        return self.add(ir.Make(list(items), type=ir.aggregate(*(i.type for i in items))))

    def extract(self, aggregate: Value, index: int) -> Value:
        return self.add(ir.Extract(aggregate, index, type=aggregate.type.items[index]))

    def load(self, address: Value, type: IRType, **words: object) -> Value:
        return self.add(ir.Load(address, type=type, **words))

    def store(self, address: Value, value: Value, **words: object) -> None:
        self.add(ir.Store(address, value, **words))

    def offset(self, address: Value, offset: int) -> Value:
        return self.add(ir.Offset(address, offset, type=PTR))

    def get(self, local: ir.Local) -> Value:
        return self.add(ir.GetLocal(local, type=local.type))

    def set(self, local: ir.Local, value: Value) -> None:
        self.add(ir.SetLocal(local, value))

    def address(self, local: ir.Local) -> Value:
        return self.add(ir.LocalAddress(local, type=PTR))

    def call(
        self,
        callee: str | Value,
        arguments: list[Value] | None = None,
        result: IRType = VOID,
        may_raise: bool | None = False,
    ) -> Value:
        arguments = arguments or []
        type = ir.FunctionType(tuple(a.type for a in arguments), result, may_raise)
        callee = symbol(callee) if isinstance(callee, str) else callee
        return self.add(ir.Call(callee, type, arguments, type=result))

    def new(self, type_info: str = "sample.Thing:type", size: int = 32) -> Value:
        return self.add(ir.New(type_info, size, type=REF))

    def check(self, condition: Value, kind: str, *values: Value) -> None:
        self.add(ir.Check(condition, kind, list(values)))

    # Terminators

    def ret(self, value: Value | None = None) -> None:
        self.add(ir.Return(value))

    def branch(self, target: ir.Block) -> None:
        self.add(ir.Branch(target))

    def branch_if(
        self, condition: Value, then: ir.Block, other: ir.Block, likely: bool | None = None
    ) -> None:
        self.add(ir.BranchIf(condition, then, other, likely))

    def raise_(self, exception_class: str | Value, object: Value = NONE_REF) -> None:
        if isinstance(exception_class, str):
            exception_class = symbol(exception_class)
        self.add(ir.Raise(exception_class, object))
