"""Unions of values: a class for each union of a module, and one for each of its types.

    def shown(x: int | str): ...        class int_or_str(ABC): ...          (members: the two below)
                                 ->     class int_or_str__int(int_or_str):
                                            value: int
                                        class int_or_str__str(int_or_str):
                                            value: str
                                        def shown(x: int_or_str): ...

An object of such a class holds one value. The checker makes it where a value is wanted as the union, and
takes the value out again where a test has proved what it is (`check/value_unions.py`). A union of numbers
has their operators, too. What lists values of several types by literals only, such as `[1, "two"]`, is of
a union that nobody has to write. Unions of classes that get a base in common are gone by now
(`class_unions.py`).

Source: Python Library Reference, "typing.Union".
"""

from __future__ import annotations

import ast
import copy
import re

from compiler.phrases.places import classes_of, import_abstract, placed, statements
from compiler.phrases.value_union_classes import source_of

_UNION = ("Union", "typing.Union")
_OPTIONAL = ("Optional", "typing.Optional")
_WITHOUT_TYPES = ("Literal", "typing.Literal", "Annotated", "Final", "ClassVar")
_BUILTIN = ("int", "str", "float", "bool", "bytes")
_GENERIC = ("list", "dict", "set", "tuple", "List", "Dict", "Set", "Tuple", "Optional", "Union")
_NO_VALUES = ("Callable", "Iterator", "Iterable", "Generator", "Any", "object")


def with_unions(tree: ast.Module) -> ast.Module:
    """Return the module with its unions of values as classes."""
    types = _Types(tree)
    _Annotations(types).visit(tree)
    _Displays(types).visit(tree)
    if getattr(tree, "mixes_numbers", False):
        types.union(["int", "float"])
    if not types.members:
        return tree
    gone = [each for each in tree.body if _bound_name(each) in types.used_aliases]
    tree.body = [each for each in tree.body if each not in gone]
    import_abstract(tree)
    place = next(n for n, each in enumerate(tree.body) if _imports_abstract(each)) + 1
    at = tree.body[place - 1]
    made: list[ast.stmt] = []
    for name, members in types.members.items():
        classes = statements(at, source_of(name, members, types.classes))
        base, *boxes = classes
        base.union_members = base.value_members = tuple(each.name for each in boxes)
        made += classes
    tree.body[place:place] = made
    return tree


