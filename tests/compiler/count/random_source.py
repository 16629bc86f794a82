"""Random functions in our language whose objects say when they end.

Each function notes what happens in a trace, objects their own end included; `run_SEED(n)` returns
how long the trace is, and `noted(i)` what is in it.
Left out is where CPython is meant to differ: a callee has no objects of its own that would end
before its arguments do, and no exception leaves a frame whose locals matter before it is caught.
"""

from __future__ import annotations

from random import Random

PRELUDE = """
ROOM = 4000

trace: Array[i64, ROOM] = Array[i64, ROOM]()
length: i64 = 0
kept: Noisy | None = None


def note(number: i64) -> None:
    global length
    if length < ROOM:
        trace[length] = number
        length += 1


def noted(index: i64) -> i64:
    return trace[index]


def finish() -> i64:
    global length, kept
    kept = None
    result = length
    length = 0
    return result


class Noisy:
    number: i64
    other: Noisy | None

    def __init__(self, number: i64) -> None:
        self.number = number
        self.other = None

    def __del__(self) -> None:
        note(self.number)

    def same(self) -> Noisy:
        return self

    def child(self) -> Noisy:
        other = self.other
        return self if other is None else other


class Scope:
    number: i64

    def __init__(self, number: i64) -> None:
        self.number = number

    def __enter__(self) -> Scope:
        note(self.number)
        return self

    def __exit__(self, *error: object) -> None:
        note(self.number)

    def __del__(self) -> None:
        note(self.number)


def made(number: i64) -> Noisy:
    return Noisy(number)


def same(x: Noisy) -> Noisy:
    return x


def first(x: Noisy, y: Noisy) -> Noisy:
    return x


def pair(x: Noisy, y: Noisy) -> tuple[Noisy, Noisy]:
    return y, x


def keep(x: Noisy) -> None:
    global kept
    kept = x


def fails(n: i64) -> i64:
    if n == 2:
        raise ValueError
    return n


def look(x: Noisy, y: Noisy) -> i64:
    return x.number - y.number


"""

NAMES = ("a", "b", "c")


class _Body:
    """Writes the body of one function."""

    def __init__(self, random: Random):
        self.random = random
        self.lines: list[str] = []
        self.indent = 1
        self.number = 10
        self.around = 0  # loops and tries around the statement: a name must have a value there

    def fresh(self) -> int:
        self.number += 1
        return self.number

    def line(self, text: str) -> None:
        self.lines.append("    " * self.indent + text)

    def choose(self, *choices: str) -> str:
        return self.random.choice(choices)

    def name(self) -> str:
        return self.choose(*NAMES)

    def object(self, depth: int = 0) -> str:
        """Return an expression that gives a Noisy."""
        if depth > 2:
            return self.choose(self.name(), f"made({self.fresh()})")
        below = depth + 1
        match self.random.randint(0, 9):
            case 0 | 1:
                return self.name()
            case 2 | 3:
                return f"made({self.fresh()})"
            case 4:
                return f"same({self.object(below)})"
            case 5:
                return f"{self.object(below)}.child()"
            case 6:
                return f"first({self.object(below)}, {self.object(below)})"
            case 7:
                return f"({self.object(below)} if {self.test()} else {self.object(below)})"
            case 8:
                return f"pair({self.object(below)}, {self.object(below)})[{self.choose('0', '1')}]"
        return f"{self.object(below)}.same()"

    def test(self) -> str:
        return f"n % {self.random.randint(2, 3)} == {self.random.randint(0, 1)}"

    def block(self, depth: int, count: int | None = None) -> None:
        self.indent += 1
        for _ in range(count or self.random.randint(1, 3)):
            self.statement(depth)
        self.indent -= 1

    def statement(self, depth: int) -> None:
        kinds = [self.assign, self.assign, self.store, self.call, self.unpack]
        if not self.around:
            kinds.append(self.rebind)
        if depth < 3:
            kinds += [self.if_, self.for_, self.try_, self.with_, self.leave]
        self.random.choice(kinds)(depth + 1)

    def assign(self, depth: int) -> None:
        self.line(f"{self.name()} = {self.object()}")

    def store(self, depth: int) -> None:
        value = self.choose("None", f"made({self.fresh()})")  # no cycles, which nobody would end
        self.line(f"{self.object()}.other = {value}")

    def call(self, depth: int) -> None:
        self.line(
            self.choose(
                f"note(look({self.object()}, {self.object()}))",
                f"keep({self.object()})",
                f"note({self.object()}.number)",
                f"note({self.fresh()})",
                f"note(fails(n) + look({self.object()}, {self.object()}))",
                f"note(look({self.object()}, {self.object()}) + fails(n))",
                self.object(),
            )
        )

    def unpack(self, depth: int) -> None:
        x, y = self.random.sample(NAMES, 2)
        self.line(f"{x}, {y} = pair({self.object()}, {self.object()})")

    def rebind(self, depth: int) -> None:
        name = self.name()
        self.line(f"del {name}")
        self.line(f"note({self.fresh()})")
        self.line(f"{name} = made({self.fresh()})")

    def if_(self, depth: int) -> None:
        self.line(f"if {self.test()}:")
        self.block(depth)
        if self.random.random() < 0.5:
            self.line("else:")
            self.block(depth)

    def for_(self, depth: int) -> None:
        self.line(f"for i{depth} in range(n % 4):")
        self.indent += 1
        if self.random.random() < 0.5:
            self.line(f"if i{depth} == {self.random.randint(0, 2)}:")
            self.line(f"    {self.choose('break', 'continue')}")
        self.indent -= 1
        self.around += 1
        self.block(depth)
        self.around -= 1

    def try_(self, depth: int) -> None:
        self.line("try:")
        self.around += 1
        self.block(depth)
        has_handler = self.random.random() < 0.7
        if has_handler:
            self.line("except ValueError:")
            self.block(depth)
        if not has_handler or self.random.random() < 0.3:
            self.line("finally:")
            self.block(3, 1)
        self.around -= 1

    def with_(self, depth: int) -> None:
        self.line(f"with Scope({self.fresh()}):")
        self.block(depth)

    def leave(self, depth: int) -> None:
        self.line(f"if {self.test()}:")
        self.line(f"    {self.choose(f'return {self.object()}', 'raise ValueError')}")


def source_of(seeds: range) -> str:
    """Return a module with a function `run_SEED(n)` for each seed."""
    parts = [PRELUDE]
    for seed in seeds:
        body = _Body(Random(seed))
        for name in NAMES:
            body.line(f"{name} = made({body.fresh()})")
        body.block(0, body.random.randint(2, 6))
        lines = [line[4:] if line.startswith("        ") else line for line in body.lines[3:]]
        parts.append(
            f"def body_{seed}(n: i64) -> Noisy:\n"
            + "\n".join(body.lines[:3] + lines)
            + "\n    return a\n\n\n"
            + f"def run_{seed}(n: i64) -> i64:\n"
            + "    try:\n"
            + f"        body_{seed}(n)\n"
            + "    except ValueError:\n"
            + "        pass\n"
            + "    return finish()\n\n\n"
        )
    return "".join(parts)
