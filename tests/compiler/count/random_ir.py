"""Random functions in lowered IR, for the model to try `raise` and `count` on.

A function is made of statements over a few locals, some of the source and some of the compiler's,
and over two fields of its parameter. Every construct that holds references occurs: calls that may
raise inside and outside of a `try`, loops, `del`, tuples, views, storage, values used across others'
ends.
"""

from __future__ import annotations

from random import Random

from compiler import ir
from compiler.ir import I1, I64, PTR, REF, Cast, aggregate
from compiler.types import STR, U8, PointerType, SliceType
from tests.compiler.build_ir import NONE_REF, Building, number, symbol

PAIR = aggregate(REF, I64, REF)
VIEW = aggregate(PTR, I64)


class RandomFunction:
    """Builds one function; `built.function` is the result."""

    def __init__(self, random: Random):
        self.random = random
        parameters = [("self", REF), ("other", REF), ("flag", I1)]
        self.built = f = Building("sample.f", parameters, REF, may_raise=True)
        self.named = [f.local(name, REF, source_type=STR) for name in ("x", "y")]
        self.hidden = [f.local(name, REF) for name in ("h", "i")]
        self.pairs = [f.local("pair", PAIR, source_type=STR)]
        self.views = [
            f.local("view", VIEW, source_type=SliceType(U8)),
            f.local("raw", PTR, source_type=PointerType(U8)),
            f.local("hidden_view", VIEW),
        ]
        self.room = f.storage("room", 16, drop="sample.Room:drop")
        self.handlers: list[ir.Block] = []
        self.blocks = 0
        for local in self.named + self.hidden:
            f.set(local, NONE_REF)  # a local that may be read without being set is not lowered
        f.set(self.pairs[0], ir.Constant(PAIR, 0))
        for view in self.views:
            f.set(view, ir.Constant(view.type, 0))
        self.body(random.randint(1, 6), depth=0)
        if f.block.terminator is None:
            f.ret(self.reference())

    # Blocks

    def new_block(self, name: str) -> ir.Block:
        self.blocks += 1
        return ir.Block(f"{name}{self.blocks}")

    def enter(self, block: ir.Block) -> None:
        self.built.at(block)
        block.on_error = self.handlers[-1] if self.handlers else None

    def body(self, count: int, depth: int) -> None:
        for _ in range(count):
            if self.built.block.terminator is not None:
                return
            self.statement(depth)

    def statement(self, depth: int) -> None:
        kinds = [
            self.set_local,
            self.set_local,
            self.set_hidden,
            self.call,
            self.call,
            self.store,
            self.clear,
            self.set_pair,
            self.take_apart,
            self.set_view,
            self.use_view,
            self.use_room,
            self.use_across,
        ]
        if depth < 2:
            kinds += [self.branch, self.loop, self.try_, self.conditional, self.leave]
        self.random.choice(kinds)(depth)

    # Values

    def reference(self) -> ir.Value:
        """Return some reference."""
        f, choose = self.built, self.random.choice
        match self.random.randint(0, 8):
            case 0:
                return f[choose(("self", "other"))]
            case 1 | 2:
                return f.get(choose(self.named + self.hidden))
            case 3:
                return f.load(f.offset(self.holder(), choose((16, 24))), REF)
            case 4:
                return f.call("sample.make", [], REF, may_raise=choose((True, False)))
            case 5:
                return f.extract(f.get(self.pairs[0]), choose((0, 2)))
            case 6:
                then, other = self.reference(), self.reference()
                return f.add(ir.Select(f["flag"], then, other, type=REF))
            case 7:
                return f.convert(Cast.RETAIN, f.load(f.offset(f["self"], 32), PTR), REF)
        return NONE_REF

    def holder(self) -> ir.Value:
        """Return an object with fields."""
        if self.random.random() < 0.5:
            return self.built["self"]
        return self.built.get(self.random.choice(self.named))

    def raises(self) -> bool:
        return self.random.random() < 0.5

    # Statements

    def set_local(self, depth: int) -> None:
        self.built.set(self.random.choice(self.named), self.reference())

    def set_hidden(self, depth: int) -> None:
        self.built.set(self.random.choice(self.hidden), self.reference())

    def call(self, depth: int) -> None:
        arguments = [self.reference() for _ in range(self.random.randint(0, 2))]
        if self.random.random() < 0.2:
            arguments = [self.built.make(*arguments)] if arguments else []
        callee = self.random.choice(("sample.g", "sample.quiet"))
        may_raise = callee == "sample.g" and self.raises()
        self.built.call(callee, arguments, may_raise=may_raise)

    def store(self, depth: int) -> None:
        address = self.built.offset(self.holder(), self.random.choice((16, 24)))
        self.built.store(address, self.reference())

    def clear(self, depth: int) -> None:
        self.built.add(ir.ClearLocal(self.random.choice([*self.named, self.room])))

    def set_pair(self, depth: int) -> None:
        f = self.built
        if self.random.random() < 0.5:
            pair = f.make(self.reference(), number(1), self.reference())
        else:
            pair = f.call("sample.pair", [], PAIR, may_raise=self.raises())
        f.set(self.pairs[0], pair)

    def take_apart(self, depth: int) -> None:
        f = self.built
        pair = f.call("sample.pair", [], PAIR, may_raise=self.raises())
        for index in self.random.sample((0, 2), self.random.randint(0, 2)):
            f.set(self.random.choice(self.named), f.extract(pair, index))

    def set_view(self, depth: int) -> None:
        f, local = self.built, self.random.choice(self.views)
        pointer = f.load(f.offset(self.reference(), 16), PTR)
        f.set(local, pointer if local.type is PTR else f.make(pointer, number(1)))

    def use_view(self, depth: int) -> None:
        f = self.built
        f.call("sample.g", [f.get(self.random.choice(self.views))], may_raise=self.raises())

    def use_room(self, depth: int) -> None:
        f = self.built
        f.call("sample.fill", [f.address(self.room)], may_raise=self.raises())

    def use_across(self, depth: int) -> None:
        """Use a value behind something that may end it."""
        value = self.reference()
        self.random.choice((self.set_local, self.set_hidden, self.call, self.store))(depth)
        self.built.call("sample.g", [value], may_raise=self.raises())

    def branch(self, depth: int) -> None:
        then, other, done = (self.new_block(name) for name in ("then", "other", "done"))
        self.built.branch_if(self.built["flag"], then, other)
        for block in (then, other):
            self.enter(block)
            self.body(self.random.randint(0, 2), depth + 1)
            self.go_on(done)
        self.enter(done)

    def conditional(self, depth: int) -> None:
        """A hidden local set on both sides and used behind."""
        then, other, done = (self.new_block(name) for name in ("then", "other", "done"))
        local = self.random.choice(self.hidden)
        self.built.branch_if(self.built["flag"], then, other)
        for block in (then, other):
            self.enter(block)
            self.built.set(local, self.reference())
            self.go_on(done)
        self.enter(done)
        self.built.set(self.random.choice(self.named), self.built.get(local))

    def loop(self, depth: int) -> None:
        head, body, done = (self.new_block(name) for name in ("head", "body", "done"))
        self.go_on(head)
        self.enter(head)
        value = self.reference()
        self.built.branch_if(self.built["flag"], body, done)
        self.enter(body)
        self.body(self.random.randint(1, 3), depth + 1)
        self.go_on(head)
        self.enter(done)
        self.built.call("sample.quiet", [value])

    def try_(self, depth: int) -> None:
        f = self.built
        body, handler, done = (self.new_block(name) for name in ("try", "handler", "done"))
        self.go_on(body)
        self.handlers.append(handler)
        self.enter(body)
        self.body(self.random.randint(1, 3), depth + 1)
        self.handlers.pop()
        self.go_on(done)
        self.enter(handler)
        caught = f.add(ir.Caught(type=PTR))
        if self.random.random() < 0.5:
            object = f.add(ir.CaughtObject(type=REF))
            f.set(self.random.choice(self.named + self.hidden), object)
        self.body(self.random.randint(0, 2), depth + 1)
        if f.block.terminator is None and self.random.random() < 0.3:
            f.raise_(caught)
        self.go_on(done)
        self.enter(done)

    def leave(self, depth: int) -> None:
        f = self.built
        if self.random.random() < 0.5:
            f.ret(self.reference())
        else:
            f.raise_(symbol("builtins.ValueError:type"), self.reference())

    def go_on(self, block: ir.Block) -> None:
        if self.built.block.terminator is None:
            self.built.branch(block)


def random_function(seed: int) -> Building:
    """Return the function that belongs to a number."""
    return RandomFunction(Random(seed)).built
