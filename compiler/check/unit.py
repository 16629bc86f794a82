"""The check of one unit: its functions, and the instances that they reach.

The functions of a module are checked once each. What they call of other modules is compiled there,
except generic functions, inline functions and generators: each unit checks and compiles the
instances that it reaches, and those that these reach. An error inside an instance of a generic
names the instantiation, since the same body is right for other types.
"""

from __future__ import annotations

import ast
import difflib
import re
import sys
from collections import deque
from collections.abc import Iterable

from compiler import tree
from compiler.check import constants, value_unions
from compiler.check.checker import Checker
from compiler.check.functions import check_function
from compiler.declare import Member, Names, evaluate, signature_of
from compiler.declare.program import name_span
from compiler.layout import base_of, virtual_methods
from compiler.source import Diagnostic, Note, Span
from compiler.tree import Expression, Literal
from compiler.types import (
    BROKEN,
    INT,
    CallableType,
    CFunctionType,
    ClassDeclaration,
    ClassKind,
    Effect,
    FunctionDeclaration,
    FunctionInstance,
    Module,
    NamedType,
    Signature,
    Static,
    TupleType,
    Type,
)

IN_KERNEL = (
    "kernel",
    "module",
    "uefi",
)  # targets where there are neither floats nor methods of text
MAX_SUGGESTIONS = 100
MAX_REASONS = 4  # notes of the chain of instances that led to an error
RECURSION_LIMIT = 5_000  # for the nesting that read allows, a dozen calls each


def check_unit(
    module: Module, modules: dict[str, Module], target: str = "host"
) -> tuple[tree.Unit, list[Diagnostic]]:
    """Check a module that is declared, and return its typed tree and what is wrong in it."""
    if sys.getrecursionlimit() < RECURSION_LIMIT:
        sys.setrecursionlimit(RECURSION_LIMIT)
    unit = UnitCheck(module, modules, target)
    unit.run()
    return unit.unit, unit.diagnostics


