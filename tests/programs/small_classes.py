from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from abc import ABC, abstractmethod
from typing import Optional, Union, Callable, TypeVar, Generic, Any

T = TypeVar("T")


class Stack(Generic[T]):
    def __init__(self) -> None:
        self._items: list[T] = []

    def push(self, item: T) -> None:
        self._items.append(item)

    def pop(self) -> T:
        if not self._items:
            raise IndexError("pop from empty stack")
        return self._items.pop()

    def peek(self) -> Optional[T]:
        return self._items[-1] if self._items else None

    def __len__(self) -> int:
        return len(self._items)

    def __bool__(self) -> bool:
        return bool(self._items)


class Op(Enum):
    ADD = auto()
    SUB = auto()
    MUL = auto()


@dataclass(frozen=True)
class Num:
    value: float


@dataclass(frozen=True)
class Bin:
    op: Op
    left: Expr
    right: Expr


Expr = Union[Num, Bin]


def evaluate(e: Expr) -> float:
    match e:
        case Num(v):
            return v
        case Bin(Op.ADD, l, r):
            return evaluate(l) + evaluate(r)
        case Bin(Op.SUB, l, r):
            return evaluate(l) - evaluate(r)
        case Bin(op, l, r) if op is Op.MUL:
            return evaluate(l) * evaluate(r)
        case _:
            raise TypeError(e)


class Shape(ABC):
    count = 0

    def __init__(self, name: str) -> None:
        self.name = name
        Shape.count += 1

    @abstractmethod
    def area(self) -> float: ...

    def __lt__(self, other: Shape) -> bool:
        return self.area() < other.area()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r}, {self.area():.2f})"


class Circle(Shape):
    def __init__(self, r: float) -> None:
        super().__init__("circle")
        self.r = r

    def area(self) -> float:
        return 3.14159 * self.r**2


class Rect(Shape):
    def __init__(self, w: float, h: float) -> None:
        super().__init__("rect")
        self.w, self.h = w, h

    def area(self) -> float:
        return self.w * self.h

    @property
    def is_square(self) -> bool:
        return self.w == self.h

    @classmethod
    def square(cls, s: float) -> Rect:
        return cls(s, s)

    @staticmethod
    def unit() -> "Rect":
        return Rect(1, 1)


class Vec:
    __slots__ = ("x", "y")

    def __init__(self, x: float, y: float) -> None:
        self.x = x
        self.y = y

    def __add__(self, o: Vec) -> Vec:
        return Vec(self.x + o.x, self.y + o.y)

    def __mul__(self, k: float) -> Vec:
        return Vec(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __eq__(self, o: object) -> bool:
        if not isinstance(o, Vec):
            return NotImplemented
        return (self.x, self.y) == (o.x, o.y)

    def __hash__(self) -> int:
        return hash((self.x, self.y))

    def __repr__(self) -> str:
        return f"Vec({self.x}, {self.y})"

    def __neg__(self) -> Vec:
        return Vec(-self.x, -self.y)

    def __abs__(self) -> float:
        return (self.x**2 + self.y**2) ** 0.5

    def __iter__(self):
        yield self.x
        yield self.y

    def __getitem__(self, i: int) -> float:
        return (self.x, self.y)[i]


@dataclass(order=True)
class Task:
    priority: int
    name: str = field(compare=False)
    tags: list[str] = field(default_factory=list, compare=False)


s: Stack[int] = Stack()
for n in range(3):
    s.push(n)
print(len(s), s.pop(), s.peek(), bool(s))
try:
    Stack[str]().pop()
except IndexError as e:
    print("error:", e)
print(evaluate(Bin(Op.ADD, Num(1), Bin(Op.MUL, Num(2), Num(3)))))
print(Bin(Op.ADD, Num(1), Num(2)))
shapes: list[Shape] = [Circle(1), Rect(2, 3), Rect.square(1.5), Rect.unit()]
print(sorted(shapes), Shape.count, max(shapes), Rect.square(2).is_square)
v = Vec(1, 2)
print(
    v + v,
    v * 2,
    2 * v,
    -v,
    abs(Vec(3, 4)),
    v == Vec(1, 2),
    v != Vec(2, 2),
    list(v),
    v[0],
    {v: 1}[Vec(1, 2)],
)
x, y = v
print(x, y)
tasks = [Task(3, "c"), Task(1, "a", ["x"]), Task(2, "b")]
print(sorted(tasks)[0], min(tasks).name)
print([op.name for op in Op], Op.ADD.value, Op["SUB"], Op(3))


def compose(*fs: Callable[[int], int]) -> Callable[[int], int]:
    def inner(x: int) -> int:
        for f in fs:
            x = f(x)
        return x

    return inner


print(compose(lambda x: x + 1, lambda x: x * 2)(5))


def make_counter() -> Callable[[], int]:
    n = 0

    def step() -> int:
        nonlocal n
        n += 1
        return n

    return step


c = make_counter()
c()
print(c(), c())


def kw(a: int, b: int = 2, *args: int, c: int = 3, **kwargs: int) -> str:
    return f"{a} {b} {args} {c} {kwargs}"


print(kw(1), kw(1, 5, 6, 7, c=8, z=9))


class Temp:
    def __init__(self) -> None:
        self._c = 0.0

    @property
    def f(self) -> float:
        return self._c * 9 / 5 + 32

    @f.setter
    def f(self, v: float) -> None:
        self._c = (v - 32) * 5 / 9


t = Temp()
t.f = 212
print(t._c, t.f)


class Ctx:
    def __enter__(self) -> "Ctx":
        print("enter")
        return self

    def __exit__(self, t, v, tb) -> bool:
        print("exit", t.__name__ if t else None, v)
        return True


with Ctx() as ctx:
    raise ValueError("boom")
print("done")


class MyErr(Exception):
    def __init__(self, code: int, msg: str) -> None:
        super().__init__(msg)
        self.code = code


try:
    try:
        raise KeyError("k")
    except KeyError as e:
        raise MyErr(5, "wrapped") from e
except MyErr as e:
    print(e.code, e, repr(e.__cause__))
