"""Values of several types in one name: tests of their types, and what holds of each."""

from __future__ import annotations

from typing import Union, Optional

Number = Union[int, float]


def describe(value: Union[int, str, float, None]) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, int):
        return f"int {value + 1}"
    if isinstance(value, str):
        return f"str {value.upper()}"
    return f"float {value:.2f}"


def total(items: list[int | str]) -> int:
    result = 0
    for item in items:
        if isinstance(item, str):
            result += len(item)
        else:
            result += item
    return result


def add(a: Number, b: Number) -> Number:
    return a + b


def area(shape: dict[str, int | str]) -> None:
    for key, value in shape.items():
        print(key, value, type(value).__name__)


def kind(x: int | str | list[int]) -> str:
    match x:
        case int():
            return f"int {x + 1}"
        case str() as s:
            return f"str {s.upper()}"
        case list():
            return f"list of {len(x)}"


def main() -> None:
    for value in [1, "two", 3.5, None]:
        print(describe(value))
    items: list[int | str] = [1, "abc", 5]
    items.append("z")
    print(items, total(items))
    area({"name": "Ada", "age": 36})
    print(add(1, 2), add(1, 2.5), add(0.5, 1) * 2)
    print(kind(3), kind("x"), kind([1, 2]))
    mixed = {"a": 1, "b": "two", "c": 2.5}
    print(mixed, mixed["a"], mixed["a"] == 1, mixed["b"] == "x")
    seen: set[int | str] = {1, "1", 1}
    print(len(seen), 1 in seen, "2" in seen)
    best: Optional[Union[int, str]] = None
    print(best)
    best = "x"
    print(best, f"{best:>4}|")
    x: int | str = 5
    print(x)
    x = "now text"
    print(x, repr(x))
    for v in (1, "a", True):
        print(v, isinstance(v, int), isinstance(v, (int, str)))


if __name__ == "__main__":
    main()
