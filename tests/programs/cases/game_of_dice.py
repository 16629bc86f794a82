"""A game with a generator of random numbers of its own."""

from __future__ import annotations


class Random:
    def __init__(self, seed: int) -> None:
        self.state = seed & 0xFFFFFFFF

    def next(self) -> int:
        x = self.state
        x ^= (x << 13) & 0xFFFFFFFF
        x ^= x >> 17
        x ^= (x << 5) & 0xFFFFFFFF
        self.state = x
        return x

    def below(self, limit: int) -> int:
        return self.next() % limit

    def shuffled(self, values: list[int]) -> list[int]:
        values = values[:]
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]
        return values


def score(dice: list[int]) -> tuple[str, int]:
    counts = sorted((dice.count(face) for face in set(dice)), reverse=True)
    if counts[0] == 5:
        return "yahtzee", 50
    if counts == [3, 2]:
        return "full house", 25
    if sorted(set(dice)) in ([1, 2, 3, 4, 5], [2, 3, 4, 5, 6]):
        return "straight", 40
    if counts[0] >= 3:
        return f"{counts[0]} alike", sum(dice)
    return "chance", sum(dice)


def main() -> None:
    random = Random(2463534242)
    totals = {"ann": 0, "bob": 0}
    results: dict[str, int] = {}
    for turn in range(40):
        for player in totals:
            dice = sorted(random.below(6) + 1 for _ in range(5))
            name, points = score(dice)
            totals[player] += points
            results[name] = results.get(name, 0) + 1
            if turn < 3:
                print(turn, player, dice, name, points)
    print(totals, sorted(results.items(), key=lambda pair: (-pair[1], pair[0])))
    print(random.shuffled(list(range(12))), f"{random.next():08x}")


if __name__ == "__main__":
    main()
