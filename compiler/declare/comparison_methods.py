"""`__eq__` and its like, as ordinary programs write them.

    def __eq__(self, other: object) -> bool:          def __eq__(self, other: Point) -> bool:
        if not isinstance(other, Point):                  if not isinstance(other, Point):
            return NotImplemented                             return self is other
        return self.x == other.x                          return self.x == other.x

Values have static types, so what `==` compares with is an object of the class, or of the first of its
bases that defines `==`. `NotImplemented` of `==` leaves it to the other operand, and so to identity in
the end; of an order it is a TypeError, and of arithmetic as well, where no other class of the file has the
method of the other side.
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
_ARITHMETIC = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "** or pow()",
    "matmul": "@",
    "and": "&",
    "or": "|",
    "xor": "^",
    "lshift": "<<",
    "rshift": ">>",
}


def adapt(declaration: ClassDeclaration, method: ast.FunctionDef) -> None:
    """Give the other operand its type, and `NotImplemented` its meaning."""
    if len(method.args.args) != 2:
        return
    word = method.name.strip("_")
    if word in _ARITHMETIC and not _has_other_side(declaration, word):
        _Answers(method, _ARITHMETIC[word]).generic_visit(method)
    elif word[1:] in _ARITHMETIC and word[0] == "r":
        _Answers(method, _ARITHMETIC[word[1:]], is_reflected=True).generic_visit(method)
    if method.name not in _OPERATORS:
        return
    other = method.args.args[1]
    if isinstance(other.annotation, ast.Name) and other.annotation.id == "object":
        first = _first_with(declaration, method.name)
        other.annotation = ast.copy_location(_type_of(first), other.annotation)
    _Answers(method, _OPERATORS[method.name]).generic_visit(method)


class _Answers(ast.NodeTransformer):
    """Replaces `return NotImplemented`."""

    def __init__(self, method: ast.FunctionDef, operator: str, is_reflected: bool = False) -> None:
        self.operator = operator
        self.operands = [each.arg for each in method.args.args]
        if is_reflected:
            self.operands.reverse()

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        if not isinstance(node.value, ast.Name) or node.value.id != "NotImplemented":
            return node
        left, right = self.operands
        answer = {"==": f"return {left} is {right}", "!=": f"return {left} is not {right}"}
        kinds = f"'{{type({left}).__name__}}' and '{{type({right}).__name__}}'"
        text = f"unsupported operand type(s) for {self.operator}: {kinds}"
        if self.operator in _OPERATORS.values():
            text = f"'{self.operator}' not supported between instances of {kinds}"
        refused = f'raise TypeError(f"{text}")'
        made = ast.parse(answer.get(self.operator, refused)).body[0]
        for each in ast.walk(made):
            ast.copy_location(each, node)
        return made


def _has_other_side(declaration: ClassDeclaration, word: str) -> bool:
    """True if another class of the file has the method that Python would ask next."""
    return any(
        f"__r{word}__" in each.methods
        for each in declaration.module.scope.values()
        if isinstance(each, ClassDeclaration) and each.module is declaration.module
        if each is not declaration
        if not _is_of_values(each)
    )


def _is_of_values(declaration: ClassDeclaration) -> bool:
    """True for a union of values and what holds one of them, which pass on what that does."""
    base = declaration.base.declaration if declaration.base is not None else declaration
    return any(hasattr(each.node, "value_members") for each in (declaration, base))


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
