"""Objects that are iterated by their __getitem__, and searched by iterating."""

from __future__ import annotations


class Sq:
    def __init__(self, n: int) -> None:
        self.n = n

    def __getitem__(self, i: int) -> int:
        if i >= self.n:
            raise IndexError(i)
        return i * i


s = Sq(4)
print([x for x in s], list(s), 9 in s, 5 in s, sum(s))
for i, v in enumerate(s):
    print(i, v)
a, b, c, d = s
print(a, b, c, d, max(s), sorted(s, reverse=True))
for x in s:
    for y in s:
        if y > x:
            break
    print(x, y)
print(list(zip(s, s)), dict(enumerate(s)), list(map(lambda v: v + 1, s)))


class Bag:
    def __init__(self, words: list[str]) -> None:
        self.words = words

    def __iter__(self):
        for w in self.words:
            print("asked", w)
            yield w


bag = Bag(["a", "b", "c"])
print("b" in bag, "z" in bag, "a" not in bag)
n = 0
while n * n in s:
    n += 1
print(n)
