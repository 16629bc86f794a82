"""What a program's module runs becomes a function, and nothing is used before it has a value."""

from __future__ import annotations

import ast

import pytest

from compiler import module_body
from compiler.source import CompileError


def rewritten(text: str) -> str:
    return ast.unparse(module_body.with_run(ast.parse(text), "case.py"))


def refusal(text: str) -> str:
    with pytest.raises(CompileError) as raised:
        rewritten(text)
    diagnostic = raised.value.diagnostic
    return f"{diagnostic.span.line}: {diagnostic.message}"


def test_what_no_function_uses_is_local() -> None:
    assert rewritten("total = 0\nfor i in range(3):\n    total += i\nprint(total)") == (
        "def __run__() -> None:\n"
        "    total = 0\n"
        "    for i in range(3):\n"
        "        total += i\n"
        "    print(total)"
    )


def test_what_functions_use_and_never_changes_is_a_constant() -> None:
    text = "LIMIT = 2 + 1\ndef f() -> int:\n    return LIMIT\nprint(f())"
    assert rewritten(text) == (
        "LIMIT = 2 + 1\n\n"
        "def f() -> int:\n    return LIMIT\n\n"
        "def __run__() -> None:\n    print(f())"
    )


def test_what_functions_use_and_changes_is_a_variable_of_its_first_type() -> None:
    text = "n = [1]\ndef f() -> int:\n    return len(n)\nn = [2, 3]\nprint(f())"
    assert rewritten(text) == (
        "n: list[int]\n\n"
        "def f() -> int:\n    return len(n)\n\n"
        "def __run__() -> None:\n    global n\n    n = [1]\n    n = [2, 3]\n    print(f())"
    )


@pytest.mark.parametrize(
    ("imported", "call"),
    [
        ("import threading", "threading.Lock"),
        ("import threading as t", "t.Lock"),
        ("from threading import Lock", "Lock"),
        ("from fractions import Fraction as F", "F"),
    ],
)
def test_a_variable_may_be_an_object_of_the_library(imported: str, call: str) -> None:
    text = f"{imported}\nx = {call}()\ndef f() -> None:\n    print(x)\nf()"
    assert f"\nx: {call}\n" in rewritten(text)


def test_a_local_of_a_function_shares_nothing_with_the_module() -> None:
    text = "def f(n: int) -> int:\n    x = n\n    return x\nx = 'a'\nprint(x, f(1))"
    assert "global" not in rewritten(text)


def test_the_guard_of_main_runs_in_its_place() -> None:
    text = "if __name__ == '__main__':\n    print(1)\n    print(2)"
    assert rewritten(text) == "def __run__() -> None:\n    print(1)\n    print(2)"


@pytest.mark.parametrize(
    "text",
    [
        "if __name__ == '__main__':\n    main()",
        "import a\nSIZE = 3\nx: int = 0\nTABLE = (1, 2)\n'text'\nassert SIZE",
        "if TYPE_CHECKING:\n    import a",
    ],
)
def test_a_module_that_only_declares_runs_nothing_but_its_main(text: str) -> None:
    assert not module_body.runs(ast.parse(f"{text}\ndef main() -> None: ..."))
    assert module_body.runs(ast.parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "print(1)",
        "for i in range(3): pass",
        "x: list[int] = []\ndef main() -> None: ...",
        "x = [1, 2]\ndef main() -> None: ...",
        "a, *b = [1, 2]",
        "if __name__ == '__main__':\n    main()\n    main()",
    ],
)
def test_a_module_that_does_more_runs(text: str) -> None:
    assert module_body.runs(ast.parse(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "def f() -> int:\n    return n\nprint(f())\nn = 1\n",
            "3: 'n' may have no value yet, to which 'f' leads",
        ),
        (
            "def f() -> int:\n    return g()\ndef g() -> int:\n    return n\nf()\nn = 1\n",
            "5: 'n' may have no value yet, to which 'f' leads",
        ),
        (
            "f()\ndef f() -> None: ...\n",
            "1: 'f' may have no value yet",
        ),
        (
            "def f() -> int:\n    return n\nif f:\n    n = 1\n",
            "4: 'n' is used in functions, and may have no value there",
        ),
        (
            "def f() -> int:\n    return n\nn = unknown.value\n",
            "3: nothing here says what type 'n' has, which functions use",
        ),
        (
            "def f() -> None: ...\nf = 1\nprint(f)\n",
            "2: 'f' is defined a second time",
        ),
        (
            "class A:\n    def __del__(self) -> None: ...\ndef f() -> A:\n    return a\na = A()\n",
            "5: 'a' lives to the end of the program, without a '__del__' after it",
        ),
    ],
)
def test_refused(text: str, expected: str) -> None:
    assert refusal(text) == expected
