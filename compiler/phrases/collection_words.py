"""`defaultdict` and `OrderedDict` as types, which are `dict`: a dict may have a way to make what it lacks, and a name.

    d: defaultdict[str, int] = defaultdict(int)      d: dict[str, int] = defaultdict(int)

The repr of one names what makes its values, which is known where the call is:

    defaultdict(int)        defaultdict(int, "<class 'int'>")

and a Counter of names:

    Counter(a=2)            Counter({"a": 2})
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed

_CLASSES = frozenset({"int", "float", "str", "bool", "list", "dict", "set"})


class CollectionWords(ast.NodeTransformer):
    """Rewrites the uses of such words in one module."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.Subscript:
        self.generic_visit(node)
        if _is_word(node.value, "defaultdict", "OrderedDict"):
            node.value = ast.copy_location(ast.Name("dict", ast.Load()), node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if _is_word(node.func, "Counter") and node.keywords and not node.args:
            keys: list[ast.expr | None] = [ast.Constant(each.arg) for each in node.keywords]
            given = ast.Dict(keys, [each.value for each in node.keywords])
            node.args, node.keywords = [placed(node, given)], []
        if _is_word(node.func, "defaultdict") and len(node.args) == 1 and not node.keywords:
            maker = node.args[0]
            is_class = isinstance(maker, ast.Name) and maker.id in _CLASSES
            name = f"<class '{maker.id}'>" if is_class else "<function>"
            node.args.append(placed(maker, ast.Constant(name)))
        return node


def _is_word(node: ast.expr, *words: str) -> bool:
    """True for some classes of collections."""
    match node:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="collections"), attr=name):
            return name in words
    return False
