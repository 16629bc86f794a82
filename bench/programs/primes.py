"""Sieve of Eratosthenes: the primes below 200,000, and the sum of the last thousand."""

from __future__ import annotations

LIMIT = 200_000


def primes_below(limit: int) -> list[int]:
    is_prime = [True] * limit
    is_prime[0] = False
    is_prime[1] = False
    number = 2
    while number * number < limit:
        if is_prime[number]:
            for multiple in range(number * number, limit, number):
                is_prime[multiple] = False
        number += 1
    return [number for number in range(limit) if is_prime[number]]


def run(rounds: int) -> int:
    total = 0
    for round in range(rounds):
        primes = primes_below(LIMIT - round % 10)
        total += len(primes) + sum(primes[-1000:])
    return total
