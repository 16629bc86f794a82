"""`copy` and `deepcopy` of the objects of a program's classes: the methods by which each class is copied.

    class Node:                         def __copy__(self) -> Node:
        value: int                          return alike(self)
        next: Node | None          ->
                                        def __deepcopy__(self, memo: Memo) -> Node:
                                            before = known(memo, self)
                                            if before is not None:
                                                return before
                                            made = keep(memo, self, alike(self))
                                            made.next = copied(self.next, memo)
                                            return made

Each class of the file gets them if the file imports the module copy (lib/python/library/copy.py), as a derived
object has more to copy. What cannot change is shared by all copies, and so are functions.

Source: Python Library Reference, module copy.
"""

from __future__ import annotations

import ast
import re

from compiler.phrases.places import classes_of, import_from
from compiler.phrases.record_words import METHOD as TUPLE

_HELPERS = {each: f"{each}__copy" for each in ("Memo", "alike", "copied", "keep", "known")}
_SHARED = ("Callable", "Weak")
_CONSTANT = ("bool", "bytes", "float", "int", "str")
_MEMBERS = ("Enum", "Flag")  # of which each object is the only one
_NOT_COPIED = ("Error", "Exception", "IntEnum", "IntFlag", "StrEnum", "Warning")
_SHALLOW = """
def __copy__(self) -> "{type}":
    return alike__copy(self)
"""
_DEEP = """
def __deepcopy__(self, memo: Memo__copy) -> "{type}":
    before = known__copy(memo, self)
    if before is not None:
        return before
    made = keep__copy(memo, self, alike__copy(self))
    {fields}
    return made
"""
_FIELD = "made.{name} = copied__copy(self.{name}, memo)"
_MAYBE = """{name} = self.{name}
    if {name} is not None:
        made.{name} = copied__copy({name}, memo)"""
_FROZEN = """
def __deepcopy__(self, memo: Memo__copy) -> "{type}":
    before = known__copy(memo, self)
    return keep__copy(memo, self, {name}({fields})) if before is None else before
"""
_SAME = """
def __copy__(self) -> "{type}":
    return self

def __deepcopy__(self, memo: Memo__copy) -> "{type}":
    return self
"""


def with_methods(tree: ast.Module) -> ast.Module:
    """Return the module with these methods in its classes."""
    if not any(map(_imports_copy, tree.body)):
        return tree
    classes = classes_of(tree)
    for each in classes.values():
        if not any(base.endswith(_NOT_COPIED) for base in _bases(each, classes)):
            _add(each, _methods(each, classes))
    import_from(tree, "copy", *_HELPERS.items())
    return tree


def _imports_copy(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import(names=names):
            return any(each.name == "copy" for each in names)
        case ast.ImportFrom(module="copy"):
            return True
    return False


def _bases(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> list[str]:
    """Return the names of all classes that a class derives from."""
    found: list[str] = []
    for base in node.bases:
        name = ast.unparse(base.value if isinstance(base, ast.Subscript) else base)
        found.append(name)
        if name in classes and classes[name] is not node:
            found += _bases(classes[name], classes)
    return found


def _methods(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> str:
    """Return the source of the methods of one class."""
    type = node.name + _parameters(node)
    bases = _bases(node, classes)
    line = [node, *(classes[name] for name in bases if name in classes)]
    methods = {e.name for each in line for e in each.body if isinstance(e, ast.FunctionDef)}
    fields = {name: word for each in reversed(line) for name, word in _fields(each).items()}
    changing = {name for name, word in fields.items() if word is None or _can_change(word)}
    changing -= methods  # properties, which other fields stand behind
    is_tuple = TUPLE in methods
    if any(base.endswith(_MEMBERS) for base in bases) or is_tuple and not changing:
        return _SAME.format(type=type)
    if any("frozen=True" in ast.unparse(e) for each in line for e in each.decorator_list):
        given = ", ".join(f"{name}={_value(name, name in changing)}" for name in fields)
        return _SHALLOW.format(type=type) + _FROZEN.format(type=type, name=node.name, fields=given)
    stores = "\n    ".join(
        (_MAYBE if _may_be_none(fields[name]) else _FIELD).format(name=name)
        for name in fields
        if name in changing
    )
    return _SHALLOW.format(type=type) + _DEEP.format(type=type, fields=stores or "pass")


def _value(name: str, can_change: bool) -> str:
    return f"copied__copy(self.{name}, memo)" if can_change else f"self.{name}"


def _parameters(node: ast.ClassDef) -> str:
    for base in node.bases:
        if isinstance(base, ast.Subscript) and ast.unparse(base.value).endswith("Generic"):
            return f"[{ast.unparse(base.slice).strip('()')}]"
    return ""


def _fields(node: ast.ClassDef) -> dict[str, ast.expr | None]:
    """Return the annotation of each field that a class declares, or its methods give a value."""
    found: dict[str, ast.expr | None] = {}
    for each in ast.walk(node):
        match each:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                found.setdefault(name, None)
    for each in ast.walk(node):
        match each:
            case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self"), attr=name)):
                found[name] = each.annotation
    for each in node.body:
        match each:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                found[name] = annotation
    return found


def _may_be_none(annotation: ast.expr | None) -> bool:
    match annotation:
        case ast.Constant(value=str(text)):
            return _may_be_none(ast.parse(text, mode="eval").body)
        case ast.BinOp(left=left, right=right):
            return _may_be_none(left) or _may_be_none(right)
        case ast.Subscript(value=word):
            return ast.unparse(word) == "Optional"
    return isinstance(annotation, ast.Constant)


def _can_change(annotation: ast.expr) -> bool:
    words = set(re.findall(r"\w+", ast.unparse(annotation)))  # a class may be named in quotes
    return not words & {*_SHARED, "ClassVar"} and not words <= {*_CONSTANT, "Optional", "None"}


def _add(node: ast.ClassDef, source: str) -> None:
    own = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    for method in ast.parse(source).body:
        if method.name not in own:
            for part in ast.walk(method):
                if hasattr(part, "lineno"):
                    ast.copy_location(part, node)
            node.body.append(method)