class UnitCheck:
    """The state that the checkers of a unit share."""

    def __init__(self, module: Module, modules: dict[str, Module], target: str) -> None:
        self.module = module
        self.modules = modules
        self.target = target
        self.unit = tree.Unit(module.name)
        self.diagnostics: list[Diagnostic] = []
        self.members: dict[tuple[NamedType, str], Member | None] = {}
        self.format_specs: dict[tuple[int, ...], Static] = {}
        self._signatures: dict[FunctionInstance, Signature] = {}
        self._requested: dict[FunctionInstance, None] = {}
        self._waiting: deque[FunctionInstance] = deque()
        self._classes: dict[NamedType, None] = {}
        self._reason: tuple[Note, ...] = ()  # why the instance being checked exists
        self._reasons: dict[FunctionInstance, tuple[Note, ...]] = {}
        self._suggestions = 0
        self._lines: dict[Module, list[str]] = {}
        self.known: set[Diagnostic] = set()

    def run(self) -> None:
        """Check everything."""
        self.unit.variables = list(self.module.variables)
        for declaration in self.module.classes:
            self._own_class(declaration)
        for function in self.module.functions:
            if not function.all_type_parameters and has_body(function):
                self._check_into(self.unit.functions, FunctionInstance(function))
        while self._waiting:
            instance = self._waiting.popleft()
            self._reason = self._reasons[instance]
            self._check_into(self.unit.instances, instance)
        self.unit.class_instances = list(self._classes)

    def _own_class(self, declaration: ClassDeclaration) -> None:
        if declaration.parameters or declaration.kind not in _COUNTED:
            return
        type = NamedType(declaration)
        self.unit.classes.append(type)
        base = base_of(type)
        if base is not None:
            self.request_class(base)
        for instance in virtual_methods(type).values():
            self.request(instance)

    def _check_into(self, functions: list[tree.Function], instance: FunctionInstance) -> None:
        before = len(self.diagnostics)
        function = check_function(self, instance)
        if len(self.diagnostics) == before:
            functions.append(function)

    # What is wanted

    def request(self, instance: FunctionInstance, span: Span | None = None) -> None:
        """Note that `instance` is called: the unit compiles it, too, if nobody else does.

        `span` is where it is needed, for errors inside an instance of a generic.
        """
        declaration = instance.declaration
        if not instance.arguments:
            elsewhere = declaration.module is not self.module
            copied = declaration.inline or declaration.is_generator
            if not (elsewhere and copied):
                return
        if instance in self._requested or not has_body(declaration):
            return
        self._requested[instance] = None
        self._waiting.append(instance)
        if instance.arguments and span is not None:
            note = Note(span, f"in '{short_name(instance)}', needed here")
            self._reasons[instance] = (note, *self._reason[:MAX_REASONS])
        else:
            self._reasons[instance] = self._reason

    def request_class(self, type: NamedType) -> None:
        """Note that objects of a class are made: a generic one is defined in this unit."""
        if not type.arguments or type.kind not in _COUNTED or type in self._classes:
            return
        self._classes[type] = None
        base = base_of(type)
        if base is not None:
            self.request_class(base)
        for instance in virtual_methods(type).values():
            self.request(instance)
        deleter = type.declaration.methods.get("__del__")
        if deleter is not None:
            self.request(FunctionInstance(deleter, type.arguments))

    def signature(self, instance: FunctionInstance) -> Signature:
        """Return the concrete types of a function instance."""
        known = self._signatures.get(instance)
        if known is None:
            known = self._signatures[instance] = signature_of(instance)
        return known

    # Errors

    def report(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic. One inside an instance says why the instance exists."""
        if self._reason:
            notes = (*diagnostic.notes, *self._reason)
            diagnostic = Diagnostic(diagnostic.span, diagnostic.message, diagnostic.hint, notes)
        if diagnostic not in self.known:
            self.known.add(diagnostic)
            self.diagnostics.append(diagnostic)

    def lines_of(self, module: Module) -> list[str]:
        """Return the lines of a module's source."""
        if module not in self._lines:
            self._lines[module] = re.split(r"\r\n|\r|\n", module.text)
        return self._lines[module]

    def header(self, function: FunctionDeclaration) -> Span:
        """Return where the name of a function stands."""
        return name_span(function.module, function.node)

    def suggestion(self, name: str, known: Iterable[str]) -> str:
        """Return a hint with the known name nearest to a wrong one; empty if none is near.

        Looking takes long where much is wrong, so this gives up after a while.
        """
        if self._suggestions >= MAX_SUGGESTIONS:
            return ""
        self._suggestions += 1
        close = difflib.get_close_matches(name, known, 1, 0.6)
        return f"did you mean '{close[0]}'?" if close else ""

    @property
    def is_for_kernel(self) -> bool:
        return self.target in IN_KERNEL

    def allow_floats(self, check: Checker, node: ast.AST) -> None:
        """Report a float where there are none."""
        if self.is_for_kernel:
            raise check.error(
                node,
                f"floats are not available in a {self.target}",
                "its code must not touch the floating-point registers; use integers",
            )

    # Values that are constants

    def default_value(
        self, check: Checker, node: ast.AST, module: Module, default: ast.expr, type: Type
    ) -> Expression:
        """Return the default of a parameter or field, a constant, as if it stood at `node`."""
        if value_unions.names_of(type) and isinstance(default, ast.Constant):
            again = ast.copy_location(ast.Constant(default.value), node)
            return check.expression(again, type)
        if _is_plain_tuple(default) and not isinstance(type, TupleType):
            again = ast.copy_location(ast.Tuple(default.elts, ast.Load()), node)
            return check.expression(again, type)  # made anew: nothing tells it from the first
        value = Checker(self, module).expression(default, type)
        if not is_constant(value) and not _is_member(value):
            raise check.error(
                Span.of(module.path, default),
                "a default is a constant",
                "make None the default, and the value in the body",
                (Note(check.span(node), "taken here"),),
            )
        _move(value, check.span(node))
        return value

    def comptime_call(
        self, check: Checker, node: ast.Call, function: FunctionDeclaration
    ) -> Expression:
        """Return what a call of a @comptime function gives: it is made now."""
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and part.id in check.names:
                raise check.error(
                    part,
                    f"'{function.name}' runs while compiling, where '{part.id}' has no value",
                    "give it constants, or drop @comptime",
                )
        value = evaluate(node, check.module, Names())
        type = function.result
        if type is BROKEN or type == INT:  # an integer known now is as good as a literal
            type = None
        return constants.value_of_type(check, node, value, type)

    def callable_of(self, instance: FunctionInstance) -> CallableType:
        """Return the type of a function as a value."""
        signature = self.signature(instance)
        return CallableType(signature.parameters, signature.result, signature.effects)

    def c_function_of(
        self, check: Checker, node: ast.AST, instance: FunctionInstance
    ) -> CFunctionType:
        """Return the type of a function as a bare code address: it must raise nothing."""
        signature = self.signature(instance)
        if Effect.NO_RAISE not in signature.effects:
            raise check.error(
                node,
                f"'{instance.declaration.name}' may raise, which its callers could not see",
                "mark it @no_raise",
            )
        return CFunctionType(signature.parameters, signature.result, signature.effects)

    def text_buffer(self, check: Checker, node: ast.AST) -> Type:
        """Return the type of `core.text.buffer.TextBuffer`."""
        return NamedType(self.core_class(check, node, "core.text.buffer", "TextBuffer"))

    def core_class(
        self, check: Checker, node: ast.AST | Span, module: str, name: str
    ) -> ClassDeclaration:
        """Return a class of core that the language itself refers to."""
        found = self.modules[module].scope.get(name) if module in self.modules else None
        if not isinstance(found, ClassDeclaration):
            raise check.error(node, f"this needs {module}", f"write 'from {module} import {name}'")
        return found

    def core_function(
        self, check: Checker, node: ast.AST | Span, module: str, name: str
    ) -> FunctionDeclaration:
        """Return a function of core that the language itself calls."""
        found = self.modules[module].scope.get(name) if module in self.modules else None
        if not isinstance(found, FunctionDeclaration):
            raise check.error(node, f"this needs {module}", f"write 'from {module} import {name}'")
        return found


_COUNTED = (ClassKind.CLASS, ClassKind.EXCEPTION)


def has_body(function: FunctionDeclaration) -> bool:
    """True if there is something to compile: not abstract, not run while compiling."""
    return not function.is_abstract and not function.is_comptime


def is_constant(value: Expression) -> bool:
    """True if a value can be made anew at each place without anybody noticing."""
    match value:
        case Literal() | tree.StringLiteral() | tree.FunctionRef() | tree.StaticRef():
            return True
        case tree.Convert(operand=operand) | tree.Unary(operand=operand):
            return is_constant(operand)
        case tree.TupleValue(items=items):
            return all(map(is_constant, items))
        case tree.StructValue(initialiser=None, arguments=arguments):
            return all(each is None or is_constant(each) for each in arguments)
        case tree.ArrayValue(elements=elements):
            return all(map(is_constant, elements))
    return isinstance(value, tree.Zero)


def _is_plain_tuple(node: ast.expr) -> bool:
    return isinstance(node, ast.Tuple) and all(isinstance(e, ast.Constant) for e in node.elts)


def _is_member(value: Expression) -> bool:
    """True for a member of an Enum, which is a variable that is bound once."""
    type = value.type
    is_variable = isinstance(value, tree.VariableRef) and isinstance(type, NamedType)
    return is_variable and getattr(type.declaration.node, "is_enum", False)


def _move(value: tree.Node, span: Span) -> None:
    value.span = span
    for child in value.children():
        _move(child, span)


def short_name(instance: FunctionInstance) -> str:
    """Return a function's name with its type arguments, for a message."""
    declaration = instance.declaration
    if not instance.arguments:
        return declaration.qualified_name
    given = ", ".join(map(str, instance.arguments))
    if declaration.owner is not None and declaration.owner.parameters:
        return f"{declaration.owner.name}[{given}].{declaration.name}"
    return f"{declaration.qualified_name}[{given}]"
