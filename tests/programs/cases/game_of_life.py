"""Conway's game on a set of cells."""

from __future__ import annotations


def neighbours(cell: tuple[int, int]) -> list[tuple[int, int]]:
    x, y = cell
    return [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (dx, dy) != (0, 0)]


def step(cells: set[tuple[int, int]]) -> set[tuple[int, int]]:
    counts: dict[tuple[int, int], int] = {}
    for cell in cells:
        for other in neighbours(cell):
            counts[other] = counts.get(other, 0) + 1
    return {cell for cell, n in counts.items() if n == 3 or (n == 2 and cell in cells)}


def show(cells: set[tuple[int, int]], size: int) -> str:
    return "\n".join(
        "".join("#" if (x, y) in cells else "." for x in range(size)) for y in range(size)
    )


def main() -> None:
    glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
    for generation in range(6):
        print(generation, len(glider), sorted(glider))
        glider = step(glider)
    print(show(glider, 6))
    blinker = {(0, 1), (1, 1), (2, 1)}
    print(step(step(blinker)) == blinker, step(blinker) == blinker)


if __name__ == "__main__":
    main()
