"""Each phrase becomes plainer words that say the same; what is none of them stays as it is."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from compiler.phrases import prepared, reworded


def plainer(source: str) -> str:
    return ast.unparse(reworded(ast.parse(source), True))


def printed(source: str) -> str:
    """What a program prints under CPython."""
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize(
    ("phrase", "plain"),
    [
        ('print("a", x, file=f)', "f.write(f'a {x}\\n')"),
        ("print(x, y)", "print(x, y)"),
        ("[a, *b, c]", "[a] + list(b) + [c]"),
        ("{*a, b}", "set(a) | {b}"),
        ('{**a, "k": v}', "dict(a) | {'k': v}"),
        ("[a, b]", "[a, b]"),
        ('"%d: %5.2f%%" % (a, b)', "f'{a:d}: {b:5.2f}%'"),
        ('"%s" % x', "f'{x!s}'"),
        ('"%-5s|%+d|%05d|%x" % (a, b, c, d)', "f'{a!s:<5}|{b:+d}|{c:05d}|{d:x}'"),
        ('"{} {name:>4}".format(a, name=b)', "f'{a} {b:>4}'"),
        ('"{0}{0}".format(x)', "f'{x}{x}'"),
        ('"{0.y[2]!r}".format(x)', "f'{x.y[2]!r}'"),
        ('format(a, ".2f")', "f'{a:.2f}'"),
        ("format(a)", "f'{a}'"),
        ("format(a, b)", "f'{a:{b}}'"),
        ('"{:>{w}}".format(a, w=b)', "f'{a:>{b}}'"),
        ('"%s %s" % pair', "f'{pair[0]!s} {pair[1]!s}'"),
        ('"%(a)s" % found', """f"{found['a']!s}\""""),
        ('F = "{}"\nF.format(a)', "F = '{}'\nf'{a}'"),
        ("import sys\nsys.exit()", "import sys\nraise SystemExit()"),
        ("import sys\nsys.exit(3)", "import sys\nraise SystemExit(3)"),
        (
            "import threading\nthreading.Thread(target=f, args=(x, y))",
            "import threading\nthreading.Thread(target=threading.bound_2(f, x, y), function='f')",
        ),
        (
            "from threading import Thread\nThread(group=None, target=a.f, name='n', kwargs={})",
            (
                "from threading import Thread, bound_0\n"
                "Thread(target=bound_0(a.f), name='n', function='f')"
            ),
        ),
        (
            (
                "import threading as t\nclass C(t.Thread):\n    def __init__(self) -> None:\n"
                "        super().__init__(target=lambda: 1)"
            ),
            (
                "import threading as t\n\nclass C(t.Thread):\n\n    def __init__(self) -> None:\n"
                "        super().__init__(target=t.bound_0(lambda: 1), function='<lambda>')"
            ),
        ),
        (
            "import threading\nthreading.Thread(name='n')",
            "import threading\nthreading.Thread(name='n')",
        ),
        (
            "import threading\nthreading.Thread(target=f, args=x)",
            "import threading\nthreading.Thread(target=f, args=x)",
        ),
        ("Thread(target=f, args=(x,))", "Thread(target=f, args=(x,))"),
        ("from typing import List\nx: List[int] = []", "pass\nx: list[int] = []"),
    ],
)
def test_a_phrase_in_plainer_words(phrase: str, plain: str) -> None:
    assert plainer(phrase) == plain


@pytest.mark.parametrize(
    "phrase",
    [
        '"%q" % a',  # no kind
        '"%d" % (a, b)',  # too many
        '"100%" % a',
        '"%*d" % (w, a)',
        '"{0}{0}".format(f())',  # it would be called twice
        '"{} {}".format(a)',
        '"{x}".format(a)',
        '"{".format(a)',
        '"{}".format(*a)',
        "text % a",
        "print(*xs, **more)",
    ],
)
def test_what_is_no_phrase_stays_for_the_checker(phrase: str) -> None:
    assert plainer(phrase) == ast.unparse(ast.parse(phrase))


