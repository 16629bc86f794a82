"""The `code` of a SystemExit that is caught.

    except SystemExit as leaving:           except SystemExit as leaving:
        print(leaving.code)           ->        print(int(str(leaving)))

The exception keeps what it was made with as text, so that all that the file makes have to be of one kind:
numbers, or texts. Where they are not, `code` stays as it is, and is reported.

Source: Python Library Reference, "Built-in Exceptions", SystemExit.code.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import call, placed


def with_codes(tree: ast.Module) -> ast.Module:
    """Return the module with such codes taken from the text."""
    given = [
        each.args[0] if each.args else ast.Constant(None)
        for each in ast.walk(tree)
        if isinstance(each, ast.Call)
        and ast.unparse(each.func) in ("SystemExit", "sys.exit", "exit")
    ]
    texts = [each for each in given if _is_text(each)]
    has_nothing = any(isinstance(each, ast.Constant) and each.value is None for each in given)
    if has_nothing or len(texts) not in (0, len(given)):
        return tree
    return _Codes(is_text=bool(texts)).visit(tree)


def _is_text(node: ast.expr) -> bool:
    is_literal = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_literal or isinstance(node, ast.JoinedStr)


class _Codes(ast.NodeTransformer):
    def __init__(self, is_text: bool) -> None:
        self.is_text = is_text
        self.names: list[str] = []  # of the exceptions that are being handled

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        is_exit = isinstance(node.type, ast.Name) and node.type.id == "SystemExit"
        self.names.append(node.name if is_exit and node.name else "")
        self.generic_visit(node)
        self.names.pop()
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Attribute(value=ast.Name(id=name) as error, attr="code") if name in self.names:
                text = call("str", error)
                return placed(node, text if self.is_text else call("int", text))
        return node
