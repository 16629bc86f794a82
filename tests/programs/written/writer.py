"""Programs at random: well-typed, they end, and none of their numbers leaves 64 bits.

A program is a prelude and some functions `case_N`, each of which prints what it computes; an exception that
leaves one is printed, too. What Python does not fix, such as the order of a set of text, is not printed.
Hypothesis draws them, so that a program which shows a difference is shrunk to a few lines.

    Writer       draws the statements of one function; knows its variables and how deep it is
    PRELUDE      the class, generator and functions that every program has
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
INT, FLOAT, STR, BOOL = "int", "float", "str", "bool"
INTS, STRS, COUNTS, NUMBERS, PAIR, POINT = (
    "list[int]",
    "list[str]",
    "dict[str, int]",
    "set[int]",
    "tuple[int, str]",
    "Point",
)
TYPES = (INT, INT, INT, STR, STR, BOOL, FLOAT, INTS, INTS, STRS, COUNTS, NUMBERS, PAIR, POINT)
DEEPEST = 2  # of expressions
LONGEST = 5  # statements in a row

PRELUDE = """\
from __future__ import annotations

from collections.abc import Iterator


class Refused(Exception):
    pass


class Point:
    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y

    def __add__(self, other: Point) -> Point:
        return Point(small(self.x + other.x), small(self.y - other.y))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point) and self.x == other.x and self.y == other.y

    def __lt__(self, other: Point) -> bool:
        return (self.x, self.y) < (other.x, other.y)

    def __bool__(self) -> bool:
        return self.x != 0

    def __len__(self) -> int:
        return abs(self.y) % 7

    def __repr__(self) -> str:
        return f"Point({self.x}, {self.y})"

    def moved(self, by: int = 1, *, down: int = 0) -> Point:
        return Point(small(self.x + by), small(self.y + down))


class Loud:
    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> Loud:
        print("enter", self.name)
        return self

    def __exit__(self, *error: object) -> None:
        print("exit", self.name)

    def __del__(self) -> None:
        print("del", self.name)


def small(n: int) -> int:
    return n if -100000 < n < 100000 else n % 1009


def short(s: str) -> str:
    return s if len(s) < 30 else s[-7:]


def note(name: str, value: int) -> int:
    print(name, end=" ")
    return value


def check(n: int) -> int:
    if n % 5 == 3:
        raise Refused(f"refused {n}")
    if n % 7 == 2:
        raise ValueError("bad " + str(n))
    return n


def count(n: int) -> Iterator[int]:
    for i in range(n % 5):
        yield i * n


