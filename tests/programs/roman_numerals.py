"""Roman numerals both ways, with refusals."""

from __future__ import annotations

TABLE = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
]
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def to_roman(number: int) -> str:
    if not 0 < number < 4000:
        raise ValueError(f"{number} has no numeral")
    result = ""
    for value, letters in TABLE:
        while number >= value:
            result += letters
            number -= value
    return result


def from_roman(text: str) -> int:
    total = 0
    previous = 0
    for letter in reversed(text):
        value = VALUES[letter]
        total += value if value >= previous else -value
        previous = max(previous, value)
    return total


def main() -> None:
    for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999):
        print(n, to_roman(n), from_roman(to_roman(n)))
    assert all(from_roman(to_roman(n)) == n for n in range(1, 4000))
    for bad in (0, 4000, -3):
        try:
            to_roman(bad)
        except ValueError as error:
            print(error)
    try:
        from_roman("XYZ")
    except KeyError as error:
        print("no letter", error)


if __name__ == "__main__":
    main()
