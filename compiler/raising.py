"""Raise: puts in the tests after what may raise, and the ways out that an exception takes.

Before, lowered IR: `Block.on_error` names the handler of what is raised inside a block, Raise ends
blocks, handlers start with Caught. After, raised IR: errors are ordinary control flow.

    call x          ->      call x; branch on error: normal next, error edge
                    edge:   (trace;) the class and object go to the handler, or to the caller
                    next:   what followed
    new T           ->      the same with MemoryError, and stores of the header in `next`
    raise C         ->      (trace;) the class and object go to the handler, or to the caller
    check c, KIND   ->      where failed checks raise: branch c, next, else raise the exception of KIND
    Caught          ->      what the edges to this handler left in its two locals

All edges to the caller meet in one block, so that the releases on the way out exist once. A handler
that no edge leads to is removed, and with it what only it can reach.

Whether a function or callee may raise is known for the image as a whole (`effects`); it decides the
registers of results, so it is written into every function type here. A function that raises nothing
to its caller may still hold paths that seem to, such as the last `raise` of an `except` that
catches all there is; they end in a trap of the kind UNCAUGHT.

In checked builds each raise and each edge is a Trace, from which the traceback is made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compiler import ir
from compiler.backend.target import Build, Target
from compiler.ir import I1, I32, I64, PTR, REF, Block, Constant, Local, Symbol, Value
from compiler.trap import TrapKind

if TYPE_CHECKING:
    from compiler.effects.solve import Facts
    from compiler.source import Span

WEAK_COUNT = 4  # of an object's header
TYPE = 8


@dataclass(frozen=True)
class World:
    """What a target and a build decide about exceptions."""

    is_program: bool  # a failed check raises, and exceptions have objects; otherwise neither
    traces: bool

    @staticmethod
    def of(target: Target, build: Build | str) -> World:
        return World(is_program=not target.traps, traces=build == Build.CHECKED)


def raise_unit(unit: ir.Unit, facts: Facts, target: Target, build: Build | str) -> None:
    """Turn a lowered unit into a raised one."""
    world = World.of(target, build)
    unit.declared = {
        symbol: _settled(type, symbol, facts) for symbol, type in unit.declared.items()
    }
    for function in unit.functions:
        raise_function(function, facts, world)


def raise_function(function: ir.Function, facts: Facts, world: World) -> None:
    """Turn a lowered function into a raised one."""
    function.type = _settled(function.type, function.symbol, facts)
    _Raising(function, facts, world).run()


def _settled(type: ir.FunctionType, symbol: str | None, facts: Facts) -> ir.FunctionType:
    """Return the type with `may_raise` known. A callee without a name may raise."""
    if type.may_raise is not None:
        return type
    return replace(type, may_raise=symbol is None or symbol in facts.raising)


@dataclass
class _Target:
    """Where exceptions go, a handler or the block that returns them to the caller, and the locals
    by which they get there."""

    block: Block
    exception_class: Local
    object: Local | None  # None: exceptions have none


class _Raising:
    def __init__(self, function: ir.Function, facts: Facts, world: World):
        self.function = function
        self.facts = facts
        self.world = world
        self.handlers: dict[Block, _Target] = {}
        self.caller: _Target | None = None
        self.blocks: list[Block] = []  # of the result
        self.edges: list[Block] = []  # put behind all others
        self.names = {block.name for block in function.blocks}
        self.used: dict[str, int] = {}  # the last number behind a name
        self.replaced: dict[Value, Value] = {}
        self.span: Span | None = None
        self.block: Block  # that is being written
        self.on_error: Block | None  # of the block that is being read

    def run(self) -> None:
        for block in self.function.blocks:
            self.rewrite(block)
        if self.caller is not None:
            self.return_error(self.caller)
        self.function.blocks = self.blocks + self.edges
        self.remove_unreachable()
        if self.replaced:
            ir.replace_operands(self.function, self.replaced)

    def rewrite(self, block: Block) -> None:
        """Write a block and those that it is split into."""
        instructions, block.instructions = block.instructions, []
        self.on_error, block.on_error = block.on_error, None
        self.block, parts = block, 0
        self.blocks.append(block)

        for each in instructions:
            self.span = each.span
            following = self.instruction(each)
            if following is None:
                continue
            parts += 1
            following.name = self.unused_name(f"{block.name}.{parts}")
            self.blocks.append(following)
            self.block = following
            if isinstance(each, ir.New):
                self.make_header(each)

    def instruction(self, each: ir.Instruction) -> Block | None:
        """Write one instruction; return the block to go on in if this one has ended."""
        match each:
            case ir.Call():
                return self.call(each)
            case ir.New():
                return self.new(each)
            case ir.Check() if self.world.is_program and self.can_raise_here():
                return self.check(each)
            case ir.Raise():
                self.raise_(each)
            case ir.Caught() | ir.CaughtObject():
                self.caught(each)
            case _:
                self.block.instructions.append(each)
        return None

    # What may raise

    def can_raise_here(self) -> bool:
        return self.on_error is not None or self.function.type.may_raise

    def call(self, call: ir.Call) -> Block | None:
        symbol = call.callee.name if isinstance(call.callee, Symbol) else None
        call.function_type = _settled(call.function_type, symbol, self.facts)
        self.block.instructions.append(call)
        if call.silent or not call.function_type.may_raise:
            return None
        call.tail = False
        following, edge = Block(""), self.new_edge()
        self.add(ir.BranchOnError(call, following, edge))
        exception_class = self.add_to(edge, ir.CallError(call, type=PTR))
        object = _NO_OBJECT
        if self.world.is_program and self.can_raise_here():
            object = self.add_to(edge, ir.CallErrorObject(call, type=REF))
        self.pass_on(edge, exception_class, object)
        return following

    def new(self, new: ir.New) -> Block:
        self.block.instructions.append(new)
        following, edge = Block(""), self.new_edge(starts=True)
        self.add(ir.BranchOnError(new, following, edge))
        self.pass_on(edge, _class_of("MemoryError"), _NO_OBJECT)
        return following

    def make_header(self, new: ir.New) -> None:
        """Write the header of a new object: both counts 1, and its class."""
        one = Constant(I32, 1)
        for offset, value in ((0, one), (WEAK_COUNT, one), (TYPE, Symbol(PTR, new.type_info))):
            address = self.add(ir.Offset(new, offset, type=PTR))
            self.add(ir.Store(address, value, initialises=True))

    def check(self, check: ir.Check) -> Block:
        following, edge = Block(""), self.new_edge(starts=True)
        self.add(ir.BranchIf(check.condition, following, edge, likely=True))
        self.pass_on(edge, _class_of(TrapKind[check.kind].exception), _NO_OBJECT)
        return following

    def raise_(self, each: ir.Raise) -> None:
        if self.world.traces and not (self.world.is_program and _is_caught(each)):
            # What is raised again has a trace already, and its class is not a constant.
            self.add(ir.Trace(starts=isinstance(each.exception_class, Symbol)))
        self.pass_on(self.block, each.exception_class, each.object)

    def caught(self, each: ir.Caught | ir.CaughtObject) -> None:
        """Read what the edges left."""
        handler = self.handler(self.block)
        if isinstance(each, ir.Caught):
            local = handler.exception_class
        elif handler.object is None:
            self.replaced[each] = _NO_OBJECT
            return
        else:
            local = handler.object
        self.replaced[each] = self.add(ir.GetLocal(local, type=local.type))

    # Where it goes

    def pass_on(self, block: Block, exception_class: Value, object: Value) -> None:
        """End `block`: an exception goes from it to the handler or to the caller."""
        if not self.can_raise_here():
            as_number = ir.Convert(ir.Cast.POINTER_TO_INT, exception_class, type=I64)
            self.add_to(block, as_number)
            self.add_to(block, ir.Check(Constant(I1, 0), TrapKind.UNCAUGHT.name, [as_number]))
            self.add_to(block, ir.Unreachable())
            return
        target = self.to_caller() if self.on_error is None else self.handler(self.on_error)
        self.add_to(block, ir.SetLocal(target.exception_class, exception_class))
        if target.object is not None:
            self.add_to(block, ir.SetLocal(target.object, object))
        self.add_to(block, ir.Branch(target.block))

    def handler(self, block: Block) -> _Target:
        if block not in self.handlers:
            self.handlers[block] = self.new_target(block)
        return self.handlers[block]

    def to_caller(self) -> _Target:
        if self.caller is None:
            self.caller = self.new_target(Block(self.unused_name("raise")))
        return self.caller

    def new_target(self, block: Block) -> _Target:
        exception_class = Local(f"{block.name}.class", PTR)
        object = Local(f"{block.name}.object", REF) if self.world.is_program else None
        return _Target(block, exception_class, object)

    def return_error(self, caller: _Target) -> None:
        """Write the block that returns exceptions to the caller."""
        block, self.span = caller.block, self.function.span
        self.edges.append(block)
        exception_class = self.add_to(block, ir.GetLocal(caller.exception_class, type=PTR))
        object = _NO_OBJECT
        if caller.object is not None:
            object = self.add_to(block, ir.GetLocal(caller.object, type=REF))
        self.add_to(block, ir.ReturnError(exception_class, object))

    # Blocks

    def new_edge(self, starts: bool = False) -> Block:
        edge = Block(self.unused_name("error"))
        self.edges.append(edge)
        if self.world.traces:
            self.add_to(edge, ir.Trace(starts=starts))
        return edge

    def add(self, each: ir.Instruction) -> ir.Instruction:
        return self.add_to(self.block, each)

    def add_to(self, block: Block, each: ir.Instruction) -> ir.Instruction:
        each.span = self.span
        block.instructions.append(each)
        return each

    def unused_name(self, name: str) -> str:
        """Return a name for a block that no other has."""
        number, unused = self.used.get(name, 0), name
        while unused in self.names:
            number += 1
            unused = f"{name}.{number}"
        self.used[name] = number
        self.names.add(unused)
        return unused

    def remove_unreachable(self) -> None:
        reached, pending = set(), [self.function.blocks[0]]
        while pending:
            block = pending.pop()
            if block not in reached:
                reached.add(block)
                pending += block.terminator.successors()
        self.function.blocks = [block for block in self.function.blocks if block in reached]
        targets = [*self.handlers.values(), *([self.caller] if self.caller else [])]
        for target in targets:
            if target.block in reached:
                self.function.locals.append(target.exception_class)
                self.function.locals += [target.object] if target.object else []


def _is_caught(each: ir.Raise) -> bool:
    """True for an exception on its way on from a handler: CPython's traceback has no line for that."""
    return isinstance(each.exception_class, ir.Caught)


_NO_OBJECT = Constant(REF, 0)


def _class_of(exception: str) -> Symbol:
    return Symbol(PTR, ir.type_info_symbol(f"builtins.{exception}"))
