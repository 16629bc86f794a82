"""Dynamic programming: knapsack, coins, longest common part, edit path."""

from __future__ import annotations


def knapsack(items: list[tuple[int, int]], capacity: int) -> tuple[int, list[int]]:
    best = [[0] * (capacity + 1) for _ in range(len(items) + 1)]
    for i, (weight, value) in enumerate(items):
        for room in range(capacity + 1):
            best[i + 1][room] = best[i][room]
            if weight <= room:
                best[i + 1][room] = max(best[i + 1][room], best[i][room - weight] + value)
    chosen = []
    room = capacity
    for i in range(len(items) - 1, -1, -1):
        if best[i + 1][room] != best[i][room]:
            chosen.append(i)
            room -= items[i][0]
    return best[len(items)][capacity], chosen[::-1]


def change(coins: list[int], amount: int) -> list[int]:
    fewest: list[int | None] = [0] + [None] * amount
    last = [0] * (amount + 1)
    for total in range(1, amount + 1):
        for coin in coins:
            if coin <= total:
                before = fewest[total - coin]
                now = fewest[total]
                if before is not None and (now is None or before + 1 < now):
                    fewest[total] = before + 1
                    last[total] = coin
    if fewest[amount] is None:
        raise ValueError(f"{amount} cannot be changed")
    result = []
    while amount:
        result.append(last[amount])
        amount -= last[amount]
    return result


def common(a: str, b: str) -> str:
    table = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a)):
        for j in range(len(b)):
            if a[i] == b[j]:
                table[i + 1][j + 1] = table[i][j] + a[i]
            else:
                table[i + 1][j + 1] = max(table[i][j + 1], table[i + 1][j], key=len)
    return table[-1][-1]


def main() -> None:
    print(knapsack([(2, 3), (3, 4), (4, 5), (5, 6)], 5))
    print(change([1, 5, 10, 25], 63), change([4, 9], 21))
    try:
        change([4, 6], 7)
    except ValueError as error:
        print(error)
    print(common("AGGTAB", "GXTXAYB"), common("", "abc"))


if __name__ == "__main__":
    main()
