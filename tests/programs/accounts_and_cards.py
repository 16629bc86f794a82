from __future__ import annotations

import string
from datetime import date, timedelta
from enum import Enum, IntEnum, Flag, auto


class Suit(Enum):
    CLUBS = "c"
    HEARTS = "h"

    @property
    def color(self) -> str:
        return "red" if self is Suit.HEARTS else "black"

    @classmethod
    def parse(cls, text: str) -> "Suit":
        for s in cls:
            if s.value == text:
                return s
        raise ValueError(f"no suit {text}")

    def __str__(self) -> str:
        return self.name.capitalize()


class Level(IntEnum):
    LOW = 1
    HIGH = 3


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()


class Account:
    interest = 0.05
    _next_id = 1

    def __init__(self, owner: str, balance: float = 0) -> None:
        self.owner = owner
        self._balance = balance
        self.history: list[tuple[str, float]] = []
        self.id = Account._next_id
        Account._next_id += 1

    @property
    def balance(self) -> float:
        return self._balance

    def deposit(self, amount: float) -> "Account":
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._balance += amount
        self.history.append(("deposit", amount))
        return self

    def withdraw(self, amount: float) -> "Account":
        if amount > self._balance:
            raise InsufficientFunds(self, amount)
        self._balance -= amount
        self.history.append(("withdraw", amount))
        return self

    def __repr__(self) -> str:
        return f"Account({self.owner!r}, {self._balance:.2f})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Account) and self.id == other.id


class Savings(Account):
    interest = 0.1

    def add_interest(self) -> None:
        self.deposit(self.balance * self.interest)


class InsufficientFunds(Exception):
    def __init__(self, account: Account, amount: float) -> None:
        self.account = account
        self.amount = amount
        super().__init__(f"{account.owner} lacks {amount - account.balance:.2f}")


print(
    [str(s) for s in Suit], Suit.parse("h").color, Suit("c"), repr(Suit.CLUBS), Suit["HEARTS"].value
)
try:
    Suit.parse("z")
except ValueError as e:
    print(e)
try:
    Suit("z")
except ValueError as e:
    print(e)
print(Level.HIGH > Level.LOW, Level.HIGH + 1, Level(1), list(Level), max(Level).name)
print(Perm.R | Perm.W, Perm.R in (Perm.R | Perm.W), Perm.X.value, bool(Perm.R & Perm.W))
a = Savings("ann", 100)
b = Account("bob")
a.deposit(50).withdraw(30)
a.add_interest()
print(a, b, a.history, a == b, a == a, a.id, b.id, Account.interest, a.interest)
for amount in (1000, -5):
    try:
        b.deposit(amount) if amount < 0 else b.withdraw(amount)
    except InsufficientFunds as e:
        print(e, e.amount, e.account)
    except ValueError as e:
        print("bad:", e)


def caesar(text: str, k: int) -> str:
    up, low = string.ascii_uppercase, string.ascii_lowercase
    table = str.maketrans(up + low, up[k:] + up[:k] + low[k:] + low[:k])
    return text.translate(table)


print(caesar("Hello, World!", 3), caesar(caesar("Hello", 3), 23))
d = date(2024, 2, 28)
print(
    d + timedelta(days=2),
    (date(2024, 12, 25) - d).days,
    d.weekday(),
    d.isoformat(),
    d.strftime("%d/%m/%Y"),
)


def primes(limit: int) -> list[int]:
    sieve = [True] * (limit + 1)
    sieve[0:2] = [False, False]
    for i in range(2, int(limit**0.5) + 1):
        if sieve[i]:
            sieve[i * i :: i] = [False] * len(sieve[i * i :: i])
    return [i for i, p in enumerate(sieve) if p]


print(primes(50))


def roman(n: int) -> str:
    out = ""
    for v, s in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        count, n = divmod(n, v)
        out += s * count
    return out


print([roman(n) for n in (4, 9, 14, 1994, 2024)])


def hanoi(n: int, a: str = "A", b: str = "B", c: str = "C") -> int:
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


print(hanoi(5))
grid = [[" "] * 5 for _ in range(3)]
for r, c in [(0, 0), (1, 2), (2, 4)]:
    grid[r][c] = "#"
print("\n".join("".join(row).rstrip() for row in grid))
text = """to be or not to be
that is the question"""
freq: dict[str, int] = {}
for word in text.split():
    freq[word] = freq.get(word, 0) + 1
for word, count in sorted(freq.items(), key=lambda kv: (-kv[1], kv[0]))[:3]:
    print(f"{word:<10}{count:>3}")
print(
    f"{'Total':-^20}|{sum(freq.values()):08.3f}|{1e6:,.0f}|{0.000123:.2e}|{7:03d}|{-7:+d}|{255:X}"
)
x = 5
result = "big" if x > 10 else "medium" if x > 3 else "small"
print(result, x if x else None, not x, ~x, x << 2, x >> 1, x & 4, x | 8, x ^ 1)
print(*[1, 2], sep=", ", end="!\n")
assert x == 5, "x"
del freq["be"]
print("be" in freq, list(freq)[:2])
