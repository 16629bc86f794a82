"""Arguments are evaluated in the order in which the source writes them, whatever they are called."""

from __future__ import annotations

import pytest

from compiler.testing import Native, native

SOURCE = """\
from __future__ import annotations

from dataclasses import dataclass

from lang import struct

log: int = 0


def note(n: int) -> int:
    global log
    log = log * 10 + n
    return n


def function(a: int, b: int) -> int:
    return a * 10 + b


class Base:
    def method(self, a: int, b: int) -> int:
        return a * 10 + b


class Derived(Base):
    def method(self, a: int, b: int) -> int:
        return a * 10 + b


@struct
class Fields:
    a: int
    b: int
    c: int = 9


@dataclass
class Data:
    a: int
    b: int
    c: int = 9


class Made:
    value: int

    def __init__(self, a: int, b: int) -> None:
        self.value = a * 10 + b


@struct
class MadeInPlace:
    value: int

    def __init__(self, a: int, b: int) -> None:
        self.value = a * 10 + b


def by_function() -> int:
    return function(b=note(1), a=note(2))


def by_virtual_method() -> int:
    one: Base = Derived()
    return one.method(b=note(1), a=note(2))


def by_fields() -> int:
    made = Fields(b=note(1), a=note(2))
    return made.a * 10 + made.b


def by_data() -> int:
    made = Data(b=note(1), a=note(2))
    return made.a * 10 + made.b


def by_constructor() -> int:
    return Made(b=note(1), a=note(2)).value


def by_constructor_in_place() -> int:
    made = MadeInPlace(b=note(1), a=note(2))
    return made.value
"""


@pytest.fixture(scope="module")
def module() -> Native:
    return native(SOURCE)


@pytest.mark.parametrize(
    "way",
    [
        "by_function",
        "by_virtual_method",
        "by_fields",
        "by_data",
        "by_constructor",
        "by_constructor_in_place",
    ],
)
def test_keywords_keep_the_order_of_the_source(module: Native, way: str) -> None:
    module.log = 0
    assert getattr(module, way)() == 21
    assert module.log == 12
