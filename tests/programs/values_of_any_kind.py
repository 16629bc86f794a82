from __future__ import annotations

from typing import Any


def kind(x: object) -> str:
    if isinstance(x, (int, float)) and not isinstance(x, bool):
        return "number"
    if isinstance(x, (list, tuple)):
        return "sequence"
    if x is None:
        return "none"
    return type(x).__name__


def only(x: int) -> str:
    if isinstance(x, str):
        return "text " + x
    return "int"


def show(values: dict[str, object]) -> None:
    for k, v in values.items():
        print(k, v)


print([kind(x) for x in (1, 2.5, True, "a", None, [1])])
print(only(3))
show({"a": 1, "b": "two"})


def describe(x: object) -> str:
    if isinstance(x, bool):
        return "bool"
    if isinstance(x, int):
        return f"int {x}"
    if isinstance(x, str):
        return f"str {x!r}"
    if isinstance(x, list):
        return f"list of {len(x)}"
    return "other"


for thing in [1, "a", True, 2.5, None, [2]]:
    print(describe(thing))
