"""Unions of classes, in the program's own file: a base that these classes have in common.

    Expr = Union[Num, Add]              class Expr(ABC): ...            (members: Num, Add)
    def value(e: Num | Add) -> int:     class Num(Expr): ...
                                 ->     class Add(Expr): ...
                                        def value(e: Expr) -> int:

The base has no fields; its methods are those that all of the classes define alike. Classes that have a
base in common already are taken for that. A class that stands in a smaller union, too, derives from that
one's base, which derives from the larger one's.

Source: Python Library Reference, "typing.Union".
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import classes_of, import_abstract, placed, statements

_WORDS = ("Union", "typing.Union")


def with_bases(tree: ast.Module) -> ast.Module:
    """Return the module with its unions of classes as bases."""
    classes = classes_of(tree)
    aliases = _aliases(tree, classes)
    finder = _Finder(classes)
    finder.visit(tree)
    wanted = set(finder.found) | set(aliases.values())
    bases: dict[frozenset[str], str] = {}
    for members in sorted(wanted, key=lambda each: (-len(each), sorted(each))):
        alias = next((name for name, each in aliases.items() if each == members), None)
        base = _common_base(members, classes) or _new_base(tree, members, alias, classes)
        if base is not None:
            bases[members] = base
    if not bases:
        return tree
    import_abstract(tree)
    tree.body = [each for each in tree.body if not _is_alias(each, aliases, bases)]
    _Replacing(classes, aliases, bases).visit(tree)
    return tree


def _aliases(tree: ast.Module, classes: dict[str, ast.ClassDef]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for statement in tree.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                members, has_none = _members(value, classes)
                if members and not has_none:
                    found[name] = members
    return found


def _is_alias(
    statement: ast.stmt, aliases: dict[str, frozenset[str]], bases: dict[frozenset[str], str]
) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name in aliases and aliases[name] in bases
    return False


def _members(node: ast.expr, classes: dict[str, ast.ClassDef]) -> tuple[frozenset[str], bool]:
    """Return the classes of a union, and whether None is in it; no classes if it is something else."""
    match node:
        case ast.BinOp(op=ast.BitOr()):
            parts = _flat(node)
        case ast.Subscript(value=word, slice=ast.Tuple(elts=parts)):
            if ast.unparse(word) not in _WORDS:
                return frozenset(), False
        case _:
            return frozenset(), False
    names: set[str] = set()
    has_none = False
    for part in parts:
        match part:
            case ast.Constant(value=None):
                has_none = True
            case ast.Name(id=name) | ast.Constant(value=str() as name) if name in classes:
                names.add(name)
            case _:
                return frozenset(), False
    return (frozenset(names), has_none) if len(names) > 1 else (frozenset(), False)


def _flat(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return [*_flat(left), *_flat(right)]
    return [node]


def _parsed(node: ast.Constant) -> ast.expr | None:
    """Return the annotation that a string may hold."""
    if not isinstance(node.value, str) or "|" not in node.value and "Union[" not in node.value:
        return None
    try:
        made = ast.parse(node.value, mode="eval").body
    except SyntaxError:
        return None
    for each in ast.walk(made):
        if isinstance(each, ast.expr):
            ast.copy_location(each, node)
    return made


class _Finder(ast.NodeVisitor):
    """Finds the unions of classes in a module."""

    def __init__(self, classes: dict[str, ast.ClassDef]) -> None:
        self.classes = classes
        self.found: dict[frozenset[str], None] = {}

    def generic_visit(self, node: ast.AST) -> None:
        each = _parsed(node) if isinstance(node, ast.Constant) else node
        if isinstance(each, ast.expr):
            members, _ = _members(each, self.classes)
            if members:
                self.found[members] = None
                return
        super().generic_visit(node)


class _Replacing(ast.NodeTransformer):
    """Writes the base for each union."""

    def __init__(
        self,
        classes: dict[str, ast.ClassDef],
        aliases: dict[str, frozenset[str]],
        bases: dict[frozenset[str], str],
    ) -> None:
        self.classes = classes
        self.bases = bases
        self.names = {
            name: bases[members]
            for name, members in aliases.items()
            if members in bases and bases[members] != name
        }

    def visit(self, node: ast.AST) -> ast.AST:
        each = _parsed(node) if isinstance(node, ast.Constant) else node
        if isinstance(each, ast.expr):
            members, has_none = _members(each, self.classes)
            if members in self.bases:
                name = placed(node, ast.Name(self.bases[members], ast.Load()))
                if not has_none:
                    return name
                return placed(node, ast.BinOp(name, ast.BitOr(), ast.Constant(None)))
        if isinstance(node, ast.Name) and node.id in self.names:
            node.id = self.names[node.id]
        return super().visit(node)


def _bases_of(name: str, classes: dict[str, ast.ClassDef]) -> list[str]:
    """Return the classes of the file from which one derives, the nearest first."""
    found: list[str] = []
    while True:
        names = [each.id for each in classes[name].bases if isinstance(each, ast.Name)]
        inside = [each for each in names if each in classes]
        if not inside:
            return found
        name = inside[0]
        found.append(name)


def _common_base(members: frozenset[str], classes: dict[str, ast.ClassDef]) -> str | None:
    """Return the nearest class from which all members derive, or which is one of them."""
    ways = [[name, *_bases_of(name, classes)] for name in sorted(members)]
    for name in ways[0]:
        if all(name in way for way in ways) and not hasattr(classes[name], "union_members"):
            return name
    return None


def _new_base(
    tree: ast.Module,
    members: frozenset[str],
    alias: str | None,
    classes: dict[str, ast.ClassDef],
) -> str | None:
    """Make a base for classes that have none, or all the same; None if that cannot be."""
    nodes = [classes[name] for name in members]
    outer = {ast.unparse(base) for node in nodes for base in node.bases} - {"object", "ABC"}
    if len(outer) > 1:
        return None
    above = next(iter(outer), None)
    if above is not None and not (
        above in classes
        and hasattr(classes[above], "union_members")
        and all(any(ast.unparse(b) == above for b in node.bases) for node in nodes)
    ):
        return None
    first = min(nodes, key=tree.body.index)
    name = alias or "_or_".join(sorted(members))
    methods = _shared_methods(nodes)
    base = ast.ClassDef(
        name,
        [ast.Name(above or "ABC", ast.Load())],
        [],
        [*methods] or [ast.Pass()],
        [],
    )
    placed(first, base)
    base.union_members = members
    for node in nodes:
        node.bases = [placed(node, ast.Name(name, ast.Load()))]
    at = tree.body.index(first)
    tree.body.insert(at, base)
    classes[name] = base
    return name


def _shared_methods(nodes: list[ast.ClassDef]) -> list[ast.stmt]:
    """Return, as abstract ones, the methods that all classes define with the same signature."""
    shared: list[ast.stmt] = []
    for method in nodes[0].body:
        if not isinstance(method, ast.FunctionDef) or method.name.startswith("__"):
            continue
        if method.decorator_list or method.returns is None:
            continue
        if all(any(_is_like(method, other) for other in node.body) for node in nodes[1:]):
            made = copy.deepcopy(method)
            made.body = [placed(method, ast.Expr(ast.Constant(...)))]
            made.decorator_list = [placed(method, ast.Name("abstractmethod", ast.Load()))]
            shared.append(made)
    if all(map(_has_repr, nodes)):
        shared += statements(nodes[0], "@abstractmethod\ndef __repr__(self) -> str: ...")
    return shared


def _has_repr(node: ast.ClassDef) -> bool:
    words = [ast.unparse(each).partition("(")[0] for each in node.decorator_list]
    return "dataclass" in words or any(
        getattr(each, "name", "") == "__repr__" for each in node.body
    )


def _is_like(method: ast.FunctionDef, other: ast.stmt) -> bool:
    return (
        isinstance(other, ast.FunctionDef)
        and other.name == method.name
        and not other.decorator_list
        and ast.unparse(other.args) == ast.unparse(method.args)
        and other.returns is not None
        and ast.unparse(other.returns) == ast.unparse(method.returns)
    )
