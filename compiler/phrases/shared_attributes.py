"""Attributes of classes that change, and `cls`, in the program's own file.

    class Account:                          class Account:
        count = 0                               def __init__(self) -> None:
                                                    Account__count += 1
        def __init__(self) -> None:     ->
            Account.count += 1              Account__count: int = 0

What a class has for all of its instances becomes a variable of the module, if a statement stores to
`Class.name`, or if it is a container that no instance replaces by its own. In a class method `cls` is the
class itself, where no other class derives from it.

Before: the tree of the program's file. After: one whose classes hold only constants.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import classes_of, placed

_KINDS = {bool: "bool", int: "int", float: "float", str: "str"}


def with_variables(tree: ast.Module) -> ast.Module:
    """Return the module with the changing attributes of its classes as variables of its own."""
    classes = classes_of(tree)
    if not classes:
        return tree
    parents = {
        base.id
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if isinstance(base, ast.Name)
    }
    variables: dict[tuple[str, str], ast.AnnAssign] = {}
    stored = stored_attributes(tree)
    for node in classes.values():
        others = [each for each in classes.values() if each is not node]
        taken = (
            {name for each in others for name in _bound(each)} if node.name in parents else set()
        )
        variables |= _variables_of(node, stored, taken)
    for node in classes.values():
        for method in node.body:
            if isinstance(method, ast.FunctionDef):
                _InMethod(node, method, variables, node.name in parents).visit(method)
    _OfClass(variables).visit(tree)
    body: list[ast.stmt] = []
    for statement in tree.body:
        body.append(statement)
        if isinstance(statement, ast.ClassDef):
            body += [each for (name, _), each in variables.items() if name == statement.name]
    tree.body = body
    return tree


def stored_attributes(tree: ast.Module) -> set[tuple[str, str]]:
    """Return the attributes of names that some statement stores to, `self` included."""
    return {
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and not isinstance(node.ctx, ast.Load)
    }


def _variables_of(
    node: ast.ClassDef, stored: set[tuple[str, str]], taken: set[str]
) -> dict[tuple[str, str], ast.AnnAssign]:
    """Take the attributes that change out of a class, and return the variables that they become.

    taken: names that a class derived from this one may give another meaning.
    """
    found: dict[tuple[str, str], ast.AnnAssign] = {}
    for statement in list(node.body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                annotation = None
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                annotation = _plain_type(statement.annotation)
            case _:
                continue
        by_class = (node.name, name) in stored or ("cls", name) in stored
        is_container = isinstance(value, ast.List | ast.Dict | ast.Set) and not node.decorator_list
        by_instance = any((own, name) in stored for own in ("self", "other"))
        if not (by_class or is_container) or (by_instance and not by_class) or name in taken:
            continue
        if annotation is None:
            annotation = _type_of(value)
        if annotation is None or by_instance:
            continue
        target = ast.Name(_variable(node.name, name), ast.Store())
        found[node.name, name] = placed(statement, ast.AnnAssign(target, annotation, value, 1))
        node.body.remove(statement)
    if not node.body:
        node.body.append(ast.copy_location(ast.Pass(), node))
    return found


def _bound(node: ast.ClassDef) -> set[str]:
    """Return the names that the body of a class gives values."""
    return {
        each.id
        for statement in node.body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for each in ast.walk(statement)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }


def _variable(owner: str, name: str) -> str:
    return f"{owner}__{name}"


def _plain_type(annotation: ast.expr) -> ast.expr:
    """Return the T of ClassVar[T]."""
    match annotation:
        case ast.Subscript(value=ast.Name(id="ClassVar"), slice=inner):
            return inner
    return annotation


def _type_of(value: ast.expr) -> ast.expr | None:
    """Return the type of a constant, or of a display of constants; None of all others."""
    if isinstance(value, ast.List | ast.Dict | ast.Set | ast.Tuple):
        try:
            written = _written_type(ast.literal_eval(value))
        except ValueError:
            return None
        if written is None:
            return None
        made = ast.parse(written, mode="eval").body
        for each in ast.walk(made):
            if isinstance(each, ast.expr):
                ast.copy_location(each, value)
        return made
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    kind = _KINDS.get(type(value.value)) if isinstance(value, ast.Constant) else None
    return None if kind is None else ast.copy_location(ast.Name(kind, ast.Load()), value)


def _written_type(value: object) -> str | None:
    """Return the type of a value as it is written; None if what is in it has no common one."""
    match value:
        case list() | set():
            inside = {_written_type(each) for each in value}
            kind = type(value).__name__
            return f"{kind}[{inside.pop()}]" if len(inside) == 1 and None not in inside else None
        case dict():
            keys = {_written_type(each) for each in value}
            values = {_written_type(each) for each in value.values()}
            if len(keys) != 1 or len(values) != 1 or None in keys | values:
                return None
            return f"dict[{keys.pop()}, {values.pop()}]"
        case tuple():
            parts = [_written_type(each) for each in value]
            return None if None in parts or not parts else f"tuple[{', '.join(map(str, parts))}]"
    return _KINDS.get(type(value))


class _InMethod(ast.NodeTransformer):
    """Rewrites what a method reaches through its first parameter."""

    def __init__(
        self,
        owner: ast.ClassDef,
        method: ast.FunctionDef,
        variables: dict[tuple[str, str], ast.AnnAssign],
        is_parent: bool,
    ) -> None:
        words = [each.id for each in method.decorator_list if isinstance(each, ast.Name)]
        first = method.args.args[0].arg if method.args.args else ""
        self.owner = owner.name
        self.first = "" if "staticmethod" in words else first
        self.is_class = "classmethod" in words and not is_parent
        self.variables = variables

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        is_own = isinstance(node.value, ast.Name) and node.value.id == self.first
        if is_own and (self.owner, node.attr) in self.variables:
            return placed(node, ast.Name(_variable(self.owner, node.attr), node.ctx))
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if self.is_class and node.id == self.first and isinstance(node.ctx, ast.Load):
            node.id = self.owner
        return node


class _OfClass(ast.NodeTransformer):
    """Rewrites `Class.name`, and says in each function which of the variables it stores to."""

    def __init__(self, variables: dict[tuple[str, str], ast.AnnAssign]) -> None:
        self.variables = {_variable(*each) for each in variables}

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name):
            name = _variable(node.value.id, node.attr)
            if name in self.variables:
                return placed(node, ast.Name(name, node.ctx))
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        stores = {
            each.id
            for each in ast.walk(node)
            if isinstance(each, ast.Name)
            and not isinstance(each.ctx, ast.Load)
            and each.id in self.variables
        }
        if stores:
            start = 1 if ast.get_docstring(node) is not None and len(node.body) > 1 else 0
            node.body.insert(start, placed(node.body[0], ast.Global(sorted(stores))))
        return node
