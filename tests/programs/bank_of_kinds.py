"""Bank simulation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Iterator, Optional


class TransactionKind(Enum):
    DEPOSIT = auto()
    WITHDRAWAL = auto()
    TRANSFER = auto()


class BankError(Exception):
    """Base of all errors of the bank."""


class InsufficientFunds(BankError):
    def __init__(self, needed: float, available: float) -> None:
        super().__init__(f"need {needed:.2f}, have {available:.2f}")
        self.needed = needed
        self.available = available

    @property
    def shortfall(self) -> float:
        return self.needed - self.available


class AccountNotFound(BankError):
    pass


@dataclass(frozen=True)
class Transaction:
    kind: TransactionKind
    amount: float
    memo: str = ""


@dataclass
class Account(ABC):
    owner: str
    number: int
    balance: float = 0.0
    history: list[Transaction] = field(default_factory=list)

    @abstractmethod
    def monthly(self) -> float: ...

    def deposit(self, amount: float, memo: str = "") -> None:
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        self.history.append(Transaction(TransactionKind.DEPOSIT, amount, memo))

    def withdraw(self, amount: float, memo: str = "") -> None:
        if amount > self.limit:
            raise InsufficientFunds(amount, self.limit)
        self.balance -= amount
        self.history.append(Transaction(TransactionKind.WITHDRAWAL, amount, memo))

    @property
    def limit(self) -> float:
        return self.balance


@dataclass
class Savings(Account):
    rate: float = 0.02

    def monthly(self) -> float:
        return round(self.balance * self.rate / 12, 2)


@dataclass
class Checking(Account):
    overdraft: float = 100.0
    fee: float = 1.5

    def monthly(self) -> float:
        return -self.fee

    @property
    def limit(self) -> float:
        return self.balance + self.overdraft


class Bank:
    _next_number: int = 1000

    def __init__(self, name: str) -> None:
        self.name = name
        self._accounts: dict[int, Account] = {}

    @classmethod
    def _new_number(cls) -> int:
        cls._next_number += 1
        return cls._next_number

    def open(self, kind: type[Account], owner: str, initial: float = 0.0) -> Account:
        account = kind(owner, Bank._new_number())
        if initial:
            account.deposit(initial, "initial")
        self._accounts[account.number] = account
        return account

    def __getitem__(self, number: int) -> Account:
        try:
            return self._accounts[number]
        except KeyError:
            raise AccountNotFound(f"no account {number}") from None

    def __len__(self) -> int:
        return len(self._accounts)

    def __iter__(self) -> Iterator[Account]:
        return iter(self._accounts.values())

    def __contains__(self, number: int) -> bool:
        return number in self._accounts

    @contextmanager
    def transaction(self, *numbers: int) -> Iterator[list[Account]]:
        accounts = [self[n] for n in numbers]
        before = [a.balance for a in accounts]
        try:
            yield accounts
        except BankError as error:
            for account, balance in zip(accounts, before):
                account.balance = balance
            print(f"rolled back: {type(error).__name__}: {error}")
            raise

    def transfer(self, source: int, target: int, amount: float) -> None:
        with self.transaction(source, target) as (a, b):
            b.deposit(amount, f"from {a.owner}")
            a.withdraw(amount, f"to {b.owner}")


def main() -> None:
    bank = Bank("First")
    alice = bank.open(Savings, "Alice", 500)
    bob = bank.open(Checking, "Bob", 50)
    print(alice)
    print(bob)
    bank.transfer(alice.number, bob.number, 125.50)
    try:
        bank.transfer(bob.number, alice.number, 1000)
    except InsufficientFunds as e:
        print(f"short by {e.shortfall:,.2f}")
    try:
        bank[9]
    except AccountNotFound as e:
        print(repr(e))
    try:
        bob.deposit(-5)
    except ValueError as e:
        print("ValueError:", e)
    for account in sorted(bank, key=lambda a: a.balance, reverse=True):
        print(f"{account.owner:<10}|{account.balance:>10.2f}|{account.monthly():>8.2f}")
        for t in account.history:
            print(f"    {t.kind.name:<12}{t.amount:>9.2f}  {t.memo}")
    print(len(bank), 1001 in bank, 5 in bank)
    total = sum(a.balance for a in bank)
    print(f"{total=:.2f}")
    by_kind: dict[TransactionKind, float] = {}
    for account in bank:
        for t in account.history:
            by_kind[t.kind] = by_kind.get(t.kind, 0) + t.amount
    for kind, amount in by_kind.items():
        print(kind, amount)


if __name__ == "__main__":
    main()