PROGRAMS = {
    "displays": """
xs, ys, d = [1, 2], (3, 4), {"a": 1}
print([*xs, 0, *ys], [*xs], sorted({*xs, *ys, 9}), {**d, "b": 2, **{"a": 5}})
""",
    "formats": """
a, b, s = 7, -2.5, "x"
print("%d|%5d|%-5d|%05d|%+d|%x|%#x|%o" % (a, a, a, a, a, a, a, a))
print("%f|%.1f|%8.3f|%e|%g|%%" % (b, b, b, b, b))
print("%s|%5s|%-5s|%r|%.1s" % (s, s, s, s, "long"))
print("{0}|{1:>5}|{0!r}".format(a, s))
print("{{}}{}".format(s), format(b, ".2f"), format(a, "b"), format(s))
""",
    "enum": """
from enum import Enum

class Colour(Enum):
    RED = 1
    BLUE = 2

print(Colour.RED, repr(Colour.BLUE), Colour.RED.name, Colour.BLUE.value, Colour.RED == Colour.RED)
print([each.name for each in Colour], Colour(2).name, Colour["RED"].value)
""",
    "shared attributes": """
class Counted:
    made = 0

    def __init__(self) -> None:
        Counted.made += 1

Counted()
Counted()
print(Counted.made)
""",
    "cache": """
from functools import cache

@cache
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)

print(fib(30), fib(30))
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_plainer_words_print_the_same(name: str) -> None:
    assert printed(plainer(PROGRAMS[name])) == printed(PROGRAMS[name])


def test_a_union_of_values_becomes_a_class_for_each_type() -> None:
    made = plainer("def f(x: int | str | None) -> None: ...")
    assert "class int_or_str(ABC):" in made
    assert "class int_or_str__int(int_or_str):" in made
    assert "class int_or_str__str(int_or_str):" in made
    assert "def f(x: int_or_str | None)" in made


def test_a_union_that_holds_itself_has_the_name_of_its_alias() -> None:
    made = plainer("Tree = Union[int, list['Tree']]\ndef f(x: Tree) -> None: ...")
    assert "value: list['Tree']" in made
    assert "Tree =" not in made


def test_a_union_with_a_type_variable_stays() -> None:
    source = "T = TypeVar('T')\n\ndef f(x: T | int) -> None:\n    ..."
    assert plainer(source) == source


CLASSES = """
class Shape:
    sides = 0
    def __init__(self, size):
        self.size = size
    @classmethod
    def unit(cls):
        return cls(1)

class Circle(Shape):
    pass

class Square(Shape):
    sides = 4

kinds = {"circle": Circle, "square": Square}
for kind in kinds.values():
    made = kind(size=3)
    print(kind.__name__, kind.sides, type(made).__name__, made.size, kind is Square)
    print(type(kind.unit()).__name__, issubclass(kind, Shape), issubclass(kind, Circle))
print(isinstance(made, (Circle, Square)), issubclass(Circle, Square))
"""


def test_an_object_stands_for_a_class_that_is_a_value() -> None:
    made = ast.unparse(prepared(ast.parse(CLASSES)))
    assert "{'circle': Circle__class(0), 'square': Circle__class(1)}" in made
    assert "isinstance(made, (Circle, Square))" in made
    assert printed(made) == printed(CLASSES)


def test_classes_that_are_types_or_callables_stay() -> None:
    source = (
        "class A:\n    pass\n\ndef f(x: dict[str, A], y: tuple[A, A], z: Callable[[A], int]) -> None:\n"
        "    made: dict[str, Callable[[], A]] = {'a': A}\n    print(map(A, x))"
    )
    assert ast.unparse(prepared(ast.parse(source))) == source


@pytest.mark.parametrize(
    ("source", "made"),
    [
        (
            "f = {'+': operator.add, 'max': max}",
            "f = {'+': lambda a, b: a + b, 'max': lambda a, b: max(a, b)}",
        ),
        ("reduce(max, xs)", "reduce(lambda a, b: max(a, b), xs)"),
        ("f = min\nf(1, 2, 3)", "f = lambda a, b, c: min(a, b, c)\nf(1, 2, 3)"),
        ("from operator import mul\ng(mul)", "from operator import mul\ng(lambda a, b: a * b)"),
        ("map(max, xs)", "map(max, xs)"),
        ("max = 3\nf(max)", "max = 3\nf(max)"),
    ],
)
def test_functions_of_python_are_lambdas_where_a_value_stands(source: str, made: str) -> None:
    assert ast.unparse(prepared(ast.parse(source))) == made


def test_classes_that_hide_what_they_derive_from_are_no_loop() -> None:
    """Python's own is meant; the checker says that there is no such thing here."""
    for source in (
        "class KeyError(KeyError, ValueError):\n    pass",
        "class A(B, KeyError): ...\nclass B(A, ValueError): ...",
        "class Exception(Exception):\n    def __init__(self, *args):\n        super().__init__(*args)",
    ):
        prepared(ast.parse(source))
