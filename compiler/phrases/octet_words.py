"""`bytearray` in a program: the class of core, made of bytes whatever it is made of.

a = bytearray([1, 2])       from core.containers.bytearrays import bytearray
                            a = bytearray(bytes([1, 2]))
a.extend([3])               a.extend(bytes([3]))
a[1:2] = [4, 5]             a[1:2] = bytes([4, 5])
bytearray.fromhex(x)        bytearray(bytes.fromhex(x))
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed

WORD = "bytearray"
MODULE = "core.containers.bytearrays"


def with_class(tree: ast.Module) -> ast.Module:
    """Return a module with an import of `bytearray`, if it uses that and defines nothing of the name."""
    names = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    own = {each.name for each in tree.body if isinstance(each, ast.ClassDef | ast.FunctionDef)}
    if WORD not in names or WORD in own:
        return tree
    tree = _Words().visit(tree)
    at = _after_future(tree)
    place = tree.body[max(at - 1, 0)]
    word = ast.copy_location(ast.alias(WORD), place)
    tree.body.insert(at, placed(place, ast.ImportFrom(MODULE, [word], 0)))
    return tree


def _after_future(tree: ast.Module) -> int:
    """Return the place behind the docstring and the imports from __future__."""
    at = 0
    for index, each in enumerate(tree.body):
        is_text = isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
        is_future = isinstance(each, ast.ImportFrom) and each.module == "__future__"
        if not (is_text or is_future):
            break
        at = index + 1
    return at


class _Words(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        match node.func:
            case ast.Name(id="bytearray") if node.args:
                node.args, node.keywords = [_as_bytes(node, node.args, node.keywords)], []
            case ast.Attribute(value=ast.Name(id="bytearray") as owner, attr="fromhex"):
                maker = ast.Attribute(ast.Name("bytes", ast.Load()), "fromhex", ast.Load())
                made = placed(node, ast.Call(maker, node.args, []))
                node = placed(node, ast.Call(owner, [made], []))
        return node


def _as_bytes(node: ast.AST, args: list[ast.expr], keywords: list[ast.keyword]) -> ast.expr:
    return placed(node, ast.Call(ast.Name("bytes", ast.Load()), args, keywords))
