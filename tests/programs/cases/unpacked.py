"""Unpacking, with stars, nested and swapped."""

from __future__ import annotations


def pair() -> tuple[int, str]:
    return 7, "seven"


def total(*values: int, scale: int = 1, **named: int) -> int:
    return (sum(values) + sum(named.values())) * scale


def main() -> None:
    a, b = 1, 2
    a, b = b, a + b
    print(a, b)
    first, *rest = [1, 2, 3]
    *start, last = "xyz"
    head, *middle, tail = range(6)
    print(first, rest, start, last, head, middle, tail)
    (x, y), z = (1, 2), 3
    [p, q] = [x + y, z]
    print(p, q)
    number, word = pair()
    print(number, word)
    for index, (key, value) in enumerate({"a": 1, "b": 2}.items()):
        print(index, key, value)
    print([*range(3), *[9, 9]], {**{"a": 1}, "b": 2, **{"a": 3}}, {*[1, 2], *[2, 3]})
    print(
        total(1, 2, 3),
        total(*[1, 2], scale=10),
        total(1, a=2, b=3),
        total(*[0, 1, 2], **{"x": 100}),
    )
    values = [1, 2, 3, 4]
    values[0], values[-1] = values[-1], values[0]
    print(values)
    try:
        one, two = [1, 2, 3][:3] if len(values) > 3 else [1, 2]
        print(one, two)
    except ValueError as error:
        print(error)
    try:
        one, two, *many = [1][:1]
        print(one, two, many)
    except ValueError as error:
        print(error)


if __name__ == "__main__":
    main()
