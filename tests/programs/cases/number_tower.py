"""Numbers that are ints or floats, and arithmetic on them."""

from __future__ import annotations

from typing import Union

Number = Union[int, float]


def clamp(value: Number, low: Number, high: Number) -> Number:
    if value < low:
        return low
    return high if value > high else value


class Stats:
    def __init__(self) -> None:
        self.items: list[Number] = []

    def add(self, item: Number) -> None:
        if not isinstance(item, (int, float)):
            raise TypeError("a number is wanted")
        self.items.append(item)

    def total(self) -> Number:
        result: Number = 0
        for item in self.items:
            result += item
        return result

    def mean(self) -> float:
        return self.total() / len(self.items)


def calculate(op: str, a: Number, b: Number) -> Number:
    match op:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            if b == 0:
                raise ZeroDivisionError("division by zero")
            return a / b
        case "//":
            return a // b
        case "**":
            return a**b
        case _:
            raise ValueError(f"unknown operator {op!r}")


def rpn(text: str) -> Number:
    stack: list[Number] = []
    for token in text.split():
        if token in ("+", "-", "*", "/", "//", "**"):
            b, a = stack.pop(), stack.pop()
            stack.append(calculate(token, a, b))
        else:
            stack.append(float(token) if "." in token else int(token))
    (result,) = stack
    return result


def main() -> None:
    print(clamp(5, 1, 3), clamp(0.5, 1, 3), clamp(2, 1.5, 3))
    stats = Stats()
    numbers: list[Number] = [1, 2.5, 3]
    for item in numbers:
        stats.add(item)
    print(stats.items, stats.total(), stats.mean())
    for text in ("3 4 + 2 *", "7 2 /", "7 2 //", "2 10 **", "1.5 2 *", "1 0 /", "1 2 %"):
        try:
            print(text, "=", rpn(text))
        except (ZeroDivisionError, ValueError) as error:
            print(text, "->", error)
    print(-clamp(1, 0, 3), abs(clamp(-4, -9, 9)), float(clamp(2, 0, 3)), int(clamp(2.7, 0, 3)))
    print(sorted([3, 1, 2]), max(clamp(2, 0, 3), clamp(2.5, 0, 3)))


if __name__ == "__main__":
    main()
