"""What `finally` does to return, break, continue and exceptions."""

from __future__ import annotations


def overridden() -> int:
    try:
        return 1
    finally:
        print("finally")
        return 2  # noqa: B012


def computed_before(values: list[int]) -> int:
    try:
        return len(values)
    finally:
        values.append(0)


def swallowed() -> str:
    while True:
        try:
            raise ValueError("lost")
        finally:
            break  # noqa: B012
    return "went on"


def nested(depth: int) -> str:
    try:
        try:
            if depth == 0:
                return "zero"
            if depth == 1:
                raise KeyError("one")
            return "many"
        except KeyError:
            return "caught"
        else:
            return "else"
        finally:
            print("inner", depth)
    finally:
        print("outer", depth)


def loop() -> list[int]:
    found: list[int] = []
    for number in range(6):
        try:
            if number == 1:
                continue
            if number == 4:
                break
            found.append(number)
        finally:
            found.append(-number)
    else:
        found.append(99)
    return found


def replaced() -> None:
    try:
        try:
            raise ValueError("first")
        finally:
            raise TypeError("second")
    except TypeError as error:
        print(error)


def main() -> None:
    print(overridden())
    values = [1, 2]
    print(computed_before(values), values)
    print(swallowed())
    for depth in range(3):
        print(nested(depth))
    print(loop())
    replaced()


if __name__ == "__main__":
    main()
