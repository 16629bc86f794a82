from __future__ import annotations

import operator
from functools import lru_cache, partial


@lru_cache(maxsize=None)
def ways(n: int, coins: tuple[int, ...] = (25, 10, 5, 1)) -> int:
    if n == 0:
        return 1
    if n < 0 or not coins:
        return 0
    return ways(n - coins[0], coins) + ways(n, coins[1:])


class Price:
    def __init__(self, cents: int) -> None:
        self.cents = cents

    def __str__(self) -> str:
        return f"{self.cents / 100:.2f}"

    def __format__(self, spec: str) -> str:
        return "price " + str(self)


prices = [Price(150)]
print(ways(50), ways(100))
binary = partial(int, base=2)
print(
    binary("101"), list(map(partial(pow, 2), range(5))), list(map(partial(operator.mul, 3), [1, 2]))
)
loud = partial(print, "loud:", sep=" ", end="!\n")
loud("x")
down = partial(sorted, reverse=True)
print(down([1, 3, 2]), list(filter(partial(operator.lt, 2), [1, 2, 3])))
print(f"{prices[0] if prices else 'free'}", prices[0] if prices else "free")
