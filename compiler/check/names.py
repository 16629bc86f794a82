"""Names: what an identifier or a dotted name stands for.

A name is first a local of the function, then one of the functions around it, then a name of the
module, then one of Python's builtins. A name that a function assigns anywhere is its local
everywhere, as in Python; since locals are entered as they are bound, a name that was used as the
module's and is then bound is reported at the binding.

`meaning` says what a name or dotted name declares (a module, function, class, type, word, constant,
variable); None means that it is a value to be computed.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from compiler import tree
from compiler.check import (
    calls,
    captures,
    constants,
    containers,
    first_uses,
    initialisation,
    members,
    narrowing,
    replacing,
    unbound,
)
from compiler.check.checker import Poisoned, expression_of
from compiler.source import Note
from compiler.tree import Expression, Local, LocalRef
from compiler.types import (
    BOOL,
    BROKEN,
    STR,
    CallableType,
    ClassDeclaration,
    ConstantDeclaration,
    FunctionDeclaration,
    FunctionInstance,
    Module,
    NamedType,
    OptionalType,
    Type,
    TypeVariable,
    VariableDeclaration,
    Word,
    WrappedType,
)
from compiler.words import VOCABULARY, is_python_builtin

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@expression_of(ast.Name)
def name(check: Checker, node: ast.Name, hint: Type | None) -> Expression:
    """A name as a value (Python Language Reference, section 6.2.1)."""
    local = find_local(check, node)
    if local is not None:
        if local.type is BROKEN:
            first_uses.wanted(check, node, hint)
        return local_value(check, node, local)
    return value_of(check, node, module_name(check, node), hint)


def find_local(check: Checker, node: ast.Name) -> Local | None:
    """Return the local of this function, or of one around it, that a name stands for."""
    local = check.names.get(node.id)
    if local is None and check.outer is not None:
        outer = find_local(check.outer, node)
        if outer is not None:
            return captures.capture(check, outer)
    return local


def local_value(check: Checker, node: ast.Name, local: Local) -> Expression:
    """Return the value of a local, which must be bound, with what tests have proved of it."""
    if local.type is BROKEN:
        raise Poisoned(check.span(node), "")
    if not check.flow.is_bound(local):
        if unbound.may_be_used(check, local):
            return unbound.value(check, node, local)
        raise _unbound(check, node, local)
    if not local.owns and check.flow.aliases:
        replacing.check_use(check, node, local)
    if check.initialisation is not None:
        initialisation.check_self(check, node, local)
    value = LocalRef(check.span(node), local.type, local)
    return narrowing.narrowed(check, value) if check.flow.narrowed else value


def _unbound(check: Checker, node: ast.Name, local: Local):
    deleted = check.deleted.get(local)
    if deleted is not None:
        note = Note(deleted, "deleted here")
        return check.error(node, f"'{node.id}' was deleted", "use it before the 'del'", (note,))
    return check.error(
        node,
        f"'{node.id}' may have no value here",
        "give it a value on every path that leads here",
        (Note(local.span, "it gets one here, but not on every path"),),
    )


def module_name(check: Checker, node: ast.Name) -> Any:
    """Return what a name that is no local stands for.

    Raises:
        CompileError: nothing.
    """
    name = node.id
    if name in check.poisoned:
        raise Poisoned(check.span(node), "")
    found = lookup(check, name)
    if found is None:
        raise _unknown(check, node)
    check.globals_used.setdefault(name, node)
    if found is BROKEN:
        raise Poisoned(check.span(node), "")
    if name in check.module.type_names:
        raise check.error(
            node, f"'{name}' is imported for annotations only", "import it above, at run time"
        )
    return found


def lookup(check: Checker, name: str) -> Any:
    """Return what a module-level or builtin name stands for; None if nothing."""
    return check.module.scope.get(name)


def meaning(check: Checker, node: ast.expr) -> Any:
    """Return the declaration, type, module or word that an expression names; None for a value."""
    match node:
        case ast.Name(id=name):
            if name in check.names or (check.outer is not None and find_local(check, node)):
                return None
            found = module_name(check, node)
            if isinstance(found, TypeVariable):
                return check.arguments.get(found, found)
            return None if is_property(found) else found
        case ast.Attribute(value=ast.Name() | ast.Attribute() | ast.Subscript() as base, attr=name):
            return _attribute_meaning(check, node, meaning(check, base))
        case ast.Subscript(value=ast.Name() | ast.Attribute() as base):
            found = meaning(check, base)
            if isinstance(found, Type | ClassDeclaration | Word):
                return check.type_of(node)
            if isinstance(found, FunctionDeclaration):
                return explicit_instance(check, node, found)
    return None


def _attribute_meaning(check: Checker, node: ast.Attribute, base: Any) -> Any:
    """What `base.name` names, where base is a module or a class."""
    match base:
        case Module():
            found = base.scope.get(node.attr)
            if found is None:
                raise check.error(
                    node,
                    f"module '{base.name}' has no '{node.attr}'",
                    check.unit.suggestion(node.attr, base.scope),
                )
            if found is BROKEN:
                raise Poisoned(check.span(node), "")
            return None if is_property(found) else found
        case ClassDeclaration() if not base.parameters:
            return members.find(check, NamedType(base), node.attr)
        case NamedType():
            return members.find(check, base, node.attr)
    return None


def is_property(found: Any) -> bool:
    """True for a property of a module of Python's library: the value of a call, as `sys.argv` is."""
    return isinstance(found, FunctionDeclaration) and found.is_property and found.owner is None


