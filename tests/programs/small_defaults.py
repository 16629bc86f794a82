"""What stands in for what is missing: numbers for empty texts, nothing for a missing key; and ranges as arguments."""

from __future__ import annotations

import re
from collections import deque
from typing import Callable


def tail(items, count):
    return list(deque(items, maxlen=count))


def total(values):
    found = 0
    for each in values:
        found += each
    return found


class Box:
    def __init__(self, items):
        self.items = list(items)


def numbers(text: str) -> list[int]:
    return [int(part or 0) for part in text.split(",")]


def times(pattern: str, text: str) -> float:
    found = re.fullmatch(pattern, text)
    return float(found[2] or 2.5) if found else float(text or -1)


CALLBACKS: dict[str, list[Callable[[int], int]]] = {}
CALLBACKS.setdefault("a", []).append(lambda x: x + 1)
for key in ("a", "b"):
    for call in CALLBACKS.get(key, ()):
        print(key, call(2))
    print([call(5) for call in CALLBACKS.get(key, ())])

print(
    tail(range(10), 3),
    tail([1, 2], 1),
    total(range(5)),
    total([1, 2]),
    total({3, 4}),
    total((4, 5)),
)
print(Box(range(3)).items, Box([7]).items)
print(numbers("1,,3"), list(map(lambda text: int(text or -1), ["4", ""])))

for line in ("a12x", "a", "ax"):
    if m := re.match(r"a(\d+)?(?P<end>x)?", line):
        print(int(m[1] or 0), int(m.group(1) or "7"), m["end"] or "none", m.group("end") or "no")
for found in re.finditer(r"(\w)(\d)?", "a1 b"):
    print(found[1], int(found[2] or 0) + 1)
print(times(r"(\w)(\d)?", "x"), times(r"(\w)(\d)?", "x4"), times("a", ""))
