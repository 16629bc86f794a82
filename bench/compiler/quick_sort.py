"""Quick sort by slices: each call sorts a view, and what it hands on is a narrower view.

Source: Hoare, "Quicksort", The Computer Journal 5 (1), 1962; for the recursion into the shorter
part only, Sedgewick, "Implementing Quicksort Programs", CACM 21 (10), 1978.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Slice, export, rotate_left, truncate, u32, u64, usize

SIZE = 4096
SMALL = 16  # at most so many are sorted by insertion

values: Array[u32, SIZE]


@export("run")
def run(rounds: u64) -> u64:
    """Sort fresh random numbers."""
    random = XorShift(2463534242)
    total = u64(0)
    for _ in range(rounds):
        for i in range(SIZE):
            values[i] = truncate(u32, random.next())
        sort(values[:])
        for value in values:
            total = rotate_left(total, 1) ^ value
    return total


def sort(values: Slice[u32]) -> None:
    """Sort in place, ascending, with O(log n) stack."""
    while len(values) > SMALL:
        middle = partition(values)
        if middle < len(values) // 2:
            sort(values[:middle])
            values = values[middle:]
        else:
            sort(values[middle:])
            values = values[:middle]
    insertion_sort(values)


def partition(values: Slice[u32]) -> usize:
    """Exchange until nothing in a left part exceeds anything to its right; return its length.

    Both parts are shorter than the whole, which needs two values at least.
    """
    pivot = values[(len(values) - 1) // 2]
    low = usize(0)
    high = len(values) - 1
    while True:
        while values[low] < pivot:
            low += 1
        while values[high] > pivot:
            high -= 1
        if low >= high:
            return high + 1
        values[low], values[high] = values[high], values[low]
        low += 1
        high -= 1


def insertion_sort(values: Slice[u32]) -> None:
    for i in range(1, len(values)):
        value = values[i]
        hole = i
        while hole > 0 and values[hole - 1] > value:
            values[hole] = values[hole - 1]
            hole -= 1
        values[hole] = value
