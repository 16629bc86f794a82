"""Tokens, a recursive descent parser, a tree of nodes, and its value."""

from __future__ import annotations

from abc import ABC, abstractmethod


class ParseError(Exception):
    pass


class Expr(ABC):
    @abstractmethod
    def evaluate(self, env: dict[str, float]) -> float: ...

    @abstractmethod
    def show(self) -> str: ...


class Number(Expr):
    def __init__(self, value: float) -> None:
        self.value = value

    def evaluate(self, env: dict[str, float]) -> float:
        return self.value

    def show(self) -> str:
        return str(self.value)


class Name(Expr):
    def __init__(self, name: str) -> None:
        self.name = name

    def evaluate(self, env: dict[str, float]) -> float:
        if self.name not in env:
            raise NameError(f"name '{self.name}' is not defined")
        return env[self.name]

    def show(self) -> str:
        return self.name


class Binary(Expr):
    def __init__(self, op: str, left: Expr, right: Expr) -> None:
        self.op = op
        self.left = left
        self.right = right

    def evaluate(self, env: dict[str, float]) -> float:
        a = self.left.evaluate(env)
        b = self.right.evaluate(env)
        if self.op == "+":
            return a + b
        elif self.op == "-":
            return a - b
        elif self.op == "*":
            return a * b
        elif self.op == "/":
            return a / b
        elif self.op == "^":
            return a**b
        raise ParseError("operator " + self.op)

    def show(self) -> str:
        return f"({self.left.show()} {self.op} {self.right.show()})"


def tokenize(text: str) -> list[str]:
    tokens: list[str] = []
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit() or c == ".":
            j = i
            while j < len(text) and (text[j].isdigit() or text[j] == "."):
                j += 1
            tokens.append(text[i:j])
            i = j
        elif c.isalpha():
            j = i
            while j < len(text) and text[j].isalnum():
                j += 1
            tokens.append(text[i:j])
            i = j
        elif c in "+-*/^()":
            tokens.append(c)
            i += 1
        else:
            raise ParseError(f"unexpected {c!r} at {i}")
    return tokens


class Parser:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.pos = 0

    def peek(self) -> str:
        return self.tokens[self.pos] if self.pos < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.pos += 1
        return token

    def parse(self) -> Expr:
        expr = self.sum()
        if self.peek():
            raise ParseError(f"trailing {self.peek()!r}")
        return expr

    def sum(self) -> Expr:
        left = self.product()
        while self.peek() in ("+", "-"):
            op = self.take()
            left = Binary(op, left, self.product())
        return left

    def product(self) -> Expr:
        left = self.power()
        while self.peek() in ("*", "/"):
            op = self.take()
            left = Binary(op, left, self.power())
        return left

    def power(self) -> Expr:
        base = self.atom()
        if self.peek() == "^":
            self.take()
            return Binary("^", base, self.power())
        return base

    def atom(self) -> Expr:
        token = self.take()
        if token == "(":
            inner = self.sum()
            if self.take() != ")":
                raise ParseError("missing )")
            return inner
        if token == "-":
            return Binary("-", Number(0.0), self.power())
        if token and (token[0].isdigit() or token[0] == "."):
            return Number(float(token))
        if token and token[0].isalpha():
            return Name(token)
        raise ParseError(f"unexpected {token!r}")


def main() -> None:
    env = {"x": 2.5, "y": -4.0}
    for source in [
        "1 + 2 * 3",
        "(1 + 2) * 3",
        "2 ^ 3 ^ 2",
        "-x + y / 4",
        "10 / 4 - 1.5",
        "1 / 0",
        "a + 1",
        "(1 + 2",
        "1 2",
        "3 $ 4",
        "",
        "1.2.3",
    ]:
        try:
            expr = Parser(tokenize(source)).parse()
            print(expr.show(), "=", expr.evaluate(env))
        except ParseError as error:
            print("parse error:", error)
        except (ZeroDivisionError, NameError) as error:
            print(type(error).__name__, error)
        except ValueError as error:
            print("value:", error)


if __name__ == "__main__":
    main()
