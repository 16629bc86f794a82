"""A file that is not there, and nobody who expects that."""

from __future__ import annotations


def count_lines(path: str) -> int:
    with open(path) as file:
        return len(file.readlines())


def main() -> int:
    print("looking")
    return count_lines("/nowhere/at/all")


if __name__ == "__main__":
    main()
