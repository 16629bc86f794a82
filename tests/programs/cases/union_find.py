"""Sets that are joined: islands of a map, and a spanning tree."""

from __future__ import annotations


class Forest:
    def __init__(self, count: int) -> None:
        self.parents = list(range(count))
        self.sizes = [1] * count

    def find(self, item: int) -> int:
        while self.parents[item] != item:
            self.parents[item] = self.parents[self.parents[item]]
            item = self.parents[item]
        return item

    def join(self, a: int, b: int) -> bool:
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self.sizes[a] < self.sizes[b]:
            a, b = b, a
        self.parents[b] = a
        self.sizes[a] += self.sizes[b]
        return True


def islands(rows: list[str]) -> list[int]:
    width = len(rows[0])
    forest = Forest(width * len(rows))
    for y, row in enumerate(rows):
        for x, mark in enumerate(row):
            if mark != "#":
                continue
            if x > 0 and row[x - 1] == "#":
                forest.join(y * width + x, y * width + x - 1)
            if y > 0 and rows[y - 1][x] == "#":
                forest.join(y * width + x, (y - 1) * width + x)
    roots = {
        forest.find(y * width + x)
        for y in range(len(rows))
        for x in range(width)
        if rows[y][x] == "#"
    }
    return sorted((forest.sizes[root] for root in roots), reverse=True)


def spanning(count: int, edges: list[tuple[int, int, int]]) -> tuple[int, list[tuple[int, int]]]:
    forest = Forest(count)
    total = 0
    chosen: list[tuple[int, int]] = []
    for weight, a, b in sorted(edges):
        if forest.join(a, b):
            total += weight
            chosen.append((a, b))
    return total, chosen


def main() -> None:
    print(islands(["##..#", "#..##", "..#..", "##.##"]))
    edges = [
        (7, 0, 1),
        (5, 1, 2),
        (8, 0, 3),
        (9, 1, 3),
        (7, 2, 4),
        (5, 3, 4),
        (15, 3, 5),
        (6, 4, 5),
        (8, 4, 6),
    ]
    print(spanning(7, edges))


if __name__ == "__main__":
    main()
