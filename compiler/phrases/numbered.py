"""Classes derived from `IntEnum` and `IntFlag`, in the program's own file: they know the names of their members.

    class Level(IntEnum):               class Level(IntEnum):
        LOW = 1                 ->          LOW = 1
        HIGH = 2                            HIGH = 2
                                            name: a property; __repr__; of flags __iter__ and __len__, too

Such enums are numbers, and stay so; what they have in addition are methods like any other.

Source: Python Library Reference, module enum.
"""

from __future__ import annotations

import ast

from compiler.phrases import flags
from compiler.phrases.enum_members import WholeEnums
from compiler.phrases.enumerations import OfClass
from compiler.phrases.places import import_from, placed, statements

_NAME = """
@property
def name(self) -> str:
{tests}
    raise AttributeError("a {name} without flags has no name")
"""
_REPR = """
def __repr__(self) -> str:
    return f"<{name}.{{self.name}}: {{self.value}}>"
"""
_REPR_OF_FLAGS = """
def __repr__(self) -> str:
    if self.value == 0 and {has_no_name}:
        return "<{name}: 0>"
    return f"<{name}.{{self.name}}: {{self.value}}>"
"""
_ITERATION = """
def __iter__(self) -> _Iterator[{name}]:
{yields}

def __len__(self) -> int:
    return self.value.bit_count()

def __invert__(self) -> {name}:
    number = ~self.value
    return {name}(number + max({above}, 1 << number.bit_length()) if number < 0 else number)
"""
_OF = """
def {name}__of(value: int) -> {name}:
    if value not in {numbers}:
        raise ValueError(f"{{value}} is not a valid {name}")
    return {name}(value)
"""


def with_names(tree: ast.Module) -> ast.Module:
    """Return the module with names for the members of its enums that are numbers."""
    has_flags = False
    enums: dict[str, _Members] = {}
    for node in tree.body:
        if not isinstance(node, ast.ClassDef) or len(node.bases) != 1:
            continue
        word = ast.unparse(node.bases[0]).removeprefix("enum.")
        if word in ("IntEnum", "IntFlag"):
            has_flags = has_flags or word == "IntFlag"
            members = flags.numbers(node, word == "IntFlag")
            if members:
                enums[node.name] = _Members(members, word == "IntFlag")
                for each in node.body:
                    if isinstance(each, ast.FunctionDef):
                        OfClass(node.name).of(each)
                _complete(node, enums[node.name])
    if has_flags:
        import_from(tree, "typing", ("Iterator", "_Iterator"))
    if not enums:
        return tree
    tree = _Uses(enums).visit(tree)
    body: list[ast.stmt] = []
    for node in tree.body:
        body.append(node)
        if isinstance(node, ast.ClassDef) and node.name in enums and not enums[node.name].is_flag:
            text = _OF.format(name=node.name, numbers=[*enums[node.name].names])
            body += statements(node, text)
    tree.body = body
    return tree


class _Members:
    """The members of an enum. `single`: those that iterating over it gives."""

    def __init__(self, numbers: dict[str, int], is_flag: bool) -> None:
        self.numbers = numbers
        self.is_flag = is_flag
        self.names: dict[int, str] = {}
        for name, value in numbers.items():
            self.names.setdefault(value, name)
        self.single = {
            value: name
            for value, name in self.names.items()
            if value.bit_count() == 1 or not is_flag
        }


class _Uses(WholeEnums):
    """Rewrites what the module says of such enums as a whole."""

    def __init__(self, enums: dict[str, _Members]) -> None:
        self.enums = enums

    def listed(self, node: ast.expr) -> ast.expr:
        """Return the list of the members for the name of an enum."""
        if not isinstance(node, ast.Name) or node.id not in self.enums:
            return node
        members = [
            ast.Attribute(ast.Name(node.id, ast.Load()), name, ast.Load())
            for name in self.enums[node.id].single.values()
        ]
        return placed(node, ast.List(members, ast.Load()))

    def by_name(self, node: ast.AST, enum: str) -> ast.expr:
        names = self.enums[enum].numbers
        keys: list[ast.expr | None] = [ast.Constant(each) for each in names]
        members = [ast.Attribute(ast.Name(enum, ast.Load()), each, ast.Load()) for each in names]
        return placed(node, ast.Dict(keys, members))

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="__members__") if name in self.enums:
                return self.by_name(node, name)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        match node.value:
            case ast.Name(id=name) if name in self.enums and isinstance(node.ctx, ast.Load):
                node.value = self.by_name(node.value, name)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        super().visit_Call(node)
        match node.func:
            case ast.Name(id=name) if name in self.enums and not self.enums[name].is_flag:
                node.func.id = f"{name}__of"
        return node


def _complete(node: ast.ClassDef, members: _Members) -> None:
    names, is_flag = members.names, members.is_flag
    tests = [
        f"    if self.value == {value}:\n        return {name!r}" for value, name in names.items()
    ]
    texts = {}
    if is_flag:
        single = members.single
        mask = sum(single)
        yields = [
            f"    if self.value & {value}:\n        yield {node.name}.{name}"
            for value, name in single.items()
        ]
        tests.append("    parts: list[str] = []")
        tests += [
            f"    if self.value & {value}:\n        parts.append({name!r})"
            for value, name in sorted(single.items())
        ]
        tests.append(
            f"    if self.value & ~{mask}:\n        parts.append(str(self.value & ~{mask}))"
        )
        tests.append('    if parts:\n        return "|".join(parts)')
        iteration = _ITERATION.format(
            name=node.name,
            yields="\n".join(yields) or "    yield from ()",
            above=1 << max(names).bit_length(),
        )
        texts["__iter__"] = iteration
    texts["name"] = _NAME.format(name=node.name, tests="\n".join(tests))
    shown = _REPR_OF_FLAGS if is_flag else _REPR
    texts["__repr__"] = shown.format(name=node.name, has_no_name=0 not in names)
    own = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    for name, text in texts.items():
        if name in own:
            continue
        node.body += statements(node, text)
