from __future__ import annotations

from typing import Optional


def append_to(x: int, target: list[int] = []) -> list[int]:
    target.append(x)
    return target


def count(word: str, seen: dict[str, int] = {}) -> int:
    seen[word] = seen.get(word, 0) + 1
    return seen[word]


def make(n: int) -> list[int]:
    print("made", n)
    return [n]


def late(a: int, b: list[int] = make(3), *, c: int = 1) -> int:
    b.append(a)
    return len(b) + c


def plain(x, items=[(3, 4), (4, 5)]):
    return sum(a * b for a, b in items) + x


def safe(x: int, target: Optional[list[int]] = None) -> list[int]:
    if target is None:
        target = []
    target.append(x)
    return target


print(append_to(1), append_to(2), append_to(3, [9]), append_to(4))
print(count("a"), count("b"), count("a"))
print(late(1), late(2, c=10), late(3, [1]))
print(plain(1), plain(1, [(1, 1)]))
print(safe(1), safe(2))
f = append_to
print(f(7), list(map(append_to, [8]))[0])
