"""finally with return, break and continue, __del__ that prints, and unpacking that fails."""

from __future__ import annotations


class Noisy:
    name: str

    def __init__(self, name: str) -> None:
        self.name = name

    def __del__(self) -> None:
        print("del", self.name)


def show(x: Noisy) -> None:
    local = Noisy("local")
    try:
        raise ValueError(f"{x.name} {local.name}")
    except ValueError as e:
        print("caught", e)


def parse(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return -1
    finally:
        print("parsed", text)


def loop() -> int:
    for i in range(3):
        try:
            try:
                if i == 1:
                    raise KeyError(i)
            finally:
                print("inner", i)
                if i == 0:
                    continue
        except KeyError as e:
            print("key", e)
            break
        finally:
            print("outer", i)
    else:
        print("never")
    while True:
        try:
            return 1
        finally:
            break
    return 2


def main() -> int:
    print(parse("12"), parse("zz"))
    print(loop())
    kept = Noisy("kept")
    show(kept)
    data: dict[str, list[int]] = {"a": [1, 2], "b": []}
    for key, values in data.items():
        try:
            print(key, values[0] // (values[1] - 2))
        except (IndexError, ZeroDivisionError) as e:
            print(key, type(e).__name__, e)
    try:
        try:
            raise ValueError("x")
        except ValueError as e:
            print("first", e)
            raise
        finally:
            print("cleanup")
    except ValueError as again:
        print("again", again)
    three = [1, 2, 3]
    first, second = three
    return first


if __name__ == "__main__":
    raise SystemExit(main())
