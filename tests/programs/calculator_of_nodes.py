"""Expression tokenizer, parser, evaluator."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, Union


class TokenType(Enum):
    NUMBER = "number"
    NAME = "name"
    OP = "op"
    LPAREN = "("
    RPAREN = ")"
    COMMA = ","
    END = "end"


class Token(NamedTuple):
    type: TokenType
    value: str
    pos: int


SPEC = [
    (TokenType.NUMBER, r"\d+(?:\.\d+)?"),
    (TokenType.NAME, r"[A-Za-z_]\w*"),
    (TokenType.OP, r"\*\*|[-+*/%=]"),
    (TokenType.LPAREN, r"\("),
    (TokenType.RPAREN, r"\)"),
    (TokenType.COMMA, r","),
]


class ParseError(SyntaxError):
    pass


def tokenize(text: str):
    pos = 0
    while pos < len(text):
        if text[pos].isspace():
            pos += 1
            continue
        for kind, pattern in SPEC:
            m = re.compile(pattern).match(text, pos)
            if m:
                yield Token(kind, m.group(), pos)
                pos = m.end()
                break
        else:
            raise ParseError(f"unexpected {text[pos]!r} at {pos}")
    yield Token(TokenType.END, "", pos)


@dataclass
class Num:
    value: float


@dataclass
class Var:
    name: str


@dataclass
class BinOp:
    op: str
    left: Node
    right: Node


@dataclass
class Unary:
    op: str
    operand: Node


@dataclass
class Call:
    func: str
    args: list[Node]


@dataclass
class Assign:
    name: str
    value: Node


Node = Union[Num, Var, BinOp, Unary, Call, Assign]

PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "**": 4}


class Parser:
    def __init__(self, text: str):
        self.tokens = list(tokenize(text))
        self.index = 0

    @property
    def current(self) -> Token:
        return self.tokens[self.index]

    def advance(self) -> Token:
        token = self.current
        self.index += 1
        return token

    def expect(self, kind: TokenType) -> Token:
        if self.current.type is not kind:
            raise ParseError(f"expected {kind.value} but got {self.current.value or 'end'}")
        return self.advance()

    def parse(self) -> Node:
        node = self.assignment()
        self.expect(TokenType.END)
        return node

    def assignment(self) -> Node:
        node = self.expression(1)
        if self.current.value == "=":
            if not isinstance(node, Var):
                raise ParseError("cannot assign")
            self.advance()
            return Assign(node.name, self.assignment())
        return node

    def expression(self, minimum: int) -> Node:
        left = self.unary()
        while (
            self.current.type == TokenType.OP and PRECEDENCE.get(self.current.value, 0) >= minimum
        ):
            op = self.advance().value
            level = PRECEDENCE[op]
            right = self.expression(level if op == "**" else level + 1)
            left = BinOp(op, left, right)
        return left

    def unary(self) -> Node:
        if self.current.value in ("-", "+"):
            return Unary(self.advance().value, self.expression(3))
        return self.atom()

    def atom(self) -> Node:
        token = self.advance()
        match token.type:
            case TokenType.NUMBER:
                return Num(float(token.value))
            case TokenType.NAME if self.current.type is TokenType.LPAREN:
                self.advance()
                args = []
                while self.current.type is not TokenType.RPAREN:
                    args.append(self.expression(1))
                    if self.current.type is TokenType.COMMA:
                        self.advance()
                self.expect(TokenType.RPAREN)
                return Call(token.value, args)
            case TokenType.NAME:
                return Var(token.value)
            case TokenType.LPAREN:
                inner = self.expression(1)
                self.expect(TokenType.RPAREN)
                return inner
        raise ParseError(f"unexpected {token.value or 'end'!r}")


class Evaluator:
    FUNCTIONS = {
        "max": lambda args: max(args),
        "min": lambda args: min(args),
        "sum": lambda args: sum(args),
    }
    OPS = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "%": lambda a, b: a % b,
        "**": lambda a, b: a**b,
    }

    def __init__(self):
        self.env = {"pi": 3.14159}

    def eval(self, node: Node) -> float:
        match node:
            case Num(value):
                return value
            case Var(name):
                if name not in self.env:
                    raise NameError(f"undefined: {name}")
                return self.env[name]
            case Unary("-", operand):
                return -self.eval(operand)
            case Unary(_, operand):
                return self.eval(operand)
            case BinOp(op, left, right):
                return self.OPS[op](self.eval(left), self.eval(right))
            case Call(func, args):
                if func not in self.FUNCTIONS:
                    raise NameError(f"no function {func}")
                return self.FUNCTIONS[func]([self.eval(a) for a in args])
            case Assign(name, value):
                self.env[name] = result = self.eval(value)
                return result
        raise TypeError(node)


ev = Evaluator()
for line in [
    "1 + 2 * 3",
    "-2 ** 2",
    "2 ** 3 ** 2",
    "x = (1 + 2) * 4",
    "x / 5",
    "max(1, x, 3)",
    "y",
    "1 +",
    "3 $ 4",
    "1 / 0",
    "foo(1)",
    "1 = 2",
    "7 % 4 - -1",
]:
    try:
        tree = Parser(line).parse()
        print(f"{line:<20} = {ev.eval(tree):g}")
    except (ParseError, NameError, ZeroDivisionError) as err:
        print(f"{line:<20} ! {type(err).__name__}: {err}")
print(Parser("a + f(1, -b)").parse())
