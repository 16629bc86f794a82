"""Assignments of several plain values at once, parted into one for each.

    digits, carry = [], 0           digits = []
                            ->      carry = 0

What an empty container is to hold is told by the name that it gets (compiler/infer), so it has an assignment
of its own. Where a value behind the first could depend on another target, or do anything, the assignment stays.

Source: Python Language Reference, section 7.2.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed

_MAKERS = ("list", "dict", "set", "deque", "Counter", "defaultdict")


def with_one_target(tree: ast.Module) -> ast.Module:
    """Return the module with such assignments parted."""
    return _Assignments().visit(tree)


class _Assignments(ast.NodeTransformer):
    def visit_Assign(self, node: ast.Assign) -> ast.stmt | list[ast.stmt]:
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if (
                _can_be_parted(targets, values)
            ):
                pairs = zip(targets, values, strict=True)
                return [placed(node, ast.Assign([each], value)) for each, value in pairs]
        return node


def _is_place(node: ast.expr) -> bool:
    match node:
        case ast.Name() | ast.Attribute(value=ast.Name()):
            return True
    return False


def _can_be_parted(targets: list[ast.expr], values: list[ast.expr]) -> bool:
    if len(targets) != len(values) or isinstance(values[0], ast.Starred):
        return False
    names = {ast.unparse(each) for each in targets}
    read = {ast.unparse(part) for each in values for part in ast.walk(each)}
    binds_names = all(isinstance(each, ast.Name) for each in targets)
    may_be_parted = all(map(_is_place, targets)) and all(
        is_plain(each) or (binds_names and _is_place(each)) for each in values[1:]
    )
    return may_be_parted and not names & read and any(map(_is_unsaid, values))


def is_plain(node: ast.expr) -> bool:
    """True for a value that nothing changes, and that changes nothing."""
    match node:
        case ast.Constant() | ast.Name():
            return True
        case ast.UnaryOp(operand=inner):
            return is_plain(inner)
        case ast.List(elts=items) | ast.Set(elts=items) | ast.Tuple(elts=items):
            return all(map(is_plain, items))
        case ast.Dict(keys=keys, values=values):
            return all(key is not None and is_plain(key) for key in keys) and all(
                map(is_plain, values)
            )
        case ast.Call(func=ast.Name(id=word), args=given, keywords=[]) if word in _MAKERS:
            return all(map(is_plain, given))
    return False


def _is_unsaid(node: ast.expr) -> bool:
    """True for an empty container, and for None."""
    match node:
        case ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Constant(value=None) | ast.Call():
            return True
    return False
