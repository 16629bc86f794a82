"""Primes, divisors, powers and sequences."""

from __future__ import annotations

import math
from collections.abc import Iterator


def sieve(limit: int) -> list[int]:
    is_prime = [True] * (limit + 1)
    is_prime[0:2] = [False, False]
    for n in range(2, math.isqrt(limit) + 1):
        if is_prime[n]:
            for multiple in range(n * n, limit + 1, n):
                is_prime[multiple] = False
    return [n for n, prime in enumerate(is_prime) if prime]


def factors(n: int) -> dict[int, int]:
    found: dict[int, int] = {}
    divisor = 2
    while divisor * divisor <= n:
        while n % divisor == 0:
            found[divisor] = found.get(divisor, 0) + 1
            n //= divisor
        divisor += 1 if divisor == 2 else 2
    if n > 1:
        found[n] = found.get(n, 0) + 1
    return found


def extended(a: int, b: int) -> tuple[int, int, int]:
    if b == 0:
        return a, 1, 0
    g, x, y = extended(b, a % b)
    return g, y, x - a // b * y


def collatz(n: int) -> Iterator[int]:
    while n != 1:
        yield n
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    yield 1


def pascal(rows: int) -> Iterator[list[int]]:
    row = [1]
    for _ in range(rows):
        yield row
        row = [a + b for a, b in zip([0, *row], [*row, 0])]


def is_prime(n: int) -> bool:
    if n < 2:
        return False
    for p in (2, 3, 5, 7, 11, 13, 17):
        if n % p == 0:
            return n == p
    d, r = n - 1, 0
    while d % 2 == 0:
        d //= 2
        r += 1
    for a in (2, 3, 5, 7, 11, 13, 17):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(r - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def main() -> None:
    print(sieve(60), len(sieve(5000)))
    for n in (1, 12, 97, 360, 1001, 999983):
        print(n, factors(n), math.prod(p**k for p, k in factors(n).items()))
    for a, b in ((240, 46), (17, 5), (-12, 18)):
        g, x, y = extended(a, b)
        print(g, x, y, a * x + b * y == g, math.gcd(a, b), math.lcm(a, b))
    print(list(collatz(27))[:12], max(collatz(27)), sum(1 for _ in collatz(27)))
    for row in pascal(7):
        print(" ".join(f"{n:2}" for n in row).center(24).rstrip())
    print([n for n in range(2_147_483_600, 2_147_483_650) if is_prime(n)])
    print(
        pow(3, 200, 1_000_007),
        pow(3, -1, 11),
        math.comb(20, 7),
        math.perm(6, 2),
        math.factorial(12),
    )
    perfect = [n for n in range(2, 500) if sum(d for d in range(1, n) if n % d == 0) == n]
    print(
        perfect,
        math.isqrt(10**12 + 1),
        [n for n in range(100, 1000) if n == sum(int(d) ** 3 for d in str(n))],
    )


if __name__ == "__main__":
    main()
