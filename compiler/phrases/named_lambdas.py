"""Lambdas with default values that are only called, by the one name that they have: functions.

    scaled = lambda x, by=2: x * by             def scaled(x, by=2):
    print(scaled(3), scaled(3, by=5))     ->        return x * by

A value of a `Callable` type takes all of its arguments each time; a function may leave some out.

Source: Python Language Reference, section 6.14.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed


def as_functions(tree: ast.Module) -> ast.Module:
    """Return the module with functions in the place of such lambdas."""
    scopes = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    called = [each.func for each in ast.walk(tree) if isinstance(each, ast.Call)]
    names = [each for each in ast.walk(tree) if isinstance(each, ast.Name)]
    for scope in (tree, *scopes):
        for number, statement in enumerate(scope.body):
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda() as made):
                    uses = [each for each in names if each.id == name]
                    if _has_defaults(made) and _is_only_called(uses, called):
                        scope.body[number] = _function(statement, name, made)
    return tree


def _has_defaults(made: ast.Lambda) -> bool:
    given = made.args
    is_plain = not (given.vararg or given.kwarg or given.kwonlyargs)
    return (
        is_plain
        and any(given.defaults)
        and all(isinstance(e, ast.Constant) for e in given.defaults)
    )


def _is_only_called(uses: list[ast.Name], called: list[ast.expr]) -> bool:
    """True for a name that is bound once, and called wherever else it stands."""
    stores = [each for each in uses if not isinstance(each.ctx, ast.Load)]
    return len(stores) == 1 and all(each in called for each in uses if each not in stores)


def _function(at: ast.Assign, name: str, made: ast.Lambda) -> ast.FunctionDef:
    result = placed(made.body, ast.Return(made.body))
    function = ast.FunctionDef(name, made.args, [result], [], None, type_params=[])
    return placed(at, function)
