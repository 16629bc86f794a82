"""`/` of integers: the nearest float, whatever their sizes and signs."""

from __future__ import annotations


def mean(values: list[int]) -> float:
    return sum(values) / len(values)


numbers = [1, -2, 3, 10, 7, 2**53 + 1, 2**62 + 3, -(2**63), 2**63 - 1, 9007199254740993, 10**18 + 7]
for a in numbers:
    for b in numbers:
        print(a, b, a / b)
print(mean([1, 2, 4]), mean([5]), f"{mean([1, 2]):.2f}", len(numbers) / 2, 0 / numbers[1])
print(0 / numbers[7])
state = 12345
for _ in range(200):
    state = (state * 1103515245 + 12345) % 2**31
    first = state * 4294967291 - 2**61
    state = (state * 1103515245 + 12345) % 2**31
    print(first / (state * 2147483629 + 1), first / (state + 1), state / first)
print(1 / (state - state))
