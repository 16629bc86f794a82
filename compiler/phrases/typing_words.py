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
    **dict.fromkeys(("Sequence", "MutableSequence", "Collection"), "list"),
    **dict.fromkeys(("Mapping", "MutableMapping"), "dict"),
    **dict.fromkeys(("AbstractSet", "MutableSet"), "set"),
}
_GONE = ("Hashable", "Literal", "NewType", "cast", "runtime_checkable")
_MODULES = ("typing", "collections.abc")
_OF_COLLECTIONS = {
    "Deque": "deque",
    "DefaultDict": "defaultdict",
    "OrderedDict": "OrderedDict",
    "Counter": "Counter",
}


class TypingWords(ast.NodeTransformer):
    """Rewrites the imports of one module from `typing`, and the names that they bind."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}  # those bound here that stand for others
        self.gone: dict[str, str] = {}  # and those that are rewritten where they stand

    def visit_Module(self, node: ast.Module) -> ast.Module:
        body: list[ast.stmt] = []
        for statement in node.body:
            if isinstance(statement, ast.ImportFrom) and statement.module in _MODULES:
                body += self.imports(statement)
            else:
                body.append(statement)
        node.body = body
        if self.names or self.gone:
            self.generic_visit(node)
        return node

    def imports(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """Return the imports that one from `typing` comes to."""
        kept: dict[str, list[ast.alias]] = {"typing": [], "collections": [], "collections.abc": []}
        for alias in node.names:
            bound = alias.asname or alias.name
            if alias.name in _GONE:
                self.gone[bound] = alias.name
            elif alias.name == "Set" and node.module == "collections.abc":
                self.names[bound] = "set"
            elif alias.name in _BUILTIN:
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

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """`Literal["r", "w"]` is the type of what it lists."""
        if self.word(node.value) != "Literal":
            self.generic_visit(node)
            return node
        values = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        kinds = {type(each.value) for each in values if isinstance(each, ast.Constant)}
        if len(kinds) != 1 or len(values) == 0 or kinds & {type(None)}:
            return node
        return ast.copy_location(ast.Name(kinds.pop().__name__, ast.Load()), node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """`cast(T, x)` is x; every type that can be a key is one here, so `bound=Hashable` says nothing."""
        self.generic_visit(node)
        node.keywords = [
            each
            for each in node.keywords
            if each.arg != "bound" or self.word(each.value) != "Hashable"
        ]
        if self.word(node.func) == "cast" and len(node.args) == 2:
            return node.args[1]
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        """`UserId = NewType("UserId", int)`: another name of the type."""
        self.generic_visit(node)
        match node:
            case ast.Assign(targets=[ast.Name()], value=ast.Call(func=function, args=[_, type])):
                if self.word(function) == "NewType":
                    node.value = type
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        node.decorator_list = [
            each for each in node.decorator_list if self.word(each) != "runtime_checkable"
        ]
        self.generic_visit(node)
        return node

    def word(self, node: ast.expr) -> str:
        return self.gone.get(node.id, "") if isinstance(node, ast.Name) else ""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return node
