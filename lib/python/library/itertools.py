"""Python's module itertools, for programs, as far as the types of its tuples are known.

A call with so many arguments, or such a number, is that of a function of its own here
(compiler/phrases/iterator_words.py): `product(a, b)` calls `product_2`. `islice(it, 3)` and its like are given `iter(it)`.

Source: Python Library Reference, module itertools.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")
K = TypeVar("K")


def count(start: int = 0, step: int = 1) -> Iterator[int]:
    """Give numbers without end."""
    number = start
    while True:
        yield number
        number += step


def cycle(iterable: list[T]) -> Iterator[T]:
    """Give the items again and again, without end if there are any."""
    while iterable:
        yield from iterable


def repeat_1(value: T) -> Iterator[T]:
    """Give a value without end."""
    while True:
        yield value


def repeat_2(value: T, times: int) -> Iterator[T]:
    for _ in range(times):
        yield value


def accumulate_1(iterable: list[T]) -> Iterator[T]:
    """Give the sums of the first items, of the first one on."""
    if iterable:
        total = iterable[0]
        yield total
        for index in range(1, len(iterable)):
            total = total + iterable[index]
            yield total


def accumulate_2(iterable: list[T], func: Callable[[T, T], T]) -> Iterator[T]:
    """As accumulate_1, with another function in the place of addition."""
    if iterable:
        total = iterable[0]
        yield total
        for index in range(1, len(iterable)):
            total = func(total, iterable[index])
            yield total


def pairwise(iterable: list[T]) -> Iterator[tuple[T, T]]:
    for index in range(1, len(iterable)):
        yield iterable[index - 1], iterable[index]


def takewhile(predicate: Callable[[T], bool], iterable: Iterator[T]) -> Iterator[T]:
    for item in iterable:
        if not predicate(item):
            break
        yield item


def dropwhile(predicate: Callable[[T], bool], iterable: Iterator[T]) -> Iterator[T]:
    drops = True
    for item in iterable:
        drops = drops and predicate(item)
        if not drops:
            yield item


def filterfalse(predicate: Callable[[T], bool], iterable: Iterator[T]) -> Iterator[T]:
    for item in iterable:
        if not predicate(item):
            yield item


def starmap(function: Callable[[T, U], V], iterable: list[tuple[T, U]]) -> Iterator[V]:
    for first, second in iterable:
        yield function(first, second)


def compress(data: list[T], selectors: list[bool]) -> Iterator[T]:
    for item, is_selected in zip(data, selectors):
        if is_selected:
            yield item


def compress__by_numbers(data: list[T], selectors: list[int]) -> Iterator[T]:
    for item, selector in zip(data, selectors):
        if selector != 0:
            yield item


def islice_2(iterable: Iterator[T], stop: int | None) -> Iterator[T]:
    if stop is not None and stop < 0:
        raise ValueError(
            "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
        )
    return islice_4(iterable, None, stop, None)


def islice_3(iterable: Iterator[T], start: int | None, stop: int | None) -> Iterator[T]:
    return islice_4(iterable, start, stop, None)


def islice_4(
    iterable: Iterator[T], start: int | None, stop: int | None, step: int | None
) -> Iterator[T]:
    """Give every so many items of a part; no more are asked for than lie before its end.

    Raises:
        ValueError: a bound is negative, or the step is less than 1.
    """
    first = 0 if start is None else start
    by = 1 if step is None else step
    if first < 0 or (stop is not None and stop < 0):
        raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    if by < 1:
        raise ValueError("Step for islice() must be a positive integer or None.")
    return _part(iterable, first, stop, by)


def _part(items: Iterator[T], wanted: int, stop: int | None, step: int) -> Iterator[T]:
    index = 0
    while stop is None or index < stop:
        try:
            item = next(items)
        except StopIteration:
            return
        index += 1
        if index > wanted:
            wanted += step
            yield item


def product_2(first: list[T], second: list[U]) -> Iterator[tuple[T, U]]:
    for a in first:
        for b in second:
            yield a, b


def product_3(first: list[T], second: list[U], third: list[V]) -> Iterator[tuple[T, U, V]]:
    for a in first:
        for b in second:
            for c in third:
                yield a, b, c


def combinations_of_2(iterable: list[T]) -> Iterator[tuple[T, T]]:
    for i in range(len(iterable)):
        for j in range(i + 1, len(iterable)):
            yield iterable[i], iterable[j]


def combinations_of_3(iterable: list[T]) -> Iterator[tuple[T, T, T]]:
    for i in range(len(iterable)):
        for j in range(i + 1, len(iterable)):
            for k in range(j + 1, len(iterable)):
                yield iterable[i], iterable[j], iterable[k]


def permutations_of_2(iterable: list[T]) -> Iterator[tuple[T, T]]:
    for i in range(len(iterable)):
        for j in range(len(iterable)):
            if i != j:
                yield iterable[i], iterable[j]


def permutations_of_3(iterable: list[T]) -> Iterator[tuple[T, T, T]]:
    for i in range(len(iterable)):
        for j in range(len(iterable)):
            for k in range(len(iterable)):
                if i not in (j, k) and j != k:
                    yield iterable[i], iterable[j], iterable[k]


def combinations_of(iterable: list[T], r: int) -> Iterator[tuple[T, ...]]:
    """Give the tuples of r items in the order in which they come."""
    n = len(iterable)
    if r < 0:
        raise ValueError("r must be non-negative")
    chosen = list(range(r))
    while r <= n:
        yield tuple([iterable[index] for index in chosen])
        place = r - 1
        while place >= 0 and chosen[place] == place + n - r:
            place -= 1
        if place < 0:
            break
        chosen[place] += 1
        for later in range(place + 1, r):
            chosen[later] = chosen[later - 1] + 1


def combinations_with_replacement(iterable: list[T], r: int) -> Iterator[tuple[T, ...]]:
    """As combinations_of, with each item as often as it likes."""
    n = len(iterable)
    if r < 0:
        raise ValueError("r must be non-negative")
    chosen = [0] * r
    while n > 0 or r == 0:
        yield tuple([iterable[index] for index in chosen])
        place = r - 1
        while place >= 0 and chosen[place] == n - 1:
            place -= 1
        if place < 0:
            break
        number = chosen[place] + 1
        for later in range(place, r):
            chosen[later] = number


def permutations_of(iterable: list[T], r: int) -> Iterator[tuple[T, ...]]:
    """Give the tuples of r items in every order."""
    n = len(iterable)
    if r < 0:
        raise ValueError("r must be non-negative")
    order = list(range(n))
    cycles = list(range(n, n - r, -1))
    is_done = r > n
    while not is_done:
        yield tuple([iterable[index] for index in order[:r]])
        place = r - 1
        is_done = True
        while place >= 0:
            cycles[place] -= 1
            if cycles[place] > 0:
                other = n - cycles[place]
                order[place], order[other] = order[other], order[place]
                is_done = False
                break
            order = order[:place] + order[place + 1 :] + [order[place]]
            cycles[place] = n - place
            place -= 1


def permutations_all(iterable: list[T]) -> Iterator[tuple[T, ...]]:
    """Give the items in every order."""
    yield from permutations_of(iterable, len(iterable))


def product_of(iterable: list[T], repeat: int) -> Iterator[tuple[T, ...]]:
    """Give the tuples of so many of the items; what `product(iterable, repeat=...)` is."""
    yield from product_over([iterable] * repeat)


def product_over(iterables: list[list[T]]) -> Iterator[tuple[T, ...]]:
    """Give the tuples with an item of each of the lists; what `product(*lists)` is."""
    chosen = [0] * len(iterables)
    is_done = not all(iterables)
    while not is_done:
        yield tuple([row[index] for row, index in zip(iterables, chosen)])
        place = len(chosen) - 1
        while place >= 0 and chosen[place] == len(iterables[place]) - 1:
            chosen[place] = 0
            place -= 1
        is_done = place < 0
        if not is_done:
            chosen[place] += 1


def accumulate_from(iterable: list[T], func: Callable[[U, T], U], initial: U) -> Iterator[U]:
    """As accumulate_2, from a first value on."""
    total = initial
    yield total
    for item in iterable:
        total = func(total, item)
        yield total


def accumulate_sum(iterable: list[T], initial: T) -> Iterator[T]:
    total = initial
    yield total
    for item in iterable:
        total = total + item
        yield total


def zip_longest(first: list[T], second: list[T], fillvalue: T) -> Iterator[tuple[T, T]]:
    """Give pairs to the end of the longer one, with a value for what the other lacks."""
    for index in range(max(len(first), len(second))):
        a = first[index] if index < len(first) else fillvalue
        b = second[index] if index < len(second) else fillvalue
        yield a, b


def groupby_1(iterable: list[T]) -> Iterator[tuple[T, list[T]]]:
    """Give runs of equal items, each with its item."""
    start = 0
    while start < len(iterable):
        end = start + 1
        while end < len(iterable) and iterable[end] == iterable[start]:
            end += 1
        yield iterable[start], iterable[start:end]
        start = end


def groupby_2(iterable: list[T], key: Callable[[T], K]) -> Iterator[tuple[K, list[T]]]:
    """Give runs of items whose keys are equal, each with its key."""
    start = 0
    while start < len(iterable):
        known = key(iterable[start])
        end = start + 1
        while end < len(iterable) and key(iterable[end]) == known:
            end += 1
        yield known, iterable[start:end]
        start = end


def tee(iterable: list[T]) -> tuple[Iterator[T], Iterator[T]]:
    """Give two iterators over the same items."""
    return _each(iterable), _each(iterable)


def _each(items: list[T]) -> Iterator[T]:
    for item in items:  # noqa: UP028 - only programs have 'yield from'
        yield item


def zip_longest_2(first: list[T], second: list[U]) -> Iterator[tuple[T | None, U | None]]:
    """Give pairs to the end of the longer one, with None for what the other lacks."""
    for index in range(max(len(first), len(second))):
        a: T | None = first[index] if index < len(first) else None
        b: U | None = second[index] if index < len(second) else None
        yield a, b
