"""What a statement made before it raised is freed, also where a loop comes by again."""

from __future__ import annotations


def refused(text: str) -> str:
    raise ValueError(text * 2)


def main() -> None:
    for letter in "xyq":
        try:
            print(f"{5:{letter * 2}}")
        except ValueError as error:
            print(error)
        try:
            print(f"{letter * 3} {refused(letter * 4)}")
        except ValueError as error:
            print(error)
        try:
            print([letter * 2, refused(letter)], {letter * 2: refused(letter * 3)})
        except ValueError as error:
            print(error)


if __name__ == "__main__":
    main()
