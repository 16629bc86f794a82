"""The types that values imply without the types of the program, by their form alone.

What a value implies is an annotation, as its author could have written it, made of the annotations
of parameters and functions, of the names of classes, and of what literals and operators give. It is
needed where a type must be known before check has looked at any body.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

_RESULTS = {  # of Python's functions, whatever they are given
    "ord": "int",
    "len": "int",
    "hash": "int",
    "chr": "str",
    "repr": "str",
    "hex": "str",
    "input": "str",
    **{name: name for name in ("int", "str", "float", "bool", "bytes")},
}
_OF_TEXT = {  # of methods of str
    **dict.fromkeys(("split", "splitlines"), "list[str]"),
    **dict.fromkeys(("count", "find", "index", "rfind"), "int"),
    **dict.fromkeys(("join", "lower", "replace", "strip", "title", "upper"), "str"),
}

_OF_ITEMS = ("list", "set", "frozenset", "deque", "dict", "Iterable", "Iterator", "Sequence")


class ImpliedTypes:
    """What values imply where certain names are known."""

    def __init__(
        self,
        annotations: dict[str, ast.expr | None],
        values: dict[str, ast.expr | None],
        definition: Callable[[str], ast.stmt | None],
    ) -> None:
        """annotations, values: of the names around; definition: the class or function of a name."""
        self.annotations = annotations
        self.values = values
        self.definition = definition

    def annotation(self, node: ast.expr) -> ast.expr | None:
        """Return the annotation that says what a value is; None if it cannot be told."""
        match node:
            case ast.Constant(value=bool() | int() | float() | str() | bytes() as value):
                return named(type(value).__name__, node)
            case ast.JoinedStr():
                return named("str", node)
            case ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return named("bool", node)
            case ast.UnaryOp(operand=inner):
                return self.annotation(inner)
            case ast.Name(id=name) if name in self.annotations:
                return self.annotations[name]
            case ast.Name(id=name) if name in self.values:
                value = self.values[name]
                self.values[name] = None  # so that one that depends on itself comes to an end
                found = self.annotation(value) if value is not None else None
                self.values[name] = value
                return found
            case ast.IfExp(body=left, orelse=right):
                return self.common([left, right])
            case ast.BinOp(left=left, op=op, right=right):
                return self.of_operator(node, left, op, right)
            case ast.Tuple(elts=items) if items:
                parts = [self.annotation(each) for each in items]
                if None in parts:
                    return None
                index = at(ast.Tuple(parts, ast.Load()), node)
                return at(ast.Subscript(named("tuple", node), index, ast.Load()), node)
            case ast.Call(func=ast.Attribute(value=of, attr=name)) if name in _OF_TEXT:
                of_type = self.annotation(of)
                is_text = isinstance(of_type, ast.Name) and of_type.id == "str"
                return at(ast.parse(_OF_TEXT[name], mode="eval").body, node) if is_text else None
            case ast.List(elts=items):
                return self.container("list", node, items)
            case ast.Set(elts=items):
                return self.container("set", node, items)
            case ast.Dict(keys=keys, values=values) if None not in keys:
                return self.container("dict", node, keys, values)
            case ast.ListComp(elt=item) | ast.SetComp(elt=item):
                word = "list" if isinstance(node, ast.ListComp) else "set"
                return self.inside(node).container(word, node, [item])
            case ast.DictComp(key=key, value=value):
                return self.inside(node).container("dict", node, [key], [value])
            case ast.Call(func=ast.Name(id=("list" | "set" | "sorted") as word), args=[items, *_]):
                item = self.item(items)
                if item is None:
                    return None
                container = named("set" if word == "set" else "list", node)
                return at(ast.Subscript(container, item, ast.Load()), node)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr="compile")):
                return at(ast.parse("re.Pattern", mode="eval").body, node)
            case ast.Call(func=ast.Name(id=name)):
                return self.result(node, name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name)):
                match self.definition(f"{owner}.{name}"):
                    case ast.FunctionDef(returns=returns):
                        return returns
                    case ast.ClassDef() if name[:1].isupper():
                        return node.func
            case ast.Name(id=name) | ast.Attribute(value=ast.Name(id=name)):
                match self.definition(name):
                    case ast.AnnAssign(annotation=annotation) if isinstance(node, ast.Name):
                        return annotation
                    case ast.ClassDef(bases=bases) if isinstance(node, ast.Attribute):
                        is_enum = any("Enum" in ast.unparse(each) for each in bases)
                        return node.value if is_enum else None
        return None

    def item(self, node: ast.expr) -> ast.expr | None:
        """Return the annotation of the items of an iterable."""
        if isinstance(node, ast.List | ast.Tuple):
            return self.common(node.elts)
        match self.annotation(node):
            case ast.Subscript(value=ast.Name(id=word), slice=inside) if word in _OF_ITEMS:
                first = inside.elts[0] if isinstance(inside, ast.Tuple) else inside
                return first
            case ast.Name(id="str"):
                return named("str", node)
        return element(node)

    def inside(self, node: ast.ListComp | ast.SetComp | ast.DictComp) -> ImpliedTypes:
        """Return what is known inside a comprehension: what runs over a range is an integer."""
        annotations = dict(self.annotations)
        for each in node.generators:
            for name in ast.walk(each.target):
                if isinstance(name, ast.Name):
                    annotations[name.id] = element(each.iter)
        return ImpliedTypes(annotations, self.values, self.definition)

    def common(self, nodes: list[ast.expr]) -> ast.expr | None:
        """Return the annotation that several values share."""
        found = [self.annotation(each) for each in nodes]
        if not found or None in found or len({ast.unparse(each) for each in found}) > 1:
            return None
        return found[0]

    def of_operator(
        self, node: ast.BinOp, left: ast.expr, op: ast.operator, right: ast.expr
    ) -> ast.expr | None:
        """Numbers give numbers, and a container with its like, or repeated, is one."""
        sides = [self.annotation(left), self.annotation(right)]
        if sides[0] is None or sides[1] is None:
            return None
        names = [ast.unparse(each) for each in sides]
        if isinstance(op, ast.Div) or sorted(names) == ["float", "int"]:
            return named("float", node) if set(names) <= {"int", "float"} else None
        if isinstance(op, ast.Mult) and names[1] == "int":
            return sides[0]
        return sides[0] if names[0] == names[1] else None

    def container(self, word: str, node: ast.expr, *parts: list[ast.expr]) -> ast.expr | None:
        """`list[T]`, `set[T]`, `dict[K, V]` of what the parts have in common."""
        inside = [self.common(each) for each in parts]
        if None in inside:
            return None
        index = inside[0] if len(inside) == 1 else at(ast.Tuple(inside, ast.Load()), node)
        return at(ast.Subscript(named(word, node), index, ast.Load()), node)

    def result(self, node: ast.Call, name: str) -> ast.expr | None:
        """What calling a class, a function of this module, or one of Python's, gives."""
        match self.definition(name):
            case ast.ClassDef(bases=bases):
                is_generic = any(isinstance(each, ast.Subscript) for each in bases)
                return None if is_generic else node.func
            case ast.FunctionDef(returns=returns):
                return returns
        return named(_RESULTS[name], node) if name in _RESULTS else None


def named(name: str, place: ast.expr) -> ast.expr:
    """Return a name that stands where another expression does."""
    return at(ast.Name(name, ast.Load()), place)


def at(node: ast.expr, place: ast.expr) -> ast.expr:
    """Return an expression that stands where another does."""
    return ast.fix_missing_locations(ast.copy_location(node, place))


def element(node: ast.expr) -> ast.expr | None:
    """Return the annotation of what iterating over a value gives; None if it cannot be told."""
    match node:
        case ast.Call(func=ast.Name(id="range")):
            return named("int", node)
    return None


def value_for(statement: ast.Assign, target: ast.expr) -> ast.expr | None:
    """Return the part of the value of an assignment that goes to a target; None if it has none."""
    for each in statement.targets:
        if each is target:
            return statement.value
        match each, statement.value:
            case (ast.Tuple(elts=targets), ast.Tuple(elts=values)) if target in targets:
                if len(targets) == len(values):
                    return values[targets.index(target)]
    return None
