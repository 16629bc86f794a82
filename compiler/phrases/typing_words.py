"""Names of `typing` for what has a name of its own: `List[int]` is list[int].

Such names leave the import; those of the classes of `collections` are imported from there.

Source: Python Library Reference, module typing, "Deprecated aliases".
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed
from compiler.words import VOCABULARY

_BUILTIN = {
    "List": "list",
    "Dict": "dict",
    "Set": "set",
    "FrozenSet": "frozenset",
    "Tuple": "tuple",
    "Type": "type",
    "Text": "str",
}
_OF_COLLECTIONS = {"Deque": "deque", "DefaultDict": "defaultdict", "Counter": "Counter"}


class TypingWords(ast.NodeTransformer):
    """Rewrites the imports of one module from `typing`, and the names that they bind."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}  # those bound here that stand for others

    def visit_Module(self, node: ast.Module) -> ast.Module:
        body: list[ast.stmt] = []
        for statement in node.body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "typing":
                body += self.imports(statement)
            else:
                body.append(statement)
        node.body = body
        if self.names:
            self.generic_visit(node)
        return node

    def imports(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """Return the imports that one from `typing` comes to."""
        kept: dict[str, list[ast.alias]] = {"typing": [], "collections": [], "collections.abc": []}
        for alias in node.names:
            bound = alias.asname or alias.name
            if alias.name in _BUILTIN:
                self.names[bound] = _BUILTIN[alias.name]
            elif alias.name in _OF_COLLECTIONS:
                name = _OF_COLLECTIONS[alias.name]
                kept["collections"].append(ast.copy_location(ast.alias(name, None), alias))
                self.names[bound] = name
            elif (
                alias.name in VOCABULARY["typing"]
                or alias.name not in VOCABULARY["collections.abc"]
            ):
                kept["typing"].append(alias)
            else:
                kept["collections.abc"].append(alias)
        made = [ast.ImportFrom(module, names, 0) for module, names in kept.items() if names]
        return [placed(node, each) for each in made] or [placed(node, ast.Pass())]

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if node.id in self.names:
            node.id = self.names[node.id]
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return node
