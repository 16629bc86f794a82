"""Backtracking: queens, subsets with a sum, permutations, a maze."""

from __future__ import annotations

from collections.abc import Iterator


def queens(n: int, columns: list[int]) -> Iterator[list[int]]:
    row = len(columns)
    if row == n:
        yield columns
        return
    for column in range(n):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(columns)):
            yield from queens(n, [*columns, column])


def subsets(values: list[int], goal: int, start: int = 0) -> Iterator[list[int]]:
    if goal == 0:
        yield []
        return
    for index in range(start, len(values)):
        if values[index] <= goal:
            for rest in subsets(values, goal - values[index], index + 1):
                yield [values[index], *rest]


def permutations(letters: str) -> Iterator[str]:
    if len(letters) <= 1:
        yield letters
        return
    for index, letter in enumerate(letters):
        for rest in permutations(letters[:index] + letters[index + 1 :]):
            yield letter + rest


def solve(maze: list[list[str]], y: int, x: int) -> bool:
    if maze[y][x] == "G":
        return True
    if maze[y][x] != " ":
        return False
    maze[y][x] = "."
    for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        if solve(maze, y + dy, x + dx):
            return True
    maze[y][x] = "x"
    return False


def main() -> None:
    for n in range(1, 7):
        print(n, sum(1 for _ in queens(n, [])))
    for columns in queens(5, []):
        print(columns)
        break
    print(list(subsets([1, 2, 3, 4, 5, 6], 9)))
    print(list(permutations("abc")), len(set(permutations("aabb"))))
    maze = [list(row) for row in ("########", "#  #   #", "# ## # #", "#    #G#", "########")]
    print(solve(maze, 1, 1))
    print("\n".join("".join(row) for row in maze))


if __name__ == "__main__":
    main()
