from __future__ import annotations

from functools import singledispatch, singledispatchmethod


class Shape:
    pass


class Circle(Shape):
    pass


@singledispatch
def describe(value) -> str:
    return f"something: {value}"


@describe.register
def _(value: int) -> str:
    return f"int {value}"


@describe.register
def _(value: bool) -> str:
    return f"bool {value}"


@describe.register(str)
def _(value) -> str:
    return f"str {value!r}"


@describe.register(list)
def _(value) -> str:
    return f"list of {len(value)}"


@describe.register
def describe_shape(value: Shape) -> str:
    return "a shape"


@describe.register
def _(value: Circle) -> str:
    return "a circle"


class Formatter:
    @singledispatchmethod
    def format(self, arg, width: int = 5):
        raise NotImplementedError(f"cannot format {arg}")

    @format.register
    def _(self, arg: int, width: int = 5):
        return str(arg).rjust(width)

    @format.register
    def _(self, arg: str, width: int = 5):
        return arg.ljust(width)


for thing in (1, "two", [1, 2, 3], 2.5, True):
    print(describe(thing))
print(describe(Circle()), describe(Shape()), describe_shape(Shape()))
f = Formatter()
print(f.format(3), f.format("x", 3) + "|")
try:
    f.format(2.5)
except NotImplementedError as e:
    print(e)
