"""Accounts that refuse, in an order that shows what was done before."""

from __future__ import annotations


class InsufficientFunds(Exception):
    def __init__(self, needed: int, available: int) -> None:
        super().__init__(f"need {needed}, have {available}")
        self.needed = needed
        self.available = available


class Account:
    def __init__(self, owner: str, balance: int = 0) -> None:
        self.owner = owner
        self.balance = balance
        self.history: list[tuple[str, int]] = []

    def deposit(self, amount: int) -> None:
        if amount <= 0:
            raise ValueError("deposit must be positive")
        self.balance += amount
        self.history.append(("deposit", amount))

    def withdraw(self, amount: int) -> None:
        if amount > self.balance:
            raise InsufficientFunds(amount, self.balance)
        self.balance -= amount
        self.history.append(("withdraw", amount))

    def __repr__(self) -> str:
        return f"Account({self.owner!r}, {self.balance})"


class Bank:
    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}

    def open(self, owner: str, balance: int = 0) -> Account:
        if owner in self.accounts:
            raise KeyError(owner)
        account = Account(owner, balance)
        self.accounts[owner] = account
        return account

    def transfer(self, source: str, target: str, amount: int) -> bool:
        try:
            self.accounts[source].withdraw(amount)
        except InsufficientFunds as error:
            print("refused:", error, error.needed - error.available)
            return False
        else:
            self.accounts[target].deposit(amount)
            return True
        finally:
            print(f"transfer {source}->{target} {amount}")


def main() -> None:
    bank = Bank()
    bank.open("ann", 100)
    bank.open("bob")
    print(bank.transfer("ann", "bob", 30))
    print(bank.transfer("bob", "ann", 31))
    try:
        bank.open("ann")
    except KeyError as error:
        print("exists", error)
    try:
        bank.accounts["ann"].deposit(0)
    except ValueError as error:
        print("bad", error)
    try:
        bank.transfer("eve", "ann", 1)
    except KeyError as error:
        print("missing", error)
    for account in bank.accounts.values():
        print(account, account.history)


if __name__ == "__main__":
    main()
