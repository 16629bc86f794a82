from __future__ import annotations


class Acc:
    def f(self, amount: float) -> None:
        print(Short(amount))


class Short(Exception):
    def __init__(self, amount: float) -> None:
        self.amount = amount
        super().__init__(f"short {amount}")


a = Acc()
try:
    a.f(1)
except Short as e:
    print(e, e.amount)
