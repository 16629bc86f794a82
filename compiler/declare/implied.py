"""Fields that no class body declares: those that `__init__` of a program's class gives a value.

    def __init__(self, name: str, size: int = 0) -> None:
        self.name = name                    str, as the parameter
        self.size: int = size               int, as it says
        self.parts = [name]                 list[str], as its value
        self.next = None                    what other methods give it, or None

What a value implies is an annotation, as its author could have written it, made of the annotations
of parameters and functions, of the names of classes, and of what literals and operators give.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from compiler.declare.functions import own_statements
from compiler.declare.program import Program
from compiler.read import is_program
from compiler.source import CompileError
from compiler.types import (
    ClassDeclaration,
    ClassKind,
    FieldDeclaration,
    FunctionDeclaration,
)

_KINDS = (ClassKind.CLASS, ClassKind.EXCEPTION)
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


def implied_fields(program: Program, declaration: ClassDeclaration) -> Iterator[ast.Attribute]:
    """Yield the first target `self.name` in `__init__` for each field that nothing declares."""
    if declaration.kind not in _KINDS or declaration.is_dataclass:
        return
    function = declaration.methods.get("__init__")
    if function is None or not is_program(declaration.module.name):
        return
    known = set(_members(program, declaration))
    for target, _ in _stores(function.node):
        if target.attr not in known:
            known.add(target.attr)
            yield target


def implied_annotation(
    program: Program, declaration: ClassDeclaration, field: FieldDeclaration
) -> ast.expr:
    """Return the annotation that the stores into a field imply.

    Raises:
        CompileError: they imply none.
    """
    is_nullable = False
    init = declaration.methods["__init__"].node
    others = [each.node for each in declaration.methods.values() if each.node is not init]
    for function in (init, *others):
        values = _Values(program, declaration, function)
        for target, statement in _stores(function):
            if target.attr != field.name:
                continue
            if isinstance(statement, ast.AnnAssign):
                return statement.annotation
            value = _value_for(statement, target)
            if isinstance(value, ast.Constant) and value.value is None:
                is_nullable = True
                continue
            found = values.annotation(value) if value is not None else None
            if found is not None:
                return _or_none(found) if is_nullable else found
        if not is_nullable:
            break
    raise CompileError(
        field.span,
        f"nothing here says what type the field '{field.name}' has",
        f"annotate it: self.{field.name}: T = ...",
    )


def _members(program: Program, declaration: ClassDeclaration) -> Iterator[str]:
    """Yield the names that a class has, its own and those that it inherits."""
    while True:
        yield from declaration.fields
        yield from declaration.methods
        yield from declaration.constants
        if declaration.base is None:
            return
        declaration = declaration.base.declaration
        program.complete(declaration)


def _stores(function: ast.FunctionDef) -> Iterator[tuple[ast.Attribute, ast.stmt]]:
    """Yield the targets `self.name` of a method, and the assignments that they stand in."""
    if not function.args.args:
        return
    self_name = function.args.args[0].arg
    for statement in own_statements(function.body):
        match statement:
            case ast.Assign(targets=targets):
                pass
            case ast.AnnAssign(target=target, value=ast.expr()):
                targets = [target]
            case _:
                continue
        for target in targets:
            for each in ast.walk(target):
                match each:
                    case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store()):
                        if name == self_name:
                            yield each, statement


def _value_for(statement: ast.Assign, target: ast.Attribute) -> ast.expr | None:
    """Return the part of the value of an assignment that goes to a target; None if it has none."""
    for each in statement.targets:
        if each is target:
            return statement.value
        match each, statement.value:
            case (ast.Tuple(elts=targets), ast.Tuple(elts=values)) if target in targets:
                if len(targets) == len(values):
                    return values[targets.index(target)]
    return None


def _or_none(annotation: ast.expr) -> ast.expr:
    return _at(ast.BinOp(annotation, ast.BitOr(), ast.Constant(None)), annotation)


class _Values:
    """What the values in one method imply."""

    def __init__(
        self, program: Program, declaration: ClassDeclaration, function: ast.FunctionDef
    ) -> None:
        self.program = program
        self.module = declaration.module
        arguments = function.args
        self.parameters = {
            each.arg: each.annotation
            for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        }
        self.locals: dict[str, ast.expr | None] = {}
        for statement in own_statements(function.body):
            match statement:
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                    self.parameters.setdefault(name, annotation)
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self.locals.setdefault(name, value)

    def annotation(self, node: ast.expr) -> ast.expr | None:
        """Return the annotation that says what a value is; None if it cannot be told."""
        match node:
            case ast.Constant(value=bool() | int() | float() | str() | bytes() as value):
                return _named(type(value).__name__, node)
            case ast.JoinedStr():
                return _named("str", node)
            case ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return _named("bool", node)
            case ast.UnaryOp(operand=inner):
                return self.annotation(inner)
            case ast.Name(id=name) if name in self.parameters:
                return self.parameters[name]
            case ast.Name(id=name) if name in self.locals:
                value = self.locals[name]
                self.locals[name] = None  # so that one that depends on itself comes to an end
                return self.annotation(value) if value is not None else None
            case ast.IfExp(body=left, orelse=right):
                return self.common([left, right])
            case ast.BinOp(left=left, op=op, right=right):
                return self.of_operator(node, left, op, right)
            case ast.List(elts=items):
                return self.container("list", node, items)
            case ast.Set(elts=items):
                return self.container("set", node, items)
            case ast.Dict(keys=keys, values=values) if None not in keys:
                return self.container("dict", node, keys, values)
            case ast.Call(func=ast.Name(id=name)):
                return self.result(node, name)
        return None

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
            return _named("float", node) if set(names) <= {"int", "float"} else None
        if isinstance(op, ast.Mult) and names[1] == "int":
            return sides[0]
        return sides[0] if names[0] == names[1] else None

    def container(self, word: str, node: ast.expr, *parts: list[ast.expr]) -> ast.expr | None:
        """`list[T]`, `set[T]`, `dict[K, V]` of what the parts have in common."""
        inside = [self.common(each) for each in parts]
        if None in inside:
            return None
        index = inside[0] if len(inside) == 1 else _at(ast.Tuple(inside, ast.Load()), node)
        return _at(ast.Subscript(_named(word, node), index, ast.Load()), node)

    def result(self, node: ast.Call, name: str) -> ast.expr | None:
        """What a class or function of this module, or one of Python's, gives."""
        match self.program.lookup(self.module, name):
            case ClassDeclaration(node=ast.ClassDef(bases=bases)):
                is_generic = any(isinstance(each, ast.Subscript) for each in bases)
                return None if is_generic else node.func
            case FunctionDeclaration(module=module, node=function):
                return function.returns if module is self.module else None
        return _named(_RESULTS[name], node) if name in _RESULTS else None


def _named(name: str, place: ast.expr) -> ast.expr:
    return _at(ast.Name(name, ast.Load()), place)


def _at(node: ast.expr, place: ast.expr) -> ast.expr:
    """Return an expression that stands where another does."""
    return ast.fix_missing_locations(ast.copy_location(node, place))