"""


class Writer:
    """Draws one function."""

    def __init__(self, draw: Callable, number: int) -> None:
        self.draw = draw
        self.number = number
        self.lines: list[str] = []
        self.variables: list[tuple[str, str]] = []  # names and types of what has a value for sure
        self.counter = 0

    def function(self) -> str:
        self.lines.append(f"def case_{self.number}() -> None:")
        for type in self.sample([(INT, STR), (INT, INTS), (INTS, STRS), (COUNTS, INT)]):
            self.declare(1, type)
        self.block(1, loops=0)
        for name, type in self.variables:
            self.show(1, name, type)
        return "\n".join(self.lines) + "\n"

    # Drawing ----------------------------------------------------------------------------------

    def sample(self, choices: Sequence[T]) -> T:
        return self.draw(st.sampled_from(choices))

    def number_between(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def add(self, depth: int, line: str) -> None:
        self.lines.append("    " * depth + line)

    def fresh(self) -> str:
        self.counter += 1
        return f"v{self.counter}"

    def named(self, type: str) -> list[str]:
        return [name for name, of in self.variables if of == type]

    # Statements -------------------------------------------------------------------------------

    def block(self, depth: int, loops: int) -> None:
        """Add statements; what they declare is forgotten behind them unless this is the function."""
        known = len(self.variables)
        for _ in range(self.number_between(1, LONGEST if depth == 1 else 3)):
            self.statement(depth, loops)
        if depth > 1:
            del self.variables[known:]

    def statement(self, depth: int, loops: int) -> None:
        kinds = [self.declare, self.declare, self.assign, self.assign, self.change, self.output]
        if depth < 4:
            kinds += [self.branch, self.loop, self.attempt, self.held, self.closure, self.scan]
        if loops:
            kinds.append(self.jump)
        kind = self.sample(kinds)
        if kind in (self.branch, self.loop, self.attempt, self.held):
            kind(depth, loops)
        else:
            kind(depth)

    def declare(self, depth: int, type: str | None = None) -> None:
        type = type or self.sample(TYPES)
        value = self.kept(type)
        name = self.fresh()
        self.add(depth, f"{name}: {type} = {value}")
        self.variables.append((name, type))

    def assign(self, depth: int) -> None:
        if not self.variables:
            self.declare(depth)
            return
        name, type = self.sample(self.variables)
        if type == INT and self.draw(st.booleans()):
            operator = self.sample(["+", "-", "//", "%", "|", "^"])
            self.add(depth, f"{name} {operator}= {self.expression(INT)}")
            self.add(depth, f"{name} = small({name})")
        else:
            self.add(depth, f"{name} = {self.kept(type)}")

    def kept(self, type: str) -> str:
        """Return an expression whose value stays small."""
        value = self.expression(type)
        return {INT: f"small({value})", STR: f"short({value})"}.get(type, value)

    def change(self, depth: int) -> None:
        """Change a container in place."""
        containers = [each for each in self.variables if each[1] in (INTS, STRS, COUNTS, NUMBERS)]
        if not containers:
            self.declare(depth, INTS)
            return
        name, type = self.sample(containers)
        i, n, s = self.index(), self.expression(INT), self.expression(STR)
        item = f"small({n})" if type == INTS else f"short({s})"
        line = self.sample(
            {
                COUNTS: [
                    f"{name}[short({s})] = small({n})",
                    f"{name}.pop(short({s}), 0)",
                    f"del {name}[short({s})]",
                    f"{name}[short({s})] = {name}.get(short({s}), 0) + 1",
                    f"{name}.setdefault(short({s}), {i})",
                ],
                NUMBERS: [
                    f"{name}.add(small({n}))",
                    f"{name}.discard({n})",
                    f"{name}.remove({n})",
                    f"{name} |= {{{n} % 50}}",
                ],
            }.get(
                type,
                [
                    f"{name}.append({item})",
                    f"{name}[{i}] = {item}",
                    f"{name}.insert({i}, {item})",
                    f"{name}.pop({i})",
                    f"del {name}[{i}:{self.index()}]",
                    f"{name}[{i}:{self.index()}] = [{item}]",
                    f"{name}.sort()",
                    f"{name}.reverse()",
                    f"{name}.remove({item})",
                    f"{name} += [{item}]",
                ],
            )
        )
        self.add(depth, line)

    def output(self, depth: int) -> None:
        type = self.sample(TYPES)
        self.show(depth, self.expression(type), type)

    def show(self, depth: int, text: str, type: str) -> None:
        self.add(depth, f"print(sorted({text}))" if type == NUMBERS else f"print({text})")

    def branch(self, depth: int, loops: int) -> None:
        self.add(depth, f"if {self.expression(BOOL)}:")
        self.block(depth + 1, loops)
        if self.draw(st.booleans()):
            self.add(depth, f"elif {self.expression(BOOL)}:")
            self.block(depth + 1, loops)
        if self.draw(st.booleans()):
            self.add(depth, "else:")
            self.block(depth + 1, loops)

    def loop(self, depth: int, loops: int) -> None:
        if loops >= 2:
            self.assign(depth)
            return
        name = self.fresh()
        known = len(self.variables)
        source, type = self.sample(
            [
                (f"range({self.number_between(-2, 4)})", INT),
                (f"range({self.number_between(-2, 6)}, -3, -2)", INT),
                (f"{self.expression(INTS)}[:4]", INT),
                (f"{self.expression(STRS)}[-3:]", STR),
                (f"{self.expression(STR)}[:5]", STR),
                (f"sorted({self.expression(NUMBERS)})[:4]", INT),
                (f"count({self.expression(INT)})", INT),
                (f"list({self.expression(COUNTS)})[:4]", STR),
            ]
        )
        if self.draw(st.booleans()):
            self.add(depth, f"for {name} in {source}:")
            self.variables.append((name, type))
        else:
            other = self.fresh()
            self.add(depth, f"for {name}, {other} in enumerate({source}):")
            self.variables += [(name, INT), (other, type)]
        self.block(depth + 1, loops + 1)
        del self.variables[known:]
        if self.draw(st.booleans()):
            self.add(depth, "else:")
            self.block(depth + 1, loops)

    def scan(self, depth: int) -> None:
        """A loop over the places of lists and texts, and of what lies beyond their ends."""
        known = len(self.variables)
        for type in (INT, INTS, INTS, STR):
            self.declare(depth, type)
        total, place = self.sample(self.named(INT)), self.fresh()
        lists, texts = self.named(INTS), self.named(STR)
        start, stop = self.number_between(-2, 2), self.number_between(-1, 6)
        length = f"len({self.sample(lists + texts)})"
        bounds = self.sample([length, f"{start}, {length}", f"{start}, {length} - 1", f"{stop}"])
        self.add(depth, "try:")
        self.add(depth + 1, f"for {place} in range({bounds}):")
        for _ in range(self.number_between(1, 3)):
            xs, ys, a, b = (self.sample(each) for each in (lists, lists, texts, texts))
            at, other = (f"{place}{self.sample(['', '', ' + 1', ' - 1', ' + 2'])}" for _ in "ab")
            line = self.sample(
                [
                    f"{total} = ({total} * 31 + {xs}[{at}]) & 65535",
                    f"{ys}[{at}] = {xs}[{other}] ^ {total}",
                    f"{ys}.append({xs}[{at}] & 255)",
                    f"{ys}.append(({ys}[{at}] + {xs}[{other}]) & 1023)",
                    f"{total} ^= {a}[{at}] == {b}[{other}]",
                    f"{total} ^= ord({a}[{at}]) - {place}",
                    f"if {xs}[{at}] > {total}: {self.sample(['break', 'continue'])}",
                    f"if {total} % 3 == 0: {ys}.append({place})",
                    f"{place} += {total} & 1",
                ]
            )
            self.add(depth + 2, line)
        self.add(depth, "except IndexError as error:")
        self.add(depth + 1, "print('beyond', error)")
        self.add(depth, f"{total} = small({total})")
        self.add(depth, f"print({total}, {', '.join(sorted(set(lists)))})")
        for name in lists:
            self.add(depth, f"del {name}[9:]")
        if depth > 1:
            del self.variables[known:]

    def jump(self, depth: int) -> None:
        self.add(depth, f"if {self.expression(BOOL)}:")
        self.add(depth + 1, self.sample(["break", "continue"]))

    def attempt(self, depth: int, loops: int) -> None:
        self.add(depth, "try:")
        self.block(depth + 1, loops)
        if self.draw(st.booleans()):
            self.add(depth + 1, f"print(check({self.expression(INT)}))")
        handlers = self.sample(
            [[], ["ValueError"], ["Refused", "ValueError"], ["(KeyError, IndexError)", "Exception"]]
        )
        for caught in handlers:
            error = self.fresh()
            self.add(depth, f"except {caught} as {error}:")
            self.add(depth + 1, f"print('caught', type({error}).__name__, {error})")
            self.block(depth + 1, loops)
        if not handlers or self.draw(st.booleans()):
            self.add(depth, "finally:")
            self.add(depth + 1, f"print('finally', {self.expression(INT)})")

    def held(self, depth: int, loops: int) -> None:
        self.add(depth, f"with Loud({self.sample(['one', 'two'])!r}):")
        self.block(depth + 1, loops)
        if self.draw(st.booleans()):
            self.add(depth + 1, f"print(check({self.expression(INT)}))")

    def closure(self, depth: int) -> None:
        name = self.fresh()
        self.add(depth, f"def {name}(p: int, q: int) -> int:")
        known = list(self.variables)
        self.variables += [("p", INT), ("q", INT)]
        self.add(depth + 1, f"return {self.kept(INT)}")
        self.variables = known
        self.add(depth, f"print({name}({self.expression(INT)}, {self.expression(INT)}))")

    # Expressions ------------------------------------------------------------------------------

    def index(self) -> str:
        return str(self.number_between(-5, 5))

    def expression(self, type: str, depth: int = 0) -> str:
        names = self.named(type)
        if names and self.draw(st.booleans()):
            return self.sample(names)
        form = self.sample(FORMS[type]) if depth < DEEPEST else ""
        if not form:
            return self.literal(type)
        text = ""
        for piece in re.split(r"(\$[A-Za-z]|#)", form):
            if piece.startswith("$"):
                text += self.expression(PARTS[piece[1]], depth + 1)
            else:
                text += self.index() if piece == "#" else piece
        return text

    def literal(self, type: str) -> str:
        number = self.number_between
        words = ["''", "'a'", "'Bob'", "'x y'", "'é→'", "'12'"]
        match type:
            case "int":
                return str(number(-20, 20))
            case "float":
                return self.sample(["0.5", "-2.0", "3.25", "0.1", "1e10", "-0.0"])
            case "str":
                return self.sample(words)
            case "bool":
                return self.sample(["True", "False"])
            case "list[int]":
                return f"[{number(-9, 9)}, {number(-9, 9)}, {number(0, 3)}]"
            case "list[str]":
                return f"[{self.sample(words)}, {self.sample(words)}]"
            case "dict[str, int]":
                return f"{{{self.sample(words)}: {number(0, 9)}, 'k': {number(0, 9)}}}"
            case "set[int]":
                return f"{{{number(-9, 9)}, {number(0, 40)}}}"
            case "tuple[int, str]":
                return f"({number(-9, 9)}, {self.sample(words)})"
        return f"Point({number(-3, 3)}, {number(-9, 9)})"


PARTS = {
    "i": INT,
    "f": FLOAT,
    "s": STR,
    "b": BOOL,
    "L": INTS,
    "W": STRS,
    "D": COUNTS,
    "S": NUMBERS,
    "T": PAIR,
    "P": POINT,
}


# What gives each type: `$i` stands for an expression of a type, `#` for a small number, "" for a literal.
FORMS = {
    INT: [
        "($i + $i)",
        "($i - $i)",
        "(small($i) * small($i))",
        "($i // $i)",
        "($i % $i)",
        "($i & $i)",
        "($i >> ($i % 8))",
        "(small($i) << ($i % 6))",
        "-$i",
        "~$i",
        "abs($i)",
        "len($s)",
        "len($L)",
        "len($D)",
        "len($P)",
        "min($i, $i)",
        "max($L)",
        "sum($L)",
        "$L[#]",
        "$T[0]",
        "$P.x",
        "$s.find($s)",
        "$s.count($s)",
        "$D[$s]",
        "$D.get($s, $i)",
        "ord($s[#])",
        "int($s)",
        "($i if $b else $i)",
        "($i or $i)",
        "($i and $i)",
        "note('n', $i)",
        "int($b)",
        "divmod($i, $i)[1]",
        "sum(z * z % 11 for z in $L)",
        "check($i)",
        "round($f % 100.0)",
    ],
    FLOAT: [
        "($f + $f)",
        "($f - $f)",
        "($f * 0.5)",
        "($f / $f)",
        "($i / $i)",
        "float($i)",
        "($f // 1.5)",
        "($f % 2.5)",
        "abs($f)",
        "float($s)",
        "min($f, $f)",
        "round($f, 2)",
    ],
    STR: [
        "($s + $s)",
        "($s * ($i % 3))",
        "$s[#:#]",
        "$s[::-1]",
        "$s[#]",
        "str($i)",
        "str($L)",
        "repr($s)",
        "$s.upper()",
        "$s.replace($s, $s)",
        "$s.strip()",
        "$s.title()",
        "$s.zfill(4)",
        "'-'.join($W)",
        "$W[#]",
        "$T[1]",
        "'{}:{:>4}'.format($i, $i)",
        "('<%05d>' % $i)",
        "('%s|%x' % ($s, $i & 255))",
        "('%-4s|%+d' % ($b, $i))",
        "repr($P)",
        "($s if $b else $s)",
        "chr(97 + $i % 26)",
        "str($b)",
        "min($s, $s)",
        "str($T)",
    ],
    BOOL: [
        "$i < $i",
        "$i == $i",
        "($i <= $i < $i)",
        "$s < $s",
        "$s == $s",
        "$s in $s",
        "$i in $L",
        "$s in $D",
        "$i in $S",
        "not $b",
        "($b and $b)",
        "($b or $b)",
        "$L == $L",
        "$L < $L",
        "$P == $P",
        "$P < $P",
        "bool($P)",
        "bool($L)",
        "$T < $T",
        "$s.startswith($s)",
        "$s.isdigit()",
        "any(z > 0 for z in $L)",
        "all(z for z in $W)",
        "$f < $f",
        "$S <= $S",
        "$D == $D",
    ],
    INTS: [
        "($L + $L)",
        "$L[#:#]",
        "$L[::-1]",
        "$L[::2]",
        "sorted($L)",
        "sorted($L, reverse=True)",
        "[small(z + 1) for z in $L]",
        "[z for z in $L if z % 2]",
        "list(range(#, #))",
        "list(reversed($L))",
        "[$i, $i]",
        "list(count($i))",
        "list($D.values())",
        "sorted($S)",
        "[len(z) for z in $W]",
        "sorted($L, key=lambda z: (z % 3, -z))",
        "list(map(abs, $L))",
        "[a * b % 10 for a, b in zip($L, $L)]",
        "($L * 2)",
    ],
    STRS: [
        "$s.split()",
        "$s.split('a')",
        "list($s)",
        "sorted($W)",
        "[z.upper() for z in $W]",
        "[str(z) for z in $L]",
        "list($D)",
        "($W + $W)",
        "$W[#:]",
        "[z for z in $s]",
        "sorted($W, key=len)",
    ],
    COUNTS: [
        "{z: len(z) for z in $W}",
        "dict($D)",
        "($D | $D)",
        "{str(z): z for z in $L}",
        "{$s: $i}",
        "{k: v + 1 for k, v in $D.items() if v > 2}",
    ],
    NUMBERS: [
        "set($L)",
        "($S | $S)",
        "($S & $S)",
        "($S - $S)",
        "($S ^ $S)",
        "{z % 5 for z in $L}",
        "{$i % 30, $i % 30}",
    ],
    PAIR: ["($i, $s)", "($T if $b else $T)", "min($T, $T)", "($P.y, $s)"],
    POINT: [
        "($P + $P)",
        "Point($i % 100, $i % 100)",
        "$P.moved()",
        "$P.moved($i % 9, down=$i % 9)",
        "min($P, $P)",
    ],
}
for _forms in FORMS.values():
    _forms.append("")


@st.composite
def programs(draw: Callable, functions: int = 1) -> str:
    """Draw the source of a program of so many functions."""
    cases = [Writer(draw, number).function() for number in range(functions)]
    lines = ["def main() -> None:"]
    for number in range(functions):
        lines += [
            f"    print('case', {number})",
            "    try:",
            f"        case_{number}()",
            "    except Exception as error:",
            "        print('left by', type(error).__name__, error)",
        ]
    lines += ["", "", 'if __name__ == "__main__":', "    main()", ""]
    return PRELUDE + "\n\n".join([*cases, "\n".join(lines)])
