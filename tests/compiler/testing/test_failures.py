"""Every way in which target code can fail comes back as a Python exception that shows the line."""

from __future__ import annotations

import pytest

from compiler.testing import Native, native

SOURCE = """\
from __future__ import annotations

from lang import Array, Ptr, borrow, retain, u8, u64


class Thing:
    number: int

    def __init__(self, number: int) -> None:
        self.number = number


class Lost(Exception):
    pass


def bounds(index: u64) -> u8:
    table = Array[u8, 4]()
    return table[index]


def overflow(a: u8) -> u8:
    return a + 1


def divide(a: int, b: int) -> int:
    return a // b


def null(address: u64) -> u64:
    return Ptr[u8](address).address


def convert(a: int) -> u8:
    return u8(a)


def claim(a: int) -> None:
    assert a > 3


def expect(a: int) -> None:
    assert a > 3, "three is too few"


def wild(address: u64) -> u8:
    return Ptr[u8](address)[0]


def deep(n: int) -> int:
    return deep(n + 1) + 1


def forever() -> None:
    n = 0
    while True: n = n ^ 1


def freed() -> int:
    thing = Thing(3)
    kept = borrow(thing)
    del thing
    again = retain(kept)
    return again.number


def lost() -> None:
    raise Lost


def make(number: int) -> int:
    return Thing(number).number
"""

FAILURES = {
    "bounds(7)": ("IndexError", "return table[index]"),
    "overflow(255)": ("OverflowError", "return a + 1"),
    "divide(1, 0)": ("ZeroDivisionError", "return a // b"),
    "null(0)": ("ValueError", "return Ptr[u8](address).address"),
    "convert(300)": ("OverflowError", "return u8(a)"),
    "claim(1)": ("AssertionError", "assert a > 3"),
    "expect(1)": ("AssertionError", "three is too few"),
    "wild(4096)": ("WildPointer", "return Ptr[u8](address)[0]"),
    "deep(0)": ("StackOverflow", "return deep(n + 1) + 1"),
    "forever()": ("TimeLimitExceeded", "n = n ^ 1"),
    "freed()": ("RuntimeError", "again = retain(kept)"),
    "lost()": ("Lost", "raise Lost"),
}


@pytest.fixture(scope="module")
def module() -> Native:
    return native(SOURCE)


@pytest.mark.parametrize("call", FAILURES)
def test_a_failure_is_an_exception_that_shows_its_line(
    module: Native, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module._objects.guard, "time_limit_s", 0.5)
    name, line = FAILURES[call]
    with pytest.raises(Exception) as failure:
        eval(f"module.{call}", {"module": module})
    assert failure.type.__name__ == name
    assert line in str(failure.value)


def test_the_module_works_after_failures(module: Native) -> None:
    with pytest.raises(IndexError):
        module.bounds(4)
    assert module.bounds(3) == 0
    assert module.make(5) == 5


def test_an_allocation_fails_when_told_to_and_nothing_is_lost(module: Native) -> None:
    before = module.live_objects
    module.fail_allocation(1)
    with pytest.raises(MemoryError):
        module.make(5)
    assert module.make(6) == 6
    assert module.live_objects == before
