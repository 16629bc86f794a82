"""Callables that a function only calls, so that what they captured may lie in the caller's frame.

A parameter of type Callable is *only called* if nothing can keep it beyond the call of its function.
That holds if each use of its name in the body is one of these:

    f(x)                    it is called
    f is None, if f:        it is tested
    g(f)                    it is passed to a parameter that is itself only called
    lambda: f(x)            it is used so in a lambda, or nested function, that is only called, too

What a method does that a derived class defines anew depends on the class of the object, which a caller
does not know: its parameters may keep everything. So may what cannot be followed by its name.

Before: every signature is declared, and which methods are overridden is known. After:
`only_called` of each parameter is set. It is a fact of the interface: callers rely on it.
"""

from __future__ import annotations

import ast

from compiler.declare.bodies import Body
from compiler.declare.program import Program
from compiler.types import (
    CallableType,
    ClassDeclaration,
    FunctionDeclaration,
    OptionalType,
    ParameterDeclaration,
    ParameterKind,
    Type,
)


def settle_callables(program: Program) -> None:
    """Set `only_called` of every parameter of the image: all that nothing speaks against."""
    waiting = [
        _Parameter(program, function, parameter)
        for module in program.modules.values()
        for function in module.functions
        for parameter in function.parameters
        if _is_callable(parameter.type) and _is_known_to_callers(function)
    ]
    for each in waiting:
        each.declaration.only_called = True
    while kept := [each for each in waiting if not each.is_only_called()]:
        for each in kept:
            each.declaration.only_called = False
        waiting = [each for each in waiting if each.declaration.only_called]


def _is_callable(type: Type) -> bool:
    if isinstance(type, OptionalType):
        type = type.inner
    return isinstance(type, CallableType)


def _is_known_to_callers(function: FunctionDeclaration) -> bool:
    """True if a call by this name runs this very function."""
    owner = function.owner
    is_virtual = owner is not None and function.name in owner.overridden
    return not (is_virtual or function.is_abstract or function.is_comptime)


class _Parameter:
    """One parameter, and the uses of its name."""

    def __init__(
        self, program: Program, function: FunctionDeclaration, declaration: ParameterDeclaration
    ):
        self.function = function
        self.declaration = declaration
        self.body = Body(program, function)
        self.parents: dict[ast.AST, ast.AST] = {}
        self.names: dict[str, list[ast.Name]] = {}
        self.visiting: set[str] = set()
        for node in ast.walk(function.node):
            self.parents.update((child, node) for child in ast.iter_child_nodes(node))
            if isinstance(node, ast.Name):
                self.names.setdefault(node.id, []).append(node)

    def is_only_called(self) -> bool:
        return self.is_used_well(self.declaration.name)

    def is_used_well(self, name: str) -> bool:
        """True if no use of a name keeps what it is bound to."""
        if name in self.visiting:
            return True
        self.visiting.add(name)
        result = all(
            isinstance(node.ctx, ast.Load) and self.keeps_nothing(node)
            for node in self.names.get(name, ())
        )
        self.visiting.discard(name)
        return result

    def keeps_nothing(self, node: ast.expr) -> bool:
        """True if the value of an expression is not kept where it stands."""
        parent = self.parents[node]
        match parent:
            case ast.Call(func=callee) if callee is node:
                pass
            case ast.Call() if not self.is_lent(parent, node):
                return False
            case ast.keyword() if not self.is_lent(self.parents[parent], parent):
                return False
            case ast.Compare(ops=[ast.Is() | ast.IsNot()]):
                pass
            case ast.If(test=test) | ast.While(test=test) if test is node:
                pass
            case ast.UnaryOp(op=ast.Not()) | ast.Call() | ast.keyword():
                pass
            case _:
                return False
        return self.stays_inside(parent)

    def stays_inside(self, node: ast.AST) -> bool:
        """True if the nested function around `node`, if there is one, is only called."""
        while node is not self.function.node:
            if isinstance(node, ast.Lambda):
                return self.keeps_nothing(node)
            if isinstance(node, ast.FunctionDef):
                return self.is_used_well(node.name) and self.stays_inside(self.parents[node])
            node = self.parents[node]
        return True

    def is_lent(self, call: ast.Call, argument: ast.expr | ast.keyword) -> bool:
        """True if `call` passes an argument to a parameter that is only called."""
        match self.called(call.func):
            case ClassDeclaration(methods={"__init__": initialiser}), _:
                return _receives(initialiser.parameters[1:], call, argument)
            case FunctionDeclaration() as function, has_receiver:
                return _receives(function.parameters[has_receiver:], call, argument)
        return False

    def called(self, callee: ast.expr) -> tuple[object, bool]:
        """Return the declaration that is called, and whether the call supplies its `self`."""
        if isinstance(callee, ast.Attribute):
            found = self.body.attribute(callee.value, callee.attr)[0]
            of_class = isinstance(self.body.global_name(callee.value), ClassDeclaration)
            is_method = isinstance(found, FunctionDeclaration) and found.owner is not None
            return found, is_method and not found.is_static and not of_class
        return self.body.global_name(callee), False


def _receives(
    parameters: list[ParameterDeclaration], call: ast.Call, argument: ast.expr | ast.keyword
) -> bool:
    """True if the parameter that receives an argument is only called."""
    if isinstance(argument, ast.keyword):
        return any(each.only_called for each in parameters if each.name == argument.arg)
    positional = [each for each in parameters if each.kind is not ParameterKind.KEYWORD_ONLY]
    index = call.args.index(argument)
    return index < len(positional) and positional[index].only_called
