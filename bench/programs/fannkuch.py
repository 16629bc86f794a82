"""Fannkuch: how often must the first pancakes be flipped, over all orders of eight, until 1 is on top?"""

from __future__ import annotations

SIZE = 8


def fannkuch(size: int) -> tuple[int, int]:
    """Return the alternating sum of the flips, and the most of them."""
    order = list(range(size))
    counts = [0] * size
    checksum = 0
    most = 0
    sign = 1
    left = size
    while True:
        while left != 1:
            counts[left - 1] = left
            left -= 1

        if order[0] != 0:
            stack = order[:]
            flips = 0
            while stack[0] != 0:
                low = 0
                high = stack[0]
                while low < high:
                    stack[low], stack[high] = stack[high], stack[low]
                    low += 1
                    high -= 1
                flips += 1
            most = max(most, flips)
            checksum += sign * flips
        sign = -sign

        while True:
            if left == size:
                return checksum, most
            first = order[0]
            for i in range(left):
                order[i] = order[i + 1]
            order[left] = first
            counts[left] -= 1
            if counts[left] > 0:
                break
            left += 1


def run(rounds: int) -> int:
    total = 0
    for round in range(rounds):
        checksum, most = fannkuch(SIZE - round % 2)
        total += checksum * 100 + most
    return total
