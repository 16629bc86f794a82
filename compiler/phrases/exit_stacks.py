"""`contextlib.ExitStack`: what its methods are given becomes a function that is called at the end.

    opened = stack.enter_context(File(name))
                            ->  opened = stack.entered__(stack.entering__(File(name)).__enter__())
    stack.callback(print, "end of", name)
                            ->  stack.later__(lambda given__1=name: print("end of", given__1))

A manager counts only when its `__enter__` has returned. What a callback is given is evaluated where it stands.

Source: Python Library Reference, contextlib.ExitStack.
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import placed


def with_functions(tree: ast.Module) -> ast.Module:
    """Return the module with what its stacks of managers are given written out."""
    stacks = _stacks(tree)
    return _Calls(stacks).visit(tree) if stacks else tree


def _stacks(tree: ast.Module) -> set[str]:
    """Return the names and attributes that hold a stack, as they are written."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                held = target
            case ast.Assign(targets=[held], value=value):
                pass
            case ast.AnnAssign(target=held, annotation=value):
                pass
            case ast.arg(annotation=ast.expr() as value):
                held = ast.Name(node.arg)
            case _:
                continue
        if _makes_stack(value, found):
            found.add(ast.unparse(held))
    return found


def _makes_stack(node: ast.expr, stacks: set[str]) -> bool:
    text = ast.unparse(node)
    is_given_on = text.endswith(".pop_all()") and text.removesuffix(".pop_all()") in stacks
    return text in stacks or is_given_on or text.rpartition(".")[2] in ("ExitStack", "ExitStack()")


class _Calls(ast.NodeTransformer):
    """Rewrites the calls of the methods of stacks."""

    def __init__(self, stacks: set[str]) -> None:
        self.stacks = stacks

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | list[ast.stmt]:
        """What `__enter__` gives is not asked for, and may be nothing."""
        match node.value:
            case ast.Call(func=ast.Attribute(attr="enter_context") as method, args=[_]):
                if ast.unparse(method.value) in self.stacks:
                    entering = self.entering(node.value)
                    end = ast.Attribute(copy.deepcopy(method.value), "entered_all__", ast.Load())
                    return [
                        placed(node, ast.Expr(entering)),
                        placed(node, ast.Expr(ast.Call(end, [], []))),
                    ]
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.func, ast.Attribute) or ast.unparse(node.func.value) not in (
            self.stacks
        ):
            return node
        stack = node.func.value
        match node.func.attr:
            case "enter_context" if len(node.args) == 1:
                entered = ast.Attribute(copy.deepcopy(stack), "entered__", ast.Load())
                return placed(node, ast.Call(entered, [self.entering(node)], []))
            case "callback" if node.args:
                later = ast.Attribute(stack, "later__", ast.Load())
                return placed(node, ast.Call(later, [_bound(node)], []))
        return node

    def entering(self, node: ast.Call) -> ast.expr:
        """Return the call of `__enter__` of the manager that a stack is given."""
        entering = ast.Attribute(node.func.value, "entering__", ast.Load())
        manager = ast.Call(entering, [self.visit(node.args[0])], [])
        return placed(node, ast.Call(ast.Attribute(manager, "__enter__", ast.Load()), [], []))


def _bound(node: ast.Call) -> ast.Lambda:
    """Return a function that calls a callback with what it is given here."""
    function, *given = node.args
    kept: list[ast.expr] = []

    def name(value: ast.expr) -> ast.expr:
        if isinstance(value, ast.Constant):
            return value
        kept.append(value)
        return ast.Name(f"given__{len(kept)}", ast.Load())

    call = ast.Call(
        function,
        [name(each) for each in given],
        [ast.keyword(each.arg, name(each.value)) for each in node.keywords],
    )
    parameters = [ast.arg(f"given__{number}") for number in range(1, len(kept) + 1)]
    for each in parameters:
        ast.copy_location(each, node)
    arguments = ast.arguments([], parameters, None, [], [], None, kept)
    return placed(node, ast.Lambda(arguments, call))
