"""Classes derived from NamedTuple: dataclasses whose objects are also the tuple of their fields.

    class Point(NamedTuple):            @dataclass(frozen=True, order=True)
        x: int                          class Point:
        y: int = 0                          x: int
                                            y: int = 0
                                            def __tuple__(self) -> tuple[int, int]: ...
                                            def __len__(self) -> int: ...
                                            def _replace(self, *, x: int | None = None, ...) -> Point: ...
                                            def _asdict(self) -> dict[str, int]: ...

Where an object is unpacked, indexed, iterated or compared with a tuple, the checker takes its
`__tuple__`. `Point._fields` is a tuple of texts. `_asdict` is there where the module asks for it; fields of several types make it a dict of a union.

Source: Python Library Reference, "collections.namedtuple" and "typing.NamedTuple".
"""

from __future__ import annotations

import ast

from compiler.phrases.places import import_from, placed

METHOD = "__tuple__"
_METHODS = """
def __tuple__(self) -> tuple[{types}]:
    return ({items},)

def __len__(self) -> int:
    return {count}

def _replace(self, *, {options}) -> "{name}":
    return {name}({replaced})
"""
_AS_DICT = """
def _asdict(self) -> dict[str, {type}]:
    return {{{pairs}}}
"""


class RecordWords(ast.NodeTransformer):
    """Rewrites the classes of one module."""

    def __init__(self) -> None:
        self.found = False
        self.fields: dict[str, list[str]] = {}  # of each class
        self.shows_dicts = False  # somebody asks for `_asdict`

    def visit_Module(self, node: ast.Module) -> ast.Module:
        self.shows_dicts = any(getattr(each, "attr", "") == "_asdict" for each in ast.walk(node))
        self.generic_visit(node)
        if not self.found:
            return node
        for statement in node.body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "typing":
                names = [each for each in statement.names if each.name != "NamedTuple"]
                statement.names = names or [ast.alias("TYPE_CHECKING", None)]
                for alias in statement.names:
                    ast.copy_location(alias, statement)
        import_from(node, "dataclasses", ("dataclass", None))
        return _OfClass(self.fields).visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        self.generic_visit(node)
        if [ast.unparse(each) for each in node.bases] not in (
            ["NamedTuple"],
            ["typing.NamedTuple"],
        ):
            return node
        fields = {
            each.target.id: ast.unparse(each.annotation)
            for each in node.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        }
        if not fields:
            return node
        self.found = True
        self.fields[node.name] = [*fields]
        node.bases = []
        flags = [ast.keyword(each, ast.Constant(True)) for each in ("frozen", "order")]
        node.decorator_list.append(
            placed(node, ast.Call(ast.Name("dataclass", ast.Load()), [], flags))
        )
        code = _METHODS.format(
            name=node.name,
            types=", ".join(fields.values()),
            items=", ".join(f"self.{each}" for each in fields),
            count=len(fields),
            options=", ".join(f"{each}: {_or_none(type)} = None" for each, type in fields.items()),
            replaced=", ".join(f"self.{each} if {each} is None else {each}" for each in fields),
        )
        if self.shows_dicts:
            pairs = ", ".join(f'"{each}": self.{each}' for each in fields)
            code += _AS_DICT.format(type=" | ".join(dict.fromkeys(fields.values())), pairs=pairs)
        own = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
        for method in ast.parse(code).body:
            if method.name not in own:
                for part in ast.walk(method):
                    if hasattr(part, "lineno"):
                        ast.copy_location(part, node)
                node.body.append(method)
        return node


def _or_none(type: str) -> str:
    return type if type.endswith("None") or type.startswith("Optional[") else f"{type} | None"


class _OfClass(ast.NodeTransformer):
    """Rewrites `Class._fields`, and `Class._make(row)`."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        self.fields = fields

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="_fields") if name in self.fields:
                names = [ast.Constant(each) for each in self.fields[name]]
                return placed(node, ast.Tuple(names, ast.Load()))
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="_make"), args=[row]
            ) if name in self.fields:
                owner = ast.Name(name, ast.Load())
                return placed(node, ast.Call(owner, [ast.Starred(row, ast.Load())], []))
        return node
