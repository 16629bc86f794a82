"""Heap sort: jumps through a slice at indices that grow by doubling.

Source: Williams, "Algorithm 232: Heapsort", CACM 7 (6), 1964, with Floyd's construction.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Slice, export, rotate_left, u64, usize

SIZE = 4096

values: Array[u64, SIZE]


@export("run")
def run(rounds: u64) -> u64:
    """Sort fresh random numbers."""
    random = XorShift(88172645463325252)
    total = u64(0)
    for _ in range(rounds):
        for i in range(SIZE):
            values[i] = random.next()
        sort(values[:])
        for value in values:
            total = rotate_left(total, 1) ^ value
    return total


def sort(values: Slice[u64]) -> None:
    """Sort in place, ascending."""
    root = len(values) // 2
    while root > 0:
        root -= 1
        sift_down(values, root)

    while len(values) > 1:
        last = len(values) - 1
        values[0], values[last] = values[last], values[0]
        values = values[:last]
        sift_down(values, 0)


def sift_down(heap: Slice[u64], root: usize) -> None:
    """Let the value at `root` sink until neither child exceeds it."""
    value = heap[root]
    child = 2 * root + 1
    while child < len(heap):
        if child + 1 < len(heap) and heap[child] < heap[child + 1]:
            child += 1
        if heap[child] <= value:
            break
        heap[root] = heap[child]
        root = child
        child = 2 * root + 1
    heap[root] = value
