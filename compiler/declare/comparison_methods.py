"""`__eq__` and its like, as ordinary programs write them.

    def __eq__(self, other: object) -> bool:          def __eq__(self, other: Point) -> bool:
        if not isinstance(other, Point):                  if not isinstance(other, Point):
            return NotImplemented                             return self is other
        return self.x == other.x                          return self.x == other.x

Values have static types, so what `==` compares with is an object of the class, or of the first of its
bases that defines `==`. `NotImplemented` of `==` leaves it to the other operand, and so to identity in
the end; of an order it is a TypeError.
"""

from __future__ import annotations

import ast

from compiler.types import ClassDeclaration

_OPERATORS = {
    "__eq__": "==",
    "__ne__": "!=",
    "__lt__": "<",
    "__le__": "<=",
    "__gt__": ">",
    "__ge__": ">=",
}


def adapt(declaration: ClassDeclaration, method: ast.FunctionDef) -> None:
    """Give the other operand its type, and `NotImplemented` its meaning."""
    if method.name not in _OPERATORS or len(method.args.args) != 2:
        return
    other = method.args.args[1]
    if isinstance(other.annotation, ast.Name) and other.annotation.id == "object":
        first = _first_with(declaration, method.name)
        other.annotation = ast.copy_location(_type_of(first), other.annotation)
    _Answers(method).generic_visit(method)


class _Answers(ast.NodeTransformer):
    """Replaces `return NotImplemented`."""

    def __init__(self, method: ast.FunctionDef):
        self.operator = _OPERATORS[method.name]
        self.operands = [each.arg for each in method.args.args]

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        if not isinstance(node.value, ast.Name) or node.value.id != "NotImplemented":
            return node
        left, right = self.operands
        answer = {"==": f"return {left} is {right}", "!=": f"return {left} is not {right}"}
        refused = (
            f"raise TypeError(\"'{self.operator}' not supported between instances of '\""
            f" f\"{{type({left}).__name__}}' and '{{type({right}).__name__}}'\")"
        )
        made = ast.parse(answer.get(self.operator, refused)).body[0]
        for each in ast.walk(made):
            ast.copy_location(each, node)
        return made


def _first_with(declaration: ClassDeclaration, name: str) -> ClassDeclaration:
    """Return the topmost class that defines a method, among a class and its bases."""
    base = declaration.base
    while base is not None:
        if name in base.declaration.methods:
            declaration = base.declaration
        base = base.declaration.base
    return declaration


def _type_of(declaration: ClassDeclaration) -> ast.expr:
    text = declaration.name
    if declaration.parameters:
        text += f"[{', '.join(map(str, declaration.parameters))}]"
    return ast.parse(text, mode="eval").body
