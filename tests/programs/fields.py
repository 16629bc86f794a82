"""Fields that only `__init__` declares: from parameters, values, annotations, and later stores."""

from __future__ import annotations


class Point:
    def __init__(self, x: int, y: int, tags: list[str]) -> None:
        self.x, self.y = x, y
        self.tags = tags
        self.name: str = f"p{x}"
        self.seen = False
        self.weight = x * 0.5
        self.half = x / 2
        self.key = chr(97 + x) * 3
        self.children: list[Point] = []
        self.corners = [x, y]
        self.names = {"x": x, "y": y}
        total = x + y
        self.total = total
        self.is_flat = y == 0

    def grow(self, by: int) -> Point:
        self.x += by
        self.corners.append(self.x)
        return self


class Named(Point):
    def __init__(self, name: str) -> None:
        super().__init__(1, 0, [name])
        self.name = name
        self.origin = Point(0, 0, [])


class Node:
    def __init__(self, value: int) -> None:
        self.value = value
        self.next = None

    def link(self, other: Node) -> None:
        self.next = other


class Chain:
    def __init__(self) -> None:
        self.first = None
        self.length = 0

    def push(self, value: int) -> None:
        node = Node(value)
        node.next = self.first
        self.first = node
        self.length += 1

    def sum(self) -> int:
        total = 0
        at = self.first
        while at is not None:
            total += at.value
            at = at.next
        return total


class Broken(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(f"code {code}")
        self.code = code


def main() -> None:
    point = Point(1, 2, ["a"])
    point.children.append(Point(3, 0, []))
    point.grow(4).grow(5)
    print(point.x, point.y, point.tags, point.name, point.seen, len(point.children))
    print(point.key, point.corners, point.names, point.total, point.is_flat)
    print(point.children[0].is_flat, point.weight > 0.25, point.half == 0.5)
    named = Named("n")
    print(named.name, named.tags, named.origin.name, named.is_flat)
    chain = Chain()
    for value in range(5):
        chain.push(value)
    print(chain.length, chain.sum())
    node = Node(7)
    node.link(Node(8))
    after = node.next
    print(after is not None and after.value == 8)
    try:
        raise Broken(3)
    except Broken as error:
        print(error, error.code)


if __name__ == "__main__":
    main()
