"""Values of a class that derived classes have others of, in the program's own file.

    class Animal:                           class Animal:
        sound = "..."                           sound__of_Animal = "..."
        def speak(self) -> None:                @property
            print(self.sound)         ->        def sound(self) -> str: return "..."
                                                ...
    class Dog(Animal):                      class Dog(Animal):
        sound = "woof"                          sound__of_Dog = "woof"
                                                @property
    print(Dog.sound)                            def sound(self) -> str: return "woof"

                                            print(Dog.sound__of_Dog)

What an object gives for such a name depends on its class, as a method does. A name that the base only
annotates, `sound: str`, raises AttributeError there.

Before: the tree of the program's file, as Python parses it. After: one where no class has another value
for a name of its base.

Source: Python Language Reference, section 3.2, "Class instances".
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import classes_of, placed
from compiler.phrases.shared_attributes import stored_attributes

_KINDS = {bool: "bool", int: "int", float: "float", str: "str", bytes: "bytes"}


def with_properties(tree: ast.Module) -> ast.Module:
    """Return the module with properties in the place of values that derived classes have others of."""
    classes = classes_of(tree)
    found: dict[str, set[str]] = {}  # the names, by each class of which they are values
    stored = stored_attributes(tree)
    own = {each.name: {name for _, name in stored_attributes(each)} for each in classes.values()}
    for node in classes.values():
        for name in _values(node):
            for base in _bases(node, classes):
                family = [
                    each
                    for each in classes.values()
                    if each is base
                    or base in _bases(each, classes)
                    or each in _bases(base, classes)
                ]
                is_changed = any(
                    name in own[each.name] or (each.name, name) in stored for each in family
                )
                if name in _values(base) | _annotated(base) and not is_changed:
                    found.setdefault(node.name, set()).add(name)
                    found.setdefault(base.name, set()).add(name)
    if not found:
        return tree
    kinds: dict[str, set[str]] = {}  # of the values of each name
    for node in classes.values():
        for name in found.get(node.name, ()):
            kinds.setdefault(name, set()).update(_kinds(node, name))
    alike = {name for name, several in kinds.items() if len(several) == 1}
    for node in classes.values():
        names = found.get(node.name, set())
        node.body = [
            part for each in node.body for part in _rewritten(each, names, node.name, alike)
        ]
    every: dict[str, dict[str, str]] = {each: {} for each in classes}
    for node in classes.values():
        for known in reversed((node, *_bases(node, classes))):
            for name in found.get(known.name, set()):
                every[node.name][name] = _kept(name, known.name)
    return _Asking(every).visit(tree)


def _kept(name: str, owner: str) -> str:
    """Return the name of a value of one class."""
    return f"{name}__of_{owner}"


def _bases(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> list[ast.ClassDef]:
    """Return the classes of the file that a class derives from, but for enums."""
    found: list[ast.ClassDef] = []
    for base in node.bases:
        made = classes.get(base.id) if isinstance(base, ast.Name) else None
        if made is not None and made is not node:
            found += [made, *_bases(made, classes)]
    return found


def _is_record(node: ast.ClassDef) -> bool:
    words = [ast.unparse(each) for each in (*node.decorator_list, *node.bases)]
    return any("dataclass" in each or "NamedTuple" in each or "Enum" in each for each in words)


def _values(node: ast.ClassDef) -> set[str]:
    """Return the names to which the body of a class gives plain values."""
    found: set[str] = set()
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_plain(value):
                found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=ast.expr()):
                is_class = "ClassVar" in ast.unparse(annotation) or not _is_record(node)
                if is_class and _is_plain(statement.value):
                    found.add(name)
    return set() if any("Enum" in ast.unparse(each) for each in node.bases) else found


def _annotated(node: ast.ClassDef) -> set[str]:
    """Return the names that the body of a class only annotates."""
    return {
        each.target.id
        for each in node.body
        if isinstance(each, ast.AnnAssign)
        and isinstance(each.target, ast.Name)
        and each.value is None
        and not _is_record(node)
    }


def _is_plain(value: ast.expr) -> bool:
    """True for a value made of constants alone."""
    kinds = ast.Constant | ast.Tuple | ast.UnaryOp | ast.BinOp
    return all(
        isinstance(each, kinds | ast.operator | ast.unaryop | ast.expr_context)
        for each in ast.walk(value)
    )


def _kinds(node: ast.ClassDef, name: str) -> list[str]:
    """Return the kind of the value that the body of a class gives a name."""
    return [
        type(each.value.value).__name__ if isinstance(each.value, ast.Constant) else ""
        for each in node.body
        if isinstance(each, ast.Assign | ast.AnnAssign)
        and each.value is not None
        and any(
            isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Store)
            for part in ast.walk(each)
        )
    ]


def _rewritten(statement: ast.stmt, names: set[str], owner: str, alike: set[str]) -> list[ast.stmt]:
    """Return what a statement of a class becomes. alike: names whose values are all of one kind."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in names:
            annotation = None
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
            if name not in names:
                return [statement]
            if isinstance(annotation, ast.Subscript):
                is_wrapped = ast.unparse(annotation.value).endswith(("ClassVar", "Final"))
                annotation = annotation.slice if is_wrapped else annotation
        case _:
            return [statement]
    if annotation is None and isinstance(value, ast.Constant) and name in alike:
        word = _KINDS.get(type(value.value))
        annotation = ast.Name(word, ast.Load()) if word is not None else None
    if value is None:
        missing = ast.Call(ast.Name("AttributeError", ast.Load()), [ast.Constant(name)], [])
        body: ast.stmt = ast.Raise(missing, None)
        kept: list[ast.stmt] = []
    else:
        body = ast.Return(copy.deepcopy(value))
        kept = [ast.Assign([ast.Name(_kept(name, owner), ast.Store())], value)]
    own = ast.arguments([], [ast.arg("self", None)], None, [], [], None, [])
    made = ast.FunctionDef(
        name, own, [body], [ast.Name("property", ast.Load())], annotation, type_params=[]
    )
    for each in (made, *kept):
        for part in ast.walk(each):
            if isinstance(part, ast.stmt | ast.expr | ast.arg):
                ast.copy_location(part, statement)
    return [*kept, made]


class _Asking(ast.NodeTransformer):
    """Rewrites `Class.name` of those names, and `type(object).name`."""

    def __init__(self, names: dict[str, dict[str, str]]) -> None:
        self.names = names

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        match node.value:
            case ast.Name(id=owner) if node.attr in self.names.get(owner, {}):
                kept = self.names[owner][node.attr]
                return placed(node, ast.Attribute(node.value, kept, node.ctx))
            case (
                ast.Call(func=ast.Name(id="type"), args=[object])
                | ast.Attribute(value=object, attr="__class__")
            ) if any(node.attr in each for each in self.names.values()):
                return placed(node, ast.Attribute(object, node.attr, node.ctx))
        return node
