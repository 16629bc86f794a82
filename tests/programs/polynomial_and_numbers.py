"""Polynomials whose operators take polynomials and ints, on either side."""

from __future__ import annotations

from itertools import zip_longest


class Polynomial:
    """Coefficients, the constant first."""

    def __init__(self, *coefficients):
        items = list(coefficients)
        while len(items) > 1 and items[-1] == 0:
            items.pop()
        self.coefficients = tuple(items) or (0,)

    @staticmethod
    def _wrap(other):
        return other if isinstance(other, Polynomial) else Polynomial(other)

    @property
    def degree(self):
        return len(self.coefficients) - 1

    def __call__(self, x):
        result = 0
        for c in reversed(self.coefficients):
            result = result * x + c
        return result

    def __add__(self, other: "Polynomial | int") -> "Polynomial":
        if isinstance(other, int):
            other = Polynomial(other)
        pairs = zip_longest(self.coefficients, other.coefficients, fillvalue=0)
        return Polynomial(*(a + b for a, b in pairs))

    __radd__ = __add__

    def __neg__(self):
        return Polynomial(*[-c for c in self.coefficients])

    def __sub__(self, other: "Polynomial | int") -> "Polynomial":
        return self + (-other)

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other: "Polynomial | int") -> "Polynomial":
        if isinstance(other, int):
            return Polynomial(*[c * other for c in self.coefficients])
        if not isinstance(other, Polynomial):
            return NotImplemented
        out = [0] * (self.degree + other.degree + 1)
        for i, a in enumerate(self.coefficients):
            for j, b in enumerate(other.coefficients):
                out[i + j] += a * b
        return Polynomial(*out)

    def __rmul__(self, other):
        return self * other

    def __pow__(self, n):
        result = Polynomial(1)
        for _ in range(n):
            result *= self
        return result

    def __eq__(self, other):
        if isinstance(other, int):
            other = Polynomial(other)
        return self.coefficients == other.coefficients

    def __hash__(self):
        return hash(self.coefficients)

    def derivative(self):
        return Polynomial(*[i * c for i, c in enumerate(self.coefficients)][1:])

    def __str__(self):
        terms = []
        for i, c in reversed(list(enumerate(self.coefficients))):
            if c:
                sign = "-" if c < 0 else "+"
                body = str(abs(c)) if i == 0 or abs(c) != 1 else ""
                power = "" if i == 0 else "x" if i == 1 else f"x^{i}"
                terms.append(f"{sign} {body}{power}")
        text = " ".join(terms) or "0"
        return text[2:] if text.startswith("+") else text


def main() -> None:
    x = Polynomial(0, 1)
    p = x * x + 2 * x + 1
    print(p, "|", p - x, "|", 3 - p, "|", -p)
    print((x + 1) ** 2 == p, p == 5, Polynomial(5) == 5, p.degree)
    print(p(2), p(0.5), p.derivative())
    print(sum([x, x, Polynomial(4)]))
    print((x - 1) * (x + 1), Polynomial(), Polynomial(0, 0))
    print(len({p, (x + 1) ** 2, x}))


if __name__ == "__main__":
    main()
