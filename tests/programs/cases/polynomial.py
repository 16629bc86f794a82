"""Polynomials with operators, as a class of coefficients."""

from __future__ import annotations


class Polynomial:
    def __init__(self, coefficients: list[int]) -> None:
        while coefficients and coefficients[-1] == 0:
            coefficients = coefficients[:-1]
        self.coefficients = coefficients

    def __add__(self, other: Polynomial) -> Polynomial:
        n = max(len(self.coefficients), len(other.coefficients))
        return Polynomial([self[i] + other[i] for i in range(n)])

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + -other

    def __neg__(self) -> Polynomial:
        return Polynomial([-c for c in self.coefficients])

    def __mul__(self, other: Polynomial) -> Polynomial:
        if not self or not other:
            return Polynomial([])
        result = [0] * (len(self.coefficients) + len(other.coefficients) - 1)
        for i, a in enumerate(self.coefficients):
            for j, b in enumerate(other.coefficients):
                result[i + j] += a * b
        return Polynomial(result)

    def __call__(self, x: int) -> int:
        value = 0
        for c in reversed(self.coefficients):
            value = value * x + c
        return value

    def __getitem__(self, i: int) -> int:
        return self.coefficients[i] if i < len(self.coefficients) else 0

    def __len__(self) -> int:
        return len(self.coefficients)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self.coefficients == other.coefficients

    def __hash__(self) -> int:
        return hash(len(self.coefficients))

    def __str__(self) -> str:
        if not self.coefficients:
            return "0"
        terms = []
        for i in range(len(self) - 1, -1, -1):
            c = self[i]
            if c == 0:
                continue
            sign = "-" if c < 0 else "+"
            size = abs(c)
            body = "" if i == 0 else "x" if i == 1 else f"x^{i}"
            number = str(size) if size != 1 or i == 0 else ""
            terms.append(f"{sign} {number}{body}")
        text = " ".join(terms)
        return text[2:] if text.startswith("+") else "-" + text[2:]


def main() -> None:
    p = Polynomial([1, -3, 0, 2])
    q = Polynomial([-1, 1])
    print(p, "|", q, "|", p + q, "|", p - q, "|", p * q, "|", p - p)
    print([p(x) for x in range(-2, 3)], len(p), p == Polynomial([1, -3, 0, 2, 0]))


if __name__ == "__main__":
    main()
