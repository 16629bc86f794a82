from __future__ import annotations

import itertools
from itertools import count, cycle, dropwhile, islice, takewhile


def naturals():
    n = 0
    while True:
        print("make", n)
        yield n
        n += 1


print(list(islice(naturals(), 3)))
print(list(islice(naturals(), 1, 3)))
print(list(islice(count(10, 5), 3)), list(islice(count(), 2, 9, 3)))
it = iter("abcdefgh")
print(list(islice(it, 2)), list(islice(it, 1, 4, 2)), list(it))
print(list(takewhile(lambda v: v < 3, naturals())))
print(list(islice(dropwhile(lambda v: v < 2, naturals()), 2)))
print(list(islice(cycle([1, 2, 3]), 7)))
print(list(islice([1, 2, 3], None)), list(islice("abc", 5)), list(islice(range(10), 0, None, 4)))
for x in islice(naturals(), 2):
    print(x)
for i, x in enumerate(takewhile(lambda v: v < 2, count())):
    print(i, x)
print([x for x in islice((a * a for a in count(1)), 4)], sum(islice(count(), 5)))
print(list(itertools.filterfalse(lambda v: v % 2 == 1, range(6))))
try:
    islice([1], -1)
except ValueError as e:
    print(e)
pairs = zip(cycle("ab"), range(5))
print(list(pairs))
