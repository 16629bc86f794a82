"""Classes of exceptions with fields, in methods, contexts and generators, and what a report ends with."""

from __future__ import annotations

from collections.abc import Iterator


class ShopError(Exception):
    """Base."""


class OutOfStock(ShopError):
    item: str
    left: int

    def __init__(self, item: str, left: int) -> None:
        super().__init__(f"{item}: only {left} left")
        self.item = item
        self.left = left

    def __str__(self) -> str:
        return f"<{self.item}/{self.left}>"


class Account:
    balance: int

    def __init__(self, balance: int) -> None:
        if balance < 0:
            raise ValueError("negative balance")
        self.balance = balance

    def withdraw(self, amount: int) -> None:
        if amount > self.balance:
            raise ShopError(f"need {amount - self.balance} more")
        self.balance -= amount


class Manager:
    name: str

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> Manager:
        print("enter", self.name)
        return self

    def __exit__(self, *error: object) -> None:
        print("exit", self.name)


def numbers(limit: int) -> Iterator[int]:
    try:
        for i in range(limit):
            if i == 3:
                raise StopError("three")
            yield i
    except StopError as e:
        print("inside", e)
    finally:
        print("done")


class StopError(Exception):
    pass


def use() -> None:
    with Manager("a"):
        with Manager("b"):
            raise ShopError("in with")


def retry(times: int) -> str:
    errors: list[str] = []
    for attempt in range(times):
        try:
            if attempt < 2:
                raise ConnectionError(f"attempt {attempt}")
            return f"ok after {errors}"
        except ConnectionError as e:
            errors.append(str(e))
            continue
        finally:
            errors.append("f")
    return "failed"


def main() -> None:
    try:
        raise OutOfStock("pen", 2)
    except ShopError as e:
        print(e, repr(e))
        if isinstance(e, OutOfStock):
            print(e.item, e.left)
    try:
        Account(-1)
    except ValueError as error:
        print("account:", error)
    account = Account(10)
    for amount in [3, 20]:
        try:
            account.withdraw(amount)
            print("left", account.balance)
        except ShopError as e:
            print("failed:", e)
    try:
        use()
    except ShopError as e:
        print("outside", e)
    for i in numbers(5):
        print(i)
    print(retry(4))
    errors: list[Exception] = [ValueError("a"), KeyError("b"), TypeError(), OSError("x", 3)]
    for each in errors:
        print(each, repr(each), type(each).__name__)
    found: dict[str, Exception] = {"k": ValueError("in dict")}
    try:
        raise found["k"]
    except ValueError as e:
        print(e)
    try:
        try:
            raise ValueError("one")
        except ValueError:
            account.withdraw(1000)
    except ShopError as e:
        print(e, repr(e.__context__))
    try:
        print(chr(-1))
    except ValueError as e:
        print(e)
    try:
        print("abc"[7])
    except IndexError as e:
        print(e)
    x: list[int] = []
    try:
        x.pop()
    except IndexError as e:
        print(e)
    try:
        print(min(x))
    except ValueError as e:
        print(e)
    try:
        x[2] = 1
    except IndexError as e:
        print(e)
    raise OutOfStock("end", 0)


if __name__ == "__main__":
    main()
