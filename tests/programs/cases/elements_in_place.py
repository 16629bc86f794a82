"""Elements that are read, replaced and taken where they lie: indices from both ends, order, and who holds what."""

from __future__ import annotations


class Named:
    name: str

    def __init__(self, name: str) -> None:
        self.name = name

    def __del__(self) -> None:
        print("end of", self.name)


def said(text: str, value: int) -> int:
    print(text)
    return value


def replaced(rows: list[list[int]], index: int) -> list[int]:
    """Return the last row, which the loop replaces while it goes through it."""
    row = rows[-1]
    for i in range(len(row)):
        rows[index] = [i]
        row[i] += rows[index][0]
    return row


def grown(numbers: list[int]) -> int:
    """Read elements behind a list's end as it comes to be there."""
    total = 0
    for i in range(20):
        if i >= len(numbers):
            numbers.append(numbers[i - 1] + numbers[-2])
        total += numbers[i]
    return total


def refused(numbers: list[int], index: int) -> None:
    try:
        numbers[index] = 1
    except IndexError as error:
        print(index, error)
    try:
        print(numbers[index])
    except IndexError as error:
        print(index, error)


def main() -> None:
    numbers = [1, 2, 3]
    for index in range(-3, 3):
        numbers[index] += 10 * index
        print(index, numbers[index], numbers)
    refused(numbers, 3)
    refused(numbers, -4)
    refused([], 0)
    refused([], -1)
    refused(numbers, 9223372036854775807)
    refused(numbers, -9223372036854775807 - 1)
    numbers[said("index", -1)] = said("value", 7)
    numbers[said("index", 0)] += said("value", 7)
    print(numbers)

    named = [Named("a"), Named("b"), Named("c")]
    named[0] = named[-1]
    named[2] = named[2]
    named[-2], named[0] = named[0], named[-2]
    print([each.name for each in named])
    named[1] = Named("d")
    last = named.pop()
    print(len(named), last.name)
    del last
    print(named.pop(0).name)
    print(named.pop().name, len(named))

    print(replaced([[1], [2, 3]], 0), replaced([[1], [2, 3]], -1))
    print(grown([1, 1]))
    values = [1, 2, 3]
    values.extend(values)
    print(values, values[1:], values[:-1], values[2:2], values[::2], values[::-1])
    words = ["x", "y"]
    words.extend(words[:])
    print(words, words[1:3])


if __name__ == "__main__":
    main()
