"""A calculator: tokens, a parser by precedence, an evaluator with names."""

from __future__ import annotations

import math


class SyntaxProblem(Exception):
    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} at {position}")
        self.position = position


class Parser:
    def __init__(self, text: str, names: dict[str, float]) -> None:
        self.text = text
        self.at = 0
        self.names = names

    def peek(self) -> str:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at] if self.at < len(self.text) else ""

    def take(self, wanted: str) -> bool:
        if self.peek() != "" and self.text.startswith(wanted, self.at):
            self.at += len(wanted)
            return True
        return False

    def expression(self) -> float:
        value = self.term()
        while True:
            if self.take("+"):
                value += self.term()
            elif self.take("-"):
                value -= self.term()
            else:
                return value

    def term(self) -> float:
        value = self.factor()
        while True:
            if self.take("//"):
                value = value // self.factor()
            elif self.peek() == "*" and not self.text.startswith("**", self.at):
                self.at += 1
                value *= self.factor()
            elif self.take("/"):
                value /= self.factor()
            elif self.take("%"):
                value %= self.factor()
            else:
                return value

    def factor(self) -> float:
        if self.take("-"):
            return -self.factor()
        base = self.atom()
        return base ** self.factor() if self.take("**") else base

    def atom(self) -> float:
        if self.take("("):
            value = self.expression()
            if not self.take(")"):
                raise SyntaxProblem("missing )", self.at)
            return value
        start = self.at if self.peek() else self.at
        while self.at < len(self.text) and (
            self.text[self.at].isalnum() or self.text[self.at] in "._"
        ):
            self.at += 1
        word = self.text[start : self.at]
        if not word:
            raise SyntaxProblem(f"unexpected {self.peek() or 'end'!r}", start)
        if word[0].isalpha():
            if self.take("("):
                argument = self.expression()
                self.take(")")
                return math.sqrt(argument) if word == "sqrt" else self.call(word, argument)
            return self.names[word]
        return float(word)

    def call(self, name: str, argument: float) -> float:
        match name:
            case "abs":
                return abs(argument)
            case "floor":
                return float(math.floor(argument))
        raise NameError(f"no function {name}")


def main() -> None:
    names = {"pi": math.pi, "x": 2.5}
    for text in (
        "1 + 2 * 3",
        "-2 ** 2",
        "2 ** 3 ** 2",
        "(1 + 2) * -3",
        "7 // 2 - 7 % 4",
        "abs(-3) + floor(2.7)",
        "x * pi",
        "1 / 0",
        "2 *",
        "(1",
        "y",
        "nope(1)",
        "1.2.3",
    ):
        parser = Parser(text, names)
        try:
            value = parser.expression()
            if parser.peek():
                raise SyntaxProblem(f"rest {parser.peek()!r}", parser.at)
            print(f"{text} = {value!r}")
        except (SyntaxProblem, ZeroDivisionError, ValueError, NameError) as error:
            print(f"{text}: {type(error).__name__}: {error}")
        except KeyError as error:
            print(f"{text}: unknown {error}")


if __name__ == "__main__":
    main()
