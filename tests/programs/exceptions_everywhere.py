"""Exceptions from checks and containers, through finally, chains and handlers."""

from __future__ import annotations

from collections.abc import Callable


class Err(Exception):
    pass


def order(log: list[str]) -> int:
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            log.append(f"body {i}")
        except ValueError as e:
            log.append(str(e))
        else:
            log.append("else")
        finally:
            log.append(f"finally {i}")
    try:
        return len(log)
    finally:
        log.append("end")


def nested() -> str:
    try:
        try:
            try:
                raise ValueError("a")
            finally:
                print("one")
        except ValueError as e:
            print("caught", e)
            raise
    except ValueError as e:
        return f"again {e}"
    return "no"


def override() -> int:
    try:
        raise Err("lost")
    finally:
        return 5


def chain() -> None:
    try:
        try:
            pass
            raise KeyError("k")
        except KeyError as e:
            raise Err("wrapped") from None
    except Err as e:
        print(e.__cause__ is None, e.__suppress_context__, e.__context__ is None)
        print(repr(e.__context__))


def keep(values: list[int]) -> Exception | None:
    last: Exception | None = None
    for v in values:
        try:
            if v % 2:
                raise ValueError(f"odd {v}")
        except ValueError as e:
            last = e
    return last


def helper(n: int) -> int:
    assert n > 0, f"bad {n}"
    return n


def main() -> None:
    log: list[str] = []
    print(order(log), log)
    print(nested(), override())
    chain()
    last = keep([1, 2, 3, 4])
    if last is not None:
        print(last)
        print(isinstance(last, ValueError))
    try:
        helper(-1)
    except AssertionError as e:
        print("assert", e)
    d = {"a": 1}
    try:
        print(d["b"])
    except KeyError as e:
        print("key", e)
    try:
        print(int("x1"))
    except ValueError as e:
        print(e)
    xs = [1]
    try:
        print(xs[4])
    except IndexError as e:
        print(e)
    try:
        xs.pop(9)
    except IndexError as e:
        print(e)
    try:
        xs.remove(9)
    except ValueError as e:
        print(e)
    try:
        print(xs.index(9))
    except ValueError as e:
        print(e)
    try:
        a, b = xs
    except ValueError as e:
        print(e)
    try:
        print(1 // (len(xs) - 1))
    except ZeroDivisionError as e:
        print(e)
    try:
        print(1 % (len(xs) - 1))
    except ZeroDivisionError as e:
        print(e)
    e1 = ValueError("kept")
    try:
        raise e1
    except ValueError as e:
        print(e is e1, type(e).__name__)
    print("abc".index("z"))


if __name__ == "__main__":
    main()
