"""What a program leaves unsaid, or says in a roundabout way.

    x.__class__                     type(x)
    float("inf")                    the number itself, so that it may be a default
    f"{x!r:>8}"                     f"{repr(x):>8}", and the same of !s
    def __repr__(self):             -> str; of the other special methods what each gives
    def f(n: int):                  -> None, where nothing is returned
    def __eq__(self, other)         other: object; of the other operators, the class itself
    def __exit__(self, kind, error, traceback)      the exception as `kind` and as `error`, or None
    def __contains__(self, x: object)   x: T, in a class of a Generic[T]
    count: ClassVar[int] = 0        count = 0
    class E(Exception):             super().__init__(a, b) first, which Python does before
        def __init__(self, a, b):
    __radd__ = __add__              a second method with the same body
    import inside a function        one at the top of the file

Source: Python Language Reference, sections 3.3 and 5.
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import call, classes_of, placed

_RESULTS = {
    **dict.fromkeys(("__str__", "__repr__", "__format__"), "str"),
    **dict.fromkeys(("__len__", "__hash__", "__int__", "__index__"), "int"),
    **dict.fromkeys(("__bool__", "__contains__"), "bool"),
    **dict.fromkeys(("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"), "bool"),
    "__float__": "float",
}
_OPERATORS = {
    f"__{letter}{name}__"
    for letter in ("", "r", "i")
    for name in ("add", "sub", "and", "or", "xor", "matmul")
} | {"__lt__", "__le__", "__gt__", "__ge__"}


class PlainWords(ast.NodeTransformer):
    """Rewrites one module."""

    def __init__(self) -> None:
        self.owner: ast.ClassDef | None = None
        self.imports: list[ast.stmt] = []
        self.classes: dict[str, ast.ClassDef] = {}

    def visit_Module(self, node: ast.Module) -> ast.Module:
        self.classes = classes_of(node)
        self.generic_visit(node)
        if self.imports:
            start = 0
            for number, statement in enumerate(node.body):
                if _is_docstring(statement) or _is_future(statement):
                    start = number + 1
            node.body[start:start] = self.imports
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
        body: list[ast.stmt] = []
        for statement in node.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)):
                    if other in methods:
                        again = copy.deepcopy(methods[other])
                        again.name = name
                        body.append(again)
                        continue
                case ast.AnnAssign(
                    target=ast.Name() as target,
                    annotation=ast.Subscript(value=ast.Name(id="ClassVar")),
                    value=ast.Constant() as value,
                ) if value.value is not None:  # which does not say what else it may be
                    statement = placed(statement, ast.Assign([target], value))
            body.append(statement)
        node.body = body
        around, self.owner = self.owner, node
        self.generic_visit(node)
        self.owner = around
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        owner, self.owner = self.owner, None
        if owner is not None:
            self.complete_method(node, owner)
        if node.returns is None and _gives_nothing(node):
            node.returns = ast.copy_location(ast.Constant(None), node)
        node.body = [each for each in node.body if not self.takes_import(each)] or [
            placed(node, ast.Pass())
        ]
        self.generic_visit(node)
        self.owner = owner
        return node

    def complete_method(self, node: ast.FunctionDef, owner: ast.ClassDef) -> None:
        """Write the types that a special method has."""
        if node.name == "__exit__":
            _complete_exit(node)
        if node.name == "__init__" and self.is_plain_exception(owner):
            _complete_exception(node)
        if node.returns is None and node.name in _RESULTS:
            node.returns = ast.copy_location(ast.Name(_RESULTS[node.name], ast.Load()), node)
        returned = [each for each in ast.walk(node) if isinstance(each, ast.Return)]
        if node.returns is None and returned and all(_makes(each, owner) for each in returned):
            node.returns = ast.copy_location(ast.Constant(owner.name), node)
        if node.name == "__contains__":
            _complete_contains(node, owner)
        if len(node.args.args) != 2 or node.args.args[1].annotation is not None:
            return
        other = node.args.args[1]
        if node.name in ("__eq__", "__ne__"):
            other.annotation = ast.copy_location(ast.Name("object", ast.Load()), other)
        elif node.name in _OPERATORS and not any(
            isinstance(each, ast.Subscript) for each in owner.bases
        ):
            other.annotation = ast.copy_location(ast.Constant(owner.name), other)

    def is_plain_exception(self, owner: ast.ClassDef) -> bool:
        """True for an exception none of whose bases in the file has an `__init__`."""
        if len(owner.bases) != 1 or not isinstance(owner.bases[0], ast.Name):
            return False
        base = self.classes.get(owner.bases[0].id)
        if base is None:
            return owner.bases[0].id.endswith(("Error", "Exception", "Warning"))
        has_own = any(getattr(each, "name", "") == "__init__" for each in base.body)
        return not has_own and self.is_plain_exception(base)

    def takes_import(self, statement: ast.stmt) -> bool:
        if not isinstance(statement, ast.Import | ast.ImportFrom):
            return False
        self.imports.append(statement)
        return True

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="float"), args=[ast.Constant(value=str(text))]):
                if text.strip().lower().lstrip("+-") in ("inf", "infinity"):
                    number: ast.expr = ast.Constant(float("inf"))
                    if text.strip().startswith("-"):
                        number = ast.UnaryOp(ast.USub(), number)
                    return placed(node, number)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if node.attr == "__class__" and isinstance(node.ctx, ast.Load):
            return placed(node, call("type", node.value))
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.FormattedValue:
        self.generic_visit(node)
        words = {ord("r"): "repr", ord("s"): "str"}
        if node.format_spec is not None and node.conversion in words:
            node.value = placed(node, call(words[node.conversion], node.value))
            node.conversion = -1
        return node


def _complete_contains(node: ast.FunctionDef, owner: ast.ClassDef) -> None:
    """What a generic container is asked for may be anything; here it is of the type of the first parameter."""
    inside = [
        each.slice.elts[0] if isinstance(each.slice, ast.Tuple) else each.slice
        for each in owner.bases
        if isinstance(each, ast.Subscript)
    ]
    asked = node.args.args[-1]
    if inside and asked.annotation is not None and ast.unparse(asked.annotation) == "object":
        asked.annotation = copy.deepcopy(inside[0])


def _complete_exit(node: ast.FunctionDef) -> None:
    """Let `__exit__` take exceptions, and return nothing where it never says True."""
    for each in node.args.args[1:]:
        each.annotation = placed(each, ast.Constant("BaseException | None"))
    if node.args.vararg is not None:
        node.args.vararg.annotation = placed(node.args.vararg, ast.Name("object", ast.Load()))
    if len(node.args.args) > 1:
        node.body = [_OfKind(node.args.args[1].arg).visit(each) for each in node.body]
    returned = [each for each in ast.walk(node) if isinstance(each, ast.Return)]
    if all(_is_false(each.value) for each in returned):
        for each in returned:
            each.value = None
        node.returns = placed(node, ast.Constant(None))
    else:
        for each in returned:
            if _is_false(each.value):
                each.value = placed(each, ast.Constant(False))
        if not isinstance(node.body[-1], ast.Return):
            node.body.append(placed(node.body[-1], ast.Return(ast.Constant(False))))
        node.returns = placed(node, ast.Name("bool", ast.Load()))


def _complete_exception(node: ast.FunctionDef) -> None:
    """Let the `__init__` of an exception keep what it was given as its arguments, if it says nothing."""
    if any(isinstance(each, ast.Attribute) and each.attr == "__init__" for each in ast.walk(node)):
        return
    given = [ast.Name(each.arg, ast.Load()) for each in node.args.args[1:]]
    kept = ast.Call(ast.Attribute(call("super"), "__init__", ast.Load()), given, [])
    node.body.insert(0, placed(node.body[0], ast.Expr(kept)))


def _is_false(value: ast.expr | None) -> bool:
    return value is None or isinstance(value, ast.Constant) and value.value in (None, False)


class _OfKind(ast.NodeTransformer):
    """Rewrites what `__exit__` asks of its first argument, which is the exception here."""

    def __init__(self, name: str) -> None:
        self.name = name

    def is_kind(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id == self.name

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if node.attr == "__name__" and self.is_kind(node.value):
            node.value = placed(node, call("type", node.value))
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        is_question = isinstance(node.func, ast.Name) and node.func.id == "issubclass"
        if is_question and node.args and self.is_kind(node.args[0]):
            node.func.id = "isinstance"
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Compare(
                left=left, ops=[ast.Is() | ast.Eq()], comparators=[ast.Name() as kind]
            ):
                if self.is_kind(left):
                    return placed(node, call("isinstance", left, kind))
        return node


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _makes(node: ast.Return, owner: ast.ClassDef) -> bool:
    """True for `return Class(...)` and `return self`, whose class has no parameters of its own."""
    if any(isinstance(each, ast.Subscript) for each in owner.bases):
        return False
    match node.value:
        case ast.Call(func=ast.Name(id=name)):
            return name == owner.name
        case ast.Name(id="self"):
            return True
    return False


def _gives_nothing(node: ast.FunctionDef) -> bool:
    """True if a function returns no value, and yields none."""
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        each = waiting.pop()
        match each:
            case ast.FunctionDef() | ast.Lambda() | ast.ClassDef():
                continue
            case ast.Yield() | ast.YieldFrom():
                return False
            case ast.Return(value=ast.expr() as value):
                if not (isinstance(value, ast.Constant) and value.value is None):
                    return False
        waiting += ast.iter_child_nodes(each)
    return True
