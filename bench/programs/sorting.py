"""Quicksort of numbers at random, and a look at whether they are sorted."""

from __future__ import annotations

SIZE = 20_000


def quick_sort(values: list[int], low: int, high: int) -> None:
    """Sort values[low:high + 1]."""
    while low < high:
        pivot = values[(low + high) // 2]
        i = low
        j = high
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if j - low < high - i:
            quick_sort(values, low, j)
            low = i
        else:
            quick_sort(values, i, high)
            high = j


def run(rounds: int) -> int:
    state = 42
    total = 0
    for _ in range(rounds):
        values: list[int] = []
        for _ in range(SIZE):
            state = (state * 1103515245 + 12345) % 2147483648
            values.append(state >> 8)
        quick_sort(values, 0, len(values) - 1)
        for i in range(1, len(values)):
            if values[i - 1] > values[i]:
                return -1
        total += values[SIZE // 2]
    return total