def explicit_instance(
    check: Checker, node: ast.Subscript, function: FunctionDeclaration
) -> FunctionInstance:
    """`function[T]`: a generic function with its type arguments."""
    inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    wanted = function.type_parameters
    if len(inside) != len(wanted):
        raise check.error(
            node, f"'{function.name}' takes {len(wanted)} type arguments, not {len(inside)}"
        )
    return FunctionInstance(function, tuple(check.type_of(each) for each in inside))


def is_callable_word(check: Checker, node: ast.expr, found: Any) -> bool:
    """True for what a program can call and is no function with one type: `len`, `str`, a class,
    `str.upper`, a generic function."""
    if not containers.in_program(check):
        return False
    if isinstance(found, FunctionDeclaration) and found.owner is None:
        return bool(found.all_type_parameters)
    if isinstance(node, ast.Attribute):
        return found is None and _is_method_of_type(check, node)
    is_class = isinstance(found, ClassDeclaration | NamedType | Type | Word)
    return is_class and isinstance(node, ast.Name)


def _is_method_of_type(check: Checker, node: ast.Attribute) -> bool:
    """True for `str.upper` and the like."""
    base = node.value
    if not isinstance(base, ast.Name) or not hasattr(str, node.attr):
        return False
    return isinstance(meaning(check, base), Type)


def calling(node: ast.expr, count: int) -> ast.Lambda:
    """Return the lambda that calls what a name stands for with all that it is given."""
    names = [f".given{number}" for number in range(count)]
    parameters = ast.arguments([], [ast.arg(each) for each in names], None, [], [], None, [])
    given: list[ast.expr] = [ast.Name(each, ast.Load()) for each in names]
    made = ast.Lambda(parameters, ast.Call(node, given, []))
    for each in (*parameters.args, *given, made.body, made):
        ast.copy_location(each, node)
    return made


def calling_nothing(node: ast.expr) -> ast.Call:
    return ast.copy_location(ast.Call(node, [], []), node)


def value_of(check: Checker, node: ast.expr, found: Any, hint: Type | None) -> Expression:
    """Return what a module-level name stands for as a value."""
    wanted = hint.inner if isinstance(hint, OptionalType) else hint
    if isinstance(wanted, CallableType) and is_callable_word(check, node, found):
        return check.operand(calling(node, len(wanted.parameters)), hint)
    if is_property(found):
        return calls.function(check, calling_nothing(node), found, hint)
    match found:
        case ConstantDeclaration():
            return constants.value_of_constant(check, node, found, hint)
        case VariableDeclaration():
            return variable(check, node, found)
        case FunctionDeclaration() | FunctionInstance():
            return function_value(check, node, found, hint)
        case Module():
            raise check.error(node, f"'{found.name}' is a module, not a value")
        case ClassDeclaration() | NamedType():
            raise check.error(
                node, f"'{check.text(node)}' is a class, not a value", "call it for an instance"
            )
        case Type() | TypeVariable():
            raise check.error(node, f"'{check.text(node)}' is a type, not a value")
        case Word(name="__name__"):
            return tree.StringLiteral(check.span(node), STR, check.module.name)
        case Word(name="TYPE_CHECKING"):
            return tree.Literal(check.span(node), BOOL, False)
        case Word():
            raise check.error(node, f"'{found.name}' is not a value", "it can only be called")
    raise check.error(node, f"'{check.text(node)}' is not a value")


def variable(check: Checker, node: ast.AST, declaration: VariableDeclaration) -> Expression:
    """A module-level variable. What tests have proved of it holds until the next call."""
    type = declaration.type
    if type is BROKEN:
        raise Poisoned(check.span(node), "")
    value = tree.VariableRef(check.span(node), type, declaration)
    if isinstance(type, WrappedType) and type.word == "PerCpu":
        return value
    return narrowing.narrowed(check, value)


def function_value(
    check: Checker,
    node: ast.expr,
    found: FunctionDeclaration | FunctionInstance,
    hint: Type | None,
) -> Expression:
    """A function as a value of Callable type."""
    instance = found if isinstance(found, FunctionInstance) else FunctionInstance(found)
    if instance.declaration.all_type_parameters and not instance.arguments:
        raise check.error(
            node,
            f"'{instance.declaration.name}' is generic, so this does not say which function it is",
            f"write {instance.declaration.name}[...] with its types",
        )
    return calls.function_ref(check, node, instance, hint)


def _unknown(check: Checker, node: ast.Name):
    """Return the error that a name stands for nothing, with the nearest name that does."""
    name = node.id
    later = binding_of(check, name)
    if later is not None:
        return check.error(
            node, f"'{name}' has no value yet", "", (Note(check.span(later), "it gets one here"),)
        )
    for module, words in VOCABULARY.items():
        if name in words:
            return check.error(
                node, f"'{name}' is not imported", f"write 'from {module} import {name}'"
            )
    known = [*check.names, *check.module.scope]
    if is_python_builtin(name):
        hint = "the language does not have this builtin of Python's"
    else:
        hint = check.unit.suggestion(name, known)
    return check.error(node, f"'{name}' is not defined", hint)


def binding_of(check: Checker, name: str) -> ast.AST | None:
    """Return where a function binds a name, for a message."""
    if check.function is None:
        return None
    for part in ast.walk(check.function.node):
        if isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Store):
            return part
    return None
