from __future__ import annotations


def show(error: BaseException | None) -> None:
    while error is not None:
        print(repr(error), end=" <- ")
        error = error.__context__
    print(".")


def raised() -> None:
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")


def by_the_library() -> None:
    try:
        raise ValueError("first")
    finally:
        print("here")
        int("x")


def three() -> None:
    try:
        try:
            raise ValueError("1")
        finally:
            raise ValueError("2")
    finally:
        empty: dict[str, int] = {}
        print(empty["3"])


def without_object(numbers: list[int]) -> None:
    try:
        print(numbers[9])
    finally:
        print(1 // len(numbers))


def again() -> None:
    try:
        raise OSError("outer")
    except OSError:
        try:
            raise ValueError("inner")
        finally:
            try:
                raise
            except ValueError as error:
                show(error)


def returning(n: int) -> int:
    try:
        if n == 1:
            raise ValueError("first")
        return 10 // n
    finally:
        if n == 0:
            return int("5")
        print(int("3") // n)


def loop() -> None:
    for i in range(3):
        try:
            if i == 1:
                raise ValueError(str(i))
        finally:
            if i == 1:
                int("4")
                continue
            print("end", i)


def alone() -> None:
    for text in ["x", "1.5.2"]:
        try:
            print(str(int(text)) if text == "x" else str(float(text)))
        except ValueError as error:
            show(error)


def main() -> None:
    for function in (raised, by_the_library, three, lambda: without_object([]), again):
        try:
            function()
        except Exception as error:
            show(error)
    print(returning(0), returning(2))
    try:
        returning(1)
    except ValueError as error:
        show(error)
    loop()
    alone()
