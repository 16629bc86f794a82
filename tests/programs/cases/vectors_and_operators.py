"""A class with every operator."""

from __future__ import annotations

import math
from collections.abc import Iterator


class Vector:
    def __init__(self, x: float, y: float) -> None:
        self.x = x
        self.y = y

    def __repr__(self) -> str:
        return f"Vector({self.x!r}, {self.y!r})"

    def __str__(self) -> str:
        return f"<{self.x:g}, {self.y:g}>"

    def __add__(self, other: Vector) -> Vector:
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other: Vector) -> Vector:
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, factor: float) -> Vector:
        return Vector(self.x * factor, self.y * factor)

    def __rmul__(self, factor: float) -> Vector:
        return self * factor

    def __truediv__(self, factor: float) -> Vector:
        return Vector(self.x / factor, self.y / factor)

    def __matmul__(self, other: Vector) -> float:
        return self.x * other.x + self.y * other.y

    def __neg__(self) -> Vector:
        return Vector(-self.x, -self.y)

    def __abs__(self) -> float:
        return math.hypot(self.x, self.y)

    def __bool__(self) -> bool:
        return self.x != 0 or self.y != 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vector) and self.x == other.x and self.y == other.y

    def __hash__(self) -> int:
        return hash((self.x, self.y))

    def __iter__(self) -> Iterator[float]:
        yield self.x
        yield self.y

    def __getitem__(self, index: int) -> float:
        if index in (0, -2):
            return self.x
        if index in (1, -1):
            return self.y
        raise IndexError(f"no component {index}")

    def __len__(self) -> int:
        return 2

    def __contains__(self, value: float) -> bool:
        return value in (self.x, self.y)

    def __call__(self, angle: float) -> Vector:
        return Vector(
            self.x * math.cos(angle) - self.y * math.sin(angle),
            self.x * math.sin(angle) + self.y * math.cos(angle),
        )

    def __iadd__(self, other: Vector) -> Vector:
        self.x += other.x
        self.y += other.y
        return self


def main() -> None:
    a, b = Vector(3.0, 4.0), Vector(1.0, -2.0)
    print(a + b, a - b, a * 2.0, 2.0 * a, a / 2.0, a @ b, -a, abs(a))
    print(repr(a), str(b), f"{a}", [a, b])
    print(bool(a), bool(Vector(0.0, 0.0)), a == Vector(3.0, 4.0), a != b)
    print(a[0], a[-1], len(a), 4.0 in a, 5.0 in a, list(a))
    try:
        print(a[2])
    except IndexError as error:
        print(error)
    same = a
    a += b
    print(a, same is a)
    turned = Vector(1.0, 0.0)(math.pi / 2)
    print(f"{turned.x:.3f} {turned.y:.3f}")
    x, y = b
    print(x, y, {Vector(1.0, 2.0): "v"}[Vector(1.0, 2.0)])
    total = Vector(0.0, 0.0)
    for each in [Vector(1.0, 1.0), Vector(2.0, 3.0)]:
        total = total + each
    print(total, sum(total), max(total))


if __name__ == "__main__":
    main()
