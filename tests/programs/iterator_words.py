"""The module itertools."""

from __future__ import annotations

import itertools
from itertools import (
    accumulate,
    chain,
    combinations,
    count,
    cycle,
    groupby,
    permutations,
    product,
    repeat,
    zip_longest,
)

print(list(chain([1], (2, 3), range(4, 6))), list(chain.from_iterable([[1], [2, 3]])))
print(list(product([1, 2], "ab")), sum(1 for _ in product(range(3), range(4), "xy")))
for a, b in itertools.product([0, 1], [True, False]):
    print(a, b)
print(list(combinations([1, 2, 3], 2)), list(combinations("abcd", 3)))
print(list(permutations([1, 2, 3], 2)), len(list(permutations("abc", 3))))
print(list(accumulate([1, 2, 3, 4])), list(accumulate([2, 3, 4], lambda a, b: a * b)))
print(list(itertools.pairwise([1, 2, 3])), list(repeat("x", 3)))
for number in count(10, 5):
    if number > 20:
        break
    print(number)
print(list(zip(count(1), "ab")), list(itertools.islice(count(7), 3)), list(zip(count(), [5])))
turns = 0
for word in cycle(["a", "b"]):
    turns += 1
    print(word, end=" ")
    if turns == 5:
        break
print()
for key, group in groupby([1, 1, 2, 2, 1]):
    print(key, list(group))
for length, words in groupby(["a", "b", "cc", "dd", "e"], key=len):
    print(length, list(words))
print(list(zip_longest([1, 2, 3], [4], fillvalue=0)))
print(list(itertools.takewhile(lambda n: n < 3, [1, 2, 3, 1])))
print(list(itertools.dropwhile(lambda n: n < 3, [1, 2, 3, 1])))
print(list(itertools.filterfalse(lambda n: n % 2 == 0, range(5))))
print(list(itertools.starmap(lambda a, b: a * b, [(1, 2), (3, 4)])))
print(list(itertools.islice([1, 2, 3, 4], 2)), list(itertools.islice("abcdef", 2, 4)))
print(["".join(pair) for pair in product("ab", "cd")], max(combinations([3, 1, 2], 2)))
