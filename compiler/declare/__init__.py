"""Declare: from syntax trees to declarations.

Fills the scope, classes, functions, variables and constants of every module: what each name means,
the type of each field and parameter, the value of each constant. Bodies of functions are not looked
at, except for what their signatures leave open (whether they yield, whether a struct that they return
is a view, and which Callables they keep).

    annotations    from annotations to types
    program        the state of one run: names, demand, errors
    values         constants, variables, aliases, type variables
    classes        kinds, bases, members, fields
    functions      signatures and decorators
    numbers        by which exceptions cross system calls
    hierarchy      inherited members, signatures of instances
    overriding     what a class may do with what it inherits
    bodies         what can be seen of the types in a body
    views          whether a struct that a function returns is a place or fresh
    callables      which Callables a function only calls
    interface      what other modules depend on, as text and as a digest

Before: `read` has parsed the modules. After: each declaration of each module is filled in; what has
an error, which is reported, has the type BROKEN, and later passes say nothing about it.
"""

from __future__ import annotations

from compiler.comptime import evaluate, open_session
from compiler.declare import classes, overriding
from compiler.declare.annotations import Names, Place, resolve_type
from compiler.declare.callables import settle_callables
from compiler.declare.functions import declare_nested
from compiler.declare.hierarchy import (
    Member,
    ancestry,
    bindings_of,
    find_member,
    signature_of,
)
from compiler.declare.interface import complete_digest, interface_digest, interface_text
from compiler.declare.program import Program
from compiler.declare.views import settle_views
from compiler.source import CompileFailed, Diagnostic, Span
from compiler.types import Module

__all__ = [
    "Member",
    "Names",
    "Place",
    "ancestry",
    "bindings_of",
    "declare",
    "declare_nested",
    "evaluate",
    "find_member",
    "interface_digest",
    "interface_text",
    "resolve_type",
    "signature_of",
]


def declare(modules: dict[str, Module], errors: list[Diagnostic] | None = None) -> None:
    """Fill in the declarations of all modules of an image.

    With `errors`, diagnostics go there. Raises:
        CompileFailed: there are errors, and no list to put them in.
    """
    found: list[Diagnostic] = []
    program = Program(modules, found)
    open_session(modules)
    for module in modules.values():
        program.bind(module)
    _declare_all(program)
    if errors is not None:
        errors += found
    elif found:
        raise CompileFailed(found)


def _declare_all(program: Program) -> None:
    modules = program.modules.values()
    for module in modules:
        for name in list(program.bound[module.name]):
            with program.collecting(module, module.tree):
                program.lookup(module, name)
    for module in modules:
        for declaration in module.classes:
            classes.declare_fields(program, declaration)
    for module in modules:
        for function in module.functions:
            program.sign(function)
    overriding.settle(program)
    settle_views(program)
    settle_callables(program)
    for module, statement in program.asserts:
        with program.collecting(module, statement):
            _check_assertion(program, module, statement)
    for module in modules:
        complete_digest(module, program.modules)


def _check_assertion(program: Program, module: Module, statement) -> None:
    """`assert` at module level runs now."""
    if evaluate(statement.test, module, program):
        return
    message = evaluate(statement.msg, module, program) if statement.msg else ""
    program.errors.append(
        Diagnostic(
            Span.of(module.path, statement),
            f"assertion failed: {message}" if message else "assertion failed",
        )
    )
