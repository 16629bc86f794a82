"""Names of objects that nested functions use, and that are bound again."""

from __future__ import annotations


class Noisy:
    def __init__(self, name: str) -> None:
        self.name = name

    def __del__(self) -> None:
        print("end", self.name)


def of_lists(rebinds: bool) -> None:
    values = [7]

    def count() -> int:
        return len(values)

    print(count())
    if rebinds:
        values = values + [8]
    print(values, count())


def of_texts(rebinds: bool) -> None:
    text = "ab" * 3

    def doubled() -> str:
        return text + text

    print(doubled())
    if rebinds:
        text = text[1:]
    print(doubled())


def of_objects(rebinds: bool) -> None:
    noisy = Noisy("first")

    def shown() -> str:
        return noisy.name

    print(shown())
    if rebinds:
        noisy = Noisy("second")
    print(shown())


def main() -> None:
    for rebinds in (False, True):
        of_lists(rebinds)
        of_texts(rebinds)
        of_objects(rebinds)


if __name__ == "__main__":
    main()