def _imports_abstract(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "abc"


def _bound_name(statement: ast.stmt) -> str:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


class _Types:
    """The unions of a module, and what stands for each."""

    def __init__(self, tree: ast.Module) -> None:
        self.classes = classes_of(tree)
        self.variables: set[str] = set()
        self.aliases: dict[str, ast.expr] = {}
        self.members: dict[str, list[str]] = {}  # what is in a union, by the name of its class
        self.used_aliases: set[str] = set()
        self.names: dict[frozenset[str], str] = {}
        for statement in tree.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=word)):
                    if ast.unparse(word) in ("TypeVar", "typing.TypeVar"):
                        self.variables.add(name)
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if self.is_type(value):
                    self.aliases[name] = value
                case ast.AnnAssign(
                    target=ast.Name(id=name), annotation=word, value=ast.expr() as value
                ) if ast.unparse(word) in ("TypeAlias", "typing.TypeAlias"):
                    self.aliases[name] = value
        self.made: dict[
            str, tuple[str, bool]
        ] = {}  # by alias: the class, and whether None is in it

    def is_type(self, node: ast.expr) -> bool:
        """True for a union outside of an annotation: of words that name types only."""
        match node:
            case ast.BinOp(op=ast.BitOr(), left=left, right=right):
                return self._is_part(left) and self._is_part(right)
            case ast.Subscript(value=ast.Name(id=word)) if word in _GENERIC:
                return any(self.union_of(each) for each in ast.walk(node))
            case ast.Subscript(value=word):
                return ast.unparse(word) in _UNION + _OPTIONAL
        return False

    def _is_part(self, node: ast.expr) -> bool:
        match node:
            case ast.Constant(value=None) | ast.Constant(value=str()):
                return True
            case ast.Name(id=name):
                return name in _BUILTIN or name in self.classes or name in self.aliases
            case ast.Subscript(value=ast.Name(id=word)):
                return word in _GENERIC
        return self.is_type(node)

    def union_of(self, node: ast.AST) -> list[ast.expr]:
        """Return the parts of a union, None among them; no parts if it is something else."""
        match node:
            case ast.BinOp(op=ast.BitOr(), left=left, right=right):
                return [*(self.union_of(left) or [left]), *(self.union_of(right) or [right])]
            case ast.Subscript(value=word, slice=inside):
                text = ast.unparse(word)
                parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
                if text in _OPTIONAL:
                    parts = [*parts, ast.copy_location(ast.Constant(None), node)]
                elif text not in _UNION:
                    return []
                return [part for each in parts for part in self.union_of(each) or [each]]
            case ast.Name(id=name) if name in self.aliases and name not in self.made:
                return self.union_of(self.aliases[name])
        return []

    def plain(self, node: ast.expr) -> ast.expr:
        """Return a type with classes in the place of its unions of values."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return self.unquoted(node)
        if isinstance(node, ast.Name) and node.id in self.aliases:
            return self.of_alias(node)
        parts = self.union_of(node)
        if parts:
            return self.of_parts(node, parts)
        match node:
            case ast.Subscript(value=word) if ast.unparse(word) not in _WITHOUT_TYPES:
                node.slice = self.plain(node.slice)
            case ast.Tuple() | ast.List():
                node.elts = [self.plain(each) for each in node.elts]
        return node

    def unquoted(self, node: ast.Constant) -> ast.expr:
        try:
            made = ast.parse(node.value.strip(), mode="eval").body
        except SyntaxError:
            return node
        for each in ast.walk(made):
            ast.copy_location(each, node)
        before = ast.unparse(made)
        made = self.plain(made)
        return node if ast.unparse(made) == before else made

    def of_alias(self, node: ast.Name) -> ast.expr:
        name = node.id
        parts = self.union_of(node) if name not in self.made else []
        if name not in self.made:
            if len(_some(parts)) < 2 or not self.can_hold(parts):
                return self.plain(copy.deepcopy(self.aliases[name])) if parts else node
            self.made[name] = (name, len(_some(parts)) < len(parts))
            self.used_aliases.add(name)
            members = [self.plain(copy.deepcopy(each)) for each in _some(parts)]
            self.members[name] = _texts(members)
            self.names.setdefault(frozenset(self.members[name]), name)
        return self.named(node, *self.made[name])

    def of_parts(self, node: ast.expr, parts: list[ast.expr]) -> ast.expr:
        some = [self.plain(each) for each in _some(parts)]
        texts = _texts(some)
        if len(texts) < 2 or not self.can_hold(parts):
            return node
        return self.named(node, self.union(texts), len(some) < len(parts))

    def union(self, texts: list[str]) -> str:
        """Return the name of the class for a union."""
        key = frozenset(texts)
        if key not in self.names:
            name = "_or_".join(re.sub(r"\W+", "_", each).strip("_") for each in texts)
            self.names[key] = name
            self.members[name] = texts
        return self.names[key]

    def can_hold(self, parts: list[ast.expr]) -> bool:
        """True if values of all these types can be kept and shown."""
        words = {each.id for part in parts for each in ast.walk(part) if isinstance(each, ast.Name)}
        return not words & self.variables and not words & set(_NO_VALUES)

    def named(self, at: ast.expr, name: str, has_none: bool) -> ast.expr:
        made: ast.expr = ast.Name(name, ast.Load())
        if has_none:
            made = ast.BinOp(made, ast.BitOr(), ast.Constant(None))
        return placed(at, made)


def _some(parts: list[ast.expr]) -> list[ast.expr]:
    """Return what is in a union but None."""
    return [each for each in parts if not (isinstance(each, ast.Constant) and each.value is None)]


def _texts(parts: list[ast.expr]) -> list[str]:
    return [*dict.fromkeys(ast.unparse(each) for each in parts)]


class _Annotations(ast.NodeTransformer):
    """Writes the class for each union where a type stands."""

    def __init__(self, types: _Types) -> None:
        self.types = types

    def visit_arg(self, node: ast.arg) -> ast.arg:
        if node.annotation is not None:
            node.annotation = self.types.plain(node.annotation)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        node.annotation = self.types.plain(node.annotation)
        self.generic_visit(node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        if node.returns is not None:
            node.returns = self.types.plain(node.returns)
        self.generic_visit(node)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        node.bases = [self.types.plain(each) for each in node.bases]
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Subscript()):
                node.func = self.types.plain(node.func)
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, classes]):
                parts = self.types.union_of(classes)
                if parts:
                    node.args[1] = placed(classes, ast.Tuple(parts, ast.Load()))
        return node


class _Displays(ast.NodeVisitor):
    """Finds displays of literals of several types, which are of a union that nobody wrote."""

    def __init__(self, types: _Types) -> None:
        self.types = types

    def visit_List(self, node: ast.List) -> None:
        self.note(node.elts)
        self.generic_visit(node)

    visit_Set = visit_List

    def visit_For(self, node: ast.For) -> None:
        if isinstance(node.iter, ast.Tuple):
            self.note(node.iter.elts)
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        self.note([each for each in node.keys if each is not None])
        self.note(node.values)
        self.generic_visit(node)

    def note(self, items: list[ast.expr]) -> None:
        kinds = [_literal_kind(each) for each in items]
        if "" in kinds:
            return
        found = [*dict.fromkeys(each for each in kinds if each != "None")]
        if len(found) > 1 and not any(
            set(found) <= set(members) for members in self.types.members.values()
        ):
            self.types.union(found)


def _literal_kind(node: ast.expr) -> str:
    """Return the type of a literal; empty if it is something else."""
    match node:
        case ast.Constant(value=bool() | int() | float() | str() | bytes() | None as value):
            return "None" if value is None else type(value).__name__
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return _literal_kind(inner)
        case ast.JoinedStr():
            return "str"
    return ""
