"""What can be told from the syntax alone, before anything is known of types."""

from __future__ import annotations

import ast
import sys

from compiler.infer.program import Class, own_nodes

_BARE = frozenset(
    [
        "list",
        "dict",
        "set",
        "frozenset",
        "tuple",
        "deque",
        "defaultdict",
        "Counter",
        "List",
        "Dict",
        "Set",
        "Tuple",
        "Deque",
        "Iterable",
        "Iterator",
        "Sequence",
        "Mapping",
    ]
)


def type_variables(tree: ast.Module) -> set[str]:
    """Return the names of the module's type variables."""
    return {
        each.targets[0].id
        for each in tree.body
        if isinstance(each, ast.Assign)
        and isinstance(each.targets[0], ast.Name)
        and isinstance(each.value, ast.Call)
        and ast.unparse(each.value.func).endswith("TypeVar")
    }


def aliases(tree: ast.Module) -> dict[str, ast.expr]:
    """Return the names that the module gives to types, such as `Number = Union[int, float]`, and the types."""
    return {
        each.targets[0].id: each.value
        for each in tree.body
        if isinstance(each, ast.Assign)
        and isinstance(each.targets[0], ast.Name)
        and isinstance(each.value, ast.Subscript)
        and ast.unparse(each.value.value).rpartition(".")[2].istitle()
    }


def names_of_others(tree: ast.Module) -> set[str]:
    """Return the names that come from modules other than Python's own, and so are none of Python's, whatever they are called."""
    return {
        alias.asname or alias.name
        for each in tree.body
        if isinstance(each, ast.ImportFrom)
        and (each.module or "").partition(".")[0] not in sys.stdlib_module_names
        for alias in each.names
    }


def tested(node: ast.AST) -> list[str]:
    """Return the names and attributes that a test shows not to be None."""
    match node:
        case ast.Compare(
            left=left,
            ops=[ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq()],
            comparators=[ast.Constant(value=None)],
        ):
            return [ast.unparse(left)]
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            return _parts_of_test(test)
        case ast.comprehension(ifs=tests):
            return [part for each in tests for part in _parts_of_test(each)]
        case ast.Assert(test=test):
            return _parts_of_test(test)
    return []


def _parts_of_test(node: ast.expr) -> list[str]:
    match node:
        case ast.Name() | ast.Attribute():
            return [ast.unparse(node)]
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return _parts_of_test(inner)
        case ast.BoolOp(values=values):
            return [part for each in values for part in _parts_of_test(each)]
    return []


def number_in(node: ast.expr) -> int | None:
    match node:
        case ast.Constant(value=int(number)):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return -number
    return None


def loaded(target: ast.expr) -> ast.expr:
    """Return the place of an augmented assignment as a value."""
    match target:
        case ast.Name(id=name):
            return ast.Name(name, ast.Load())
        case ast.Attribute(value=value, attr=name):
            return ast.Attribute(value, name, ast.Load())
        case ast.Subscript(value=value, slice=index):
            return ast.Subscript(value, index, ast.Load())
    return target


def is_object(node: ast.Attribute) -> bool:
    return not (isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "super")


def says_too_little(node: ast.expr, classes: dict[str, Class]) -> bool:
    """True for an annotation with Any, or a container without its arguments, in it."""
    waiting: list[ast.AST] = [node]
    while waiting:
        each = waiting.pop()
        match each:
            case ast.Subscript(value=word, slice=inside):
                if ast.unparse(word).rpartition(".")[2] in ("Literal", "Annotated"):
                    continue
                if ast.unparse(inside).startswith("..."):
                    return True
                waiting.append(inside)
                continue
            case ast.Name(id=name) | ast.Attribute(attr=name):
                if name in ("Any", "Callable", "float") or name in _BARE:
                    return True
                if name in classes and classes[name].parameters:
                    return True
        waiting += ast.iter_child_nodes(each)
    return False


def with_any(annotation: ast.expr | None) -> ast.expr | None:
    """Return an annotation with Any for `object` and `Hashable`, which say as little of what comes to be there."""
    for each in ast.walk(annotation) if annotation is not None else ():
        if isinstance(each, ast.Name) and each.id in ("object", "Hashable"):
            each.id = "Any"
    return annotation


def returns_a_value(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(each, ast.Return)
        and each.value is not None
        and not (isinstance(each.value, ast.Constant) and each.value.value is None)
        for each in own_nodes(node)
    )


def gives_self(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(each, ast.Return)
        and isinstance(each.value, ast.Name)
        and each.value.id == "self"
        for each in own_nodes(node)
    )


def falls_through(body: list[ast.stmt]) -> bool:
    """True if the end of a block may be reached."""
    last = body[-1]
    match last:
        case ast.Return() | ast.Raise() | ast.Continue():
            return False
        case ast.If(body=one, orelse=other):
            return not other or falls_through(one) or falls_through(other)
        case ast.While(test=ast.Constant(value=True)):
            return any(isinstance(each, ast.Break) for each in ast.walk(last))
        case ast.With(body=inner):
            return falls_through(inner)
        case ast.Try(body=inner, handlers=handlers, orelse=rest, finalbody=end):
            if end and not falls_through(end):
                return False
            return falls_through(rest or inner) or any(falls_through(h.body) for h in handlers)
        case ast.Match(cases=cases):
            is_total = any(
                isinstance(each.pattern, ast.MatchAs) and each.pattern.pattern is None
                for each in cases
                if each.guard is None
            )
            return not is_total or any(falls_through(each.body) for each in cases)
    return True
