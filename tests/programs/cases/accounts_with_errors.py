"""Accounts whose errors are classes, with rollback."""

from __future__ import annotations

from dataclasses import dataclass, field


class BankError(Exception):
    code = 1


class Overdrawn(BankError):
    code = 2

    def __init__(self, owner: str, missing: int) -> None:
        super().__init__(owner, missing)
        self.owner = owner
        self.missing = missing

    def __str__(self) -> str:
        return f"{self.owner} lacks {self.missing}"


@dataclass(order=True)
class Account:
    owner: str
    balance: int = 0
    history: list[str] = field(default_factory=list, compare=False, repr=False)

    def withdraw(self, amount: int) -> None:
        if amount > self.balance:
            raise Overdrawn(self.owner, amount - self.balance)
        self.balance -= amount
        self.history.append(f"-{amount}")

    def deposit(self, amount: int) -> None:
        if amount <= 0:
            raise ValueError(f"amount {amount}")
        self.balance += amount
        self.history.append(f"+{amount}")


class Bank:
    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}

    def open(self, owner: str, balance: int) -> Account:
        return self.accounts.setdefault(owner, Account(owner, balance))

    def __getitem__(self, owner: str) -> Account:
        try:
            return self.accounts[owner]
        except KeyError:
            raise LookupError(f"no account of {owner}") from None

    def transfer(self, source: str, target: str, amount: int) -> None:
        taken = False
        try:
            self[source].withdraw(amount)
            taken = True
            self[target].deposit(amount)
        except LookupError as error:
            if taken:
                self[source].balance += amount
            raise BankError("transfer failed") from error
        finally:
            print("tried", source, target, amount)


def main() -> None:
    bank = Bank()
    bank.open("ann", 100)
    bank.open("bob", 20)
    for source, target, amount in (
        ("ann", "bob", 30),
        ("bob", "ann", 500),
        ("ann", "eve", 10),
        ("zed", "ann", 1),
    ):
        try:
            bank.transfer(source, target, amount)
        except Overdrawn as error:
            print("overdrawn:", error, error.code, error.missing)
        except BankError as error:
            print("error:", error, error.code, repr(error.__cause__))
        else:
            print("done")
    try:
        bank["ann"].deposit(-5)
    except (ValueError, TypeError) as error:
        print(repr(error))
    print(sorted(bank.accounts.values()), bank["ann"].history)
    print(Account("a", 1) < Account("b", 0), Account("a", 1) == Account("a", 1, ["x"]))


if __name__ == "__main__":
    main()
