"""Python's functions over anything that can be iterated, in programs.

Each is written as the loop that it stands for, over a new syntax tree where that says it best; names
with a dot are locals that no source can name.

    list(it), sorted(it, ...)       a comprehension; sorted sorts the list that it gives
    sum(it, start)                  a loop that adds
    any(it), all(it)                a loop that ends at the first that decides
    min(it, ...), max(it, ...)      core.containers.extremes on a list
    for x in map(f, it), filter     the call inside of the loop
    for x in zip, enumerate         a tuple bound first where the target is a single name
    for x in reversed, zip          of a container: by its index
"""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    calls,
    comparisons,
    containers,
    conversions,
    exception_objects,
    names,
    operators,
    special,
    value_unions,
    values,
)
from compiler.check.checker import statement_of
from compiler.check.conversions import LITERAL, settle
from compiler.check.renaming import Renamed
from compiler.check.words import arguments, word
from compiler.tree import (
    BinaryOperator,
    Conversion,
    Convert,
    Expression,
    Literal,
    Local,
    LocalRef,
)
from compiler.types import (
    BOOL,
    INT,
    NONE,
    STR,
    FloatType,
    IntType,
    NamedType,
    OptionalType,
    Type,
    Word,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

EXTREMES = "core.containers.extremes"


def _at(place: ast.AST, node: ast.AST) -> ast.AST:
    """Give a new node, and what is new below it, a place in the source."""
    ast.copy_location(node, place)
    for child in ast.iter_child_nodes(node):
        is_new = not hasattr(child, "lineno") and isinstance(child, ast.expr | ast.stmt)
        if is_new or isinstance(child, ast.comprehension):
            _at(place, child)
    return node


def _enter(check: Checker, local: Local) -> str:
    """Let new syntax name a hidden local."""
    check.names[local.name] = local
    return local.name


def _load(place: ast.AST, name: str) -> ast.expr:
    return _at(place, ast.Name(name, ast.Load()))


# New lists -----------------------------------------------------------------------------------


def new_list(check: Checker, node: ast.expr, hint: Type | None = None) -> Expression:
    """Return a new list with what an iterable gives."""
    generators, element = containers.loops_of(node)
    return check.operand(_at(node, ast.ListComp(element, generators)), hint)


@word("sorted")
def sorted_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`sorted(iterable, key=..., reverse=...)`."""
    containers.declaration(check, node, "list")
    if len(node.args) != 1:
        raise check.error(node, "'sorted' is written otherwise", "write sorted(iterable)")
    value = new_list(check, node.args[0], hint)
    local = check.hidden_local("sorted", value.type, node)
    around, check.out = check.out, [tree.SetLocal(value.span, local, value)]
    callee = ast.Attribute(ast.Name(_enter(check, local), ast.Load()), "sort", ast.Load())
    call = check.operand(_at(node, ast.Call(callee, [], node.keywords)))
    check.emit(tree.Evaluate(value.span, call))
    statements, check.out = check.out, around
    return tree.Steps(value.span, value.type, statements, LocalRef(value.span, value.type, local))


# Folds ---------------------------------------------------------------------------------------


@word("sum")
def sum_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`sum(iterable, start)`."""
    containers.declaration(check, node, "list")
    iterable, *rest = arguments(check, node, "sum(iterable, start)", 1, 2)
    span = check.span(node)
    start = check.expression(rest[0], hint) if rest else None
    generators, element = containers.loops_of(iterable)
    made: list[Local] = []

    def add() -> None:
        value = operators.as_number(check.operand(element, start.type if start else hint))
        if start is not None:
            type = start.type
        else:
            type = settle(check, value).type if value.type is LITERAL else value.type
            type = type.inner if isinstance(type, OptionalType) else type
        if start is None and _is_added_to_zero(check, type):
            made[:] = [check.hidden_local("total", OptionalType(type), node)]
            _add_object(check, node, made[0], value)
            return
        total = check.hidden_local("total", type, node)
        made[:] = [total]
        summed = operators.combine(
            check, node, BinaryOperator.ADD, LocalRef(span, type, total), value
        )
        check.emit(tree.SetLocal(span, total, summed))

    statements = containers.loops(check, node, generators, add)
    total = made[0]
    if isinstance(total.type, OptionalType):
        return _sum_of_objects(check, node, total, statements)
    if start is None and value_unions.names_of(total.type):
        zero = ast.copy_location(ast.Constant(0), node)
        return sum_call(check, _at(node, ast.Call(node.func, [iterable, zero], [])), total.type)
    if start is None and not isinstance(total.type, IntType | FloatType):
        raise check.error(node, "sum adds numbers", "give it a start, or join text with join")
    first = start if start is not None else Literal(span, total.type, 0)
    begin = tree.SetLocal(span, total, first)
    return tree.Steps(span, total.type, [begin, *statements], LocalRef(span, total.type, total))


def _is_added_to_zero(check: Checker, type: Type) -> bool:
    """True for objects that stand on the right of a plus."""
    is_object = isinstance(type, NamedType) and not value_unions.names_of(type)
    return is_object and special.find(check, type, "__radd__") is not None


def _add_object(check: Checker, node: ast.Call, total: Local, value: Expression) -> None:
    """Add an object to a sum, which is None before the first: that is added to 0."""
    span, type = check.span(node), total.type.inner
    item = check.hidden_local("item", value.type, node)
    check.emit(tree.SetLocal(span, item, value))
    again = LocalRef(span, item.type, item)
    known = Convert(span, type, Conversion.UNWRAP, LocalRef(span, total.type, total))
    first = operators.combine(check, node, BinaryOperator.ADD, Literal(span, LITERAL, 0), again)
    later = operators.combine(check, node, BinaryOperator.ADD, known, again)
    test = tree.IsNone(span, BOOL, LocalRef(span, total.type, total))
    begun, added = (
        [tree.SetLocal(span, total, conversions.convert(check, each, total.type, node))]
        for each in (first, later)
    )
    check.emit(tree.If(span, test, begun, added))


def _sum_of_objects(
    check: Checker, node: ast.Call, total: Local, statements: tree.Block
) -> Expression:
    """Return the sum of objects. That of none would be the int 0, and raises TypeError."""
    span = check.span(node)
    none = Convert(span, total.type, Conversion.NONE_TO_OPTIONAL, Literal(span, NONE, None))
    again = LocalRef(span, total.type, total)
    text = tree.StringLiteral(span, STR, f"the sum of no objects is no '{total.type.inner}'")
    refused = exception_objects.called(check, node, "refuse_none", text)
    empty = tree.If(span, tree.IsNone(span, BOOL, again), [tree.Evaluate(span, refused)], [])
    steps = [tree.SetLocal(span, total, none), *statements, empty]
    result = Convert(span, total.type.inner, Conversion.UNWRAP, again)
    return tree.Steps(span, result.type, steps, result)


@word("any", "all")
def any_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`any(iterable)`, `all(iterable)`: no further than needed."""
    containers.declaration(check, node, "list")
    name = node.func.id
    (iterable,) = arguments(check, node, f"{name}(iterable)", 1)
    span = check.span(node)
    generators, element = containers.loops_of(iterable)
    decided = check.hidden_local("decided", BOOL, node)
    known = _enter(check, decided)
    test = element if name == "any" else _at(node, ast.UnaryOp(ast.Not(), element))
    found = _at(node, ast.Assign([ast.Name(known, ast.Store())], ast.Constant(True)))
    inner: list[ast.stmt] = [_at(node, ast.If(test, [found, _at(node, ast.Break())], []))]
    statements = containers.nest(check, node, generators, inner, _load(node, known))
    begin = tree.SetLocal(span, decided, Literal(span, BOOL, False))
    value: Expression = LocalRef(span, BOOL, decided)
    if name == "all":
        value = tree.Unary(span, BOOL, tree.UnaryOperator.NOT, value)
    return tree.Steps(span, BOOL, [begin, *statements], value)


def extreme(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`min(iterable, key=..., default=...)`, and `max`."""
    options = {each.arg: each.value for each in node.keywords}
    name = node.func.id
    function = {"min": "least", "max": "greatest"}[name]
    given: list[ast.expr] = []
    for option in ("key", "default"):
        if option in options:
            function += f"_{'by' if option == 'key' else 'or'}"
            given.append(options.pop(option))
    or_none = function.endswith("_or") and ast.unparse(given[-1]) == "None"
    if (len(given) > 1 or or_none) and not options:
        return _extreme_or(check, node, hint)
    if options:
        raise check.error(
            node, f"'{name}' is written otherwise", f"write {name}(iterable, key=...)"
        )
    listed = containers.as_list(check, node.args[0], None)
    local = check.hidden_local("values", listed.type, node)
    around, check.out = check.out, [tree.SetLocal(listed.span, local, listed)]
    declaration = check.unit.core_function(check, node, EXTREMES, function)
    call = _at(node, ast.Call(node.func, [_load(node, _enter(check, local)), *given], []))
    result = calls.function(check, call, declaration, hint)
    statements, check.out = check.out, around
    return tree.Steps(check.span(node), result.type, statements, result)


def _extreme_or(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`min(iterable, key=f, default=d)`: `min(items, key=f) if items else d`."""
    listed = containers.as_list(check, node.args[0], None)
    local = check.hidden_local("values", listed.type, node)
    around, check.out = check.out, [tree.SetLocal(listed.span, local, listed)]
    items = _load(node, _enter(check, local))
    by_key = [each for each in node.keywords if each.arg == "key"]
    (default,) = (each.value for each in node.keywords if each.arg == "default")
    best = ast.Call(node.func, [items], by_key)
    result = check.operand(_at(node, ast.IfExp(items, best, default)), hint)
    statements, check.out = check.out, around
    return tree.Steps(check.span(node), result.type, statements, result)


def extreme_of(check: Checker, node: ast.Call, operands: list[Expression]) -> Expression:
    """`min(a, b, ...)` of what is no number: `b if b < a else a`, each evaluated once."""
    span = check.span(node)
    is_less = node.func.id == "min"
    order = tree.Comparison.LESS if is_less else tree.Comparison.GREATER
    first, *others = (_kept(check, node, each) for each in operands)
    statements = [first[0], *(each[0] for each in others)]
    best = first[1]
    for _, other in others:
        test = comparisons.compare(check, node, order, values.again(other), values.again(best))
        chosen = tree.Conditional(span, best.type, test, values.again(other), values.again(best))
        local = check.hidden_local("best", best.type, node)
        statements.append(tree.SetLocal(span, local, chosen))
        best = LocalRef(span, best.type, local)
    return tree.Steps(span, best.type, statements, best)


def _kept(check: Checker, node: ast.Call, value: Expression) -> tuple[tree.SetLocal, LocalRef]:
    local = check.hidden_local("each", value.type, node)
    span = check.span(node)
    return tree.SetLocal(span, local, value), LocalRef(span, value.type, local)


# Loops ---------------------------------------------------------------------------------------


def rewritten(check: Checker, node: ast.For) -> ast.stmt | None:
    """Return the statement that a `for` over one of Python's functions stands for; None if the loop
    is one by itself."""
    call = node.iter
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return None
    found = names.meaning(check, call.func)
    if not isinstance(found, Word) or not containers.has(check, "list"):
        return None
    if found.name == "enumerate" and call.args and _is_counted_by_hand(check, node):
        return _counted(check, node)
    match found.name, call.args:
        case "map", [function, *given] if given and not call.keywords:
            return _mapped(node, function, given)
        case "zip", [
            ast.Starred(value=ast.BinOp(ast.List([item]), ast.Mult(), ast.Constant(int(count))))
        ]:
            return _in_groups(check, node, item, count)
        case "zip", [ast.Starred(value=rows)] if not call.keywords:
            return _by_columns(check, node, rows)
        case "filter", [function, iterable] if not call.keywords:
            return _filtered(node, function, iterable)
        case (("zip" | "enumerate"), _) if not isinstance(node.target, ast.Tuple):
            return _bound_whole(node, 2 if found.name == "enumerate" else len(call.args))
    return None


_WITHOUT_NUMBERS = ("enumerate", "filter", "map", "reversed", "zip")


def _is_counted_by_hand(check: Checker, node: ast.For) -> bool:
    """True for a loop over `enumerate` of another of Python's functions, into two targets."""
    inner = node.iter.args[0]
    if not isinstance(inner, ast.Call) or not isinstance(inner.func, ast.Name):
        return False
    found = names.meaning(check, inner.func)
    is_pair = isinstance(node.target, ast.Tuple) and len(node.target.elts) == 2
    return isinstance(found, Word) and found.name in _WITHOUT_NUMBERS and is_pair


def _counted(check: Checker, node: ast.For) -> ast.For:
    """`for i, x in enumerate(it, start)`: for x in it: i = count; count += 1."""
    start = [*node.iter.args[1:], *(each.value for each in node.iter.keywords)]
    count = check.hidden_local("count", INT, node)
    first = check.expression(start[0], INT) if start else Literal(check.span(node), INT, 0)
    check.emit(tree.SetLocal(check.span(node), count, first))
    name = _enter(check, count)
    number, target = node.target.elts
    bind = _at(node, ast.Assign([number], ast.Name(name, ast.Load())))
    more = _at(node, ast.AugAssign(ast.Name(name, ast.Store()), ast.Add(), ast.Constant(1)))
    return _loop(node, target, node.iter.args[0], [bind, more, *node.body])


def _own(node: ast.For, purpose: str) -> str:
    """Return a name that is this loop's alone."""
    return f".{purpose}.{node.lineno}.{node.col_offset}"


def _loop(node: ast.For, target: ast.expr, iterable: ast.expr, body: list[ast.stmt]) -> ast.For:
    return _at(node, ast.For(target, iterable, body, node.orelse))


def _mapped(node: ast.For, function: ast.expr, given: list[ast.expr]) -> ast.For:
    """`for x in map(f, it)`: for item in it: x = f(item); of several, for a, b in zip(...): x = f(a, b)."""
    if len(given) > 1:
        names = [_own(node, f"each{number}") for number in range(len(given))]
        target = ast.Tuple([ast.Name(each, ast.Store()) for each in names], ast.Store())
        bind = _at(node, ast.Assign([node.target], _applied(node, function, names)))
        zipped = _at(node, ast.Call(ast.Name("zip", ast.Load()), given, []))
        return _loop(node, target, zipped, [bind, *node.body])
    (iterable,) = given
    bind = _at(node, ast.Assign([node.target], _applied(node, function, [_own(node, "each")])))
    return _loop(node, ast.Name(_own(node, "each"), ast.Store()), iterable, [bind, *node.body])


def _in_groups(check: Checker, node: ast.For, item: ast.expr, count: int) -> ast.For:
    """`for x in zip(*[iter(xs)] * 2)`: it = iter(xs); for x in zip(it, it)."""
    value = check.operand(item)
    local = check.hidden_local("each", value.type, node)
    check.emit(tree.SetLocal(check.span(node), local, value))
    name = _enter(check, local)
    given = [_load(node, name) for _ in range(count)]
    zipped = _at(node, ast.Call(ast.Name("zip", ast.Load()), given, []))
    return _loop(node, node.target, zipped, node.body)


def _by_columns(check: Checker, node: ast.For, rows: ast.expr) -> ast.For:
    """`for x in zip(*rows)`: for i in range(shortest): x = tuple([row[i] for row in rows])."""
    columns = held(check, rows)
    row, index = _own(node, "row"), _own(node, "column")
    sizes = _at(
        node,
        ast.ListComp(
            ast.Call(ast.Name("len", ast.Load()), [ast.Name(row, ast.Load())], []),
            [ast.comprehension(ast.Name(row, ast.Store()), ast.Name(columns, ast.Load()), [], 0)],
        ),
    )
    none = ast.keyword("default", ast.Constant(0))
    least = ast.Call(ast.Name("min", ast.Load()), [sizes], [none])
    items = ast.ListComp(
        ast.Subscript(ast.Name(row, ast.Load()), ast.Name(index, ast.Load()), ast.Load()),
        [ast.comprehension(ast.Name(row, ast.Store()), ast.Name(columns, ast.Load()), [], 0)],
    )
    column = ast.Call(ast.Name("tuple", ast.Load()), [items], [])
    bind = _at(node, ast.Assign([node.target], column))
    numbers = _at(node, ast.Call(ast.Name("range", ast.Load()), [least], []))
    return _loop(node, ast.Name(index, ast.Store()), numbers, [bind, *node.body])


def _filtered(node: ast.For, function: ast.expr, iterable: ast.expr) -> ast.For:
    """`for x in filter(f, it)`: for item in it: if f(item): x = item."""
    bind = _at(node, ast.Assign([node.target], ast.Name(_own(node, "each"), ast.Load())))
    test: ast.expr = _load(node, _own(node, "each"))
    if not (isinstance(function, ast.Constant) and function.value is None):
        test = _applied(node, function, [_own(node, "each")])
    chosen = _at(node, ast.If(test, [bind, *node.body], []))
    return _loop(node, ast.Name(_own(node, "each"), ast.Store()), iterable, [chosen])


def _applied(node: ast.For, function: ast.expr, names: list[str]) -> ast.expr:
    """Return the call of a function with the items; of a lambda, its body with the items put in."""
    if isinstance(function, ast.Lambda) and len(function.args.args) == len(names):
        body = copy.deepcopy(function.body)
        for parameter, name in zip(function.args.args, names, strict=True):
            body = Renamed(parameter.arg, name).visit(body)
        return body
    return _at(node, ast.Call(function, [ast.Name(each, ast.Load()) for each in names], []))


def _bound_whole(node: ast.For, count: int) -> ast.For:
    """`for pair in zip(a, b)`: for x, y in zip(a, b): pair = x, y."""
    parts = [_own(node, f"part{number}") for number in range(count)]
    target = ast.Tuple([ast.Name(each, ast.Store()) for each in parts], ast.Store())
    whole = ast.Tuple([ast.Name(each, ast.Load()) for each in parts], ast.Load())
    bind = _at(node, ast.Assign([node.target], whole))
    return _loop(node, target, node.iter, [bind, *node.body])


def by_index(
    check: Checker,
    node: ast.For,
    target: ast.expr,
    held: list[str],
    is_reversed: bool,
    is_strict: bool = False,
) -> None:
    """A loop over what is held and indexed, side by side: an index goes through them.

    while index < len(a) and index < len(b): target = a[index], b[index]; index += 1; body
    while index > 0: index -= 1; target = a[index]; body
    """
    index = check.hidden_local("index", INT, node)
    counter = _enter(check, index)
    span = check.span(node)
    lengths = [
        _at(node, ast.Call(ast.Name("len", ast.Load()), [ast.Name(each, ast.Load())], []))
        for each in held
    ]
    start = check.expression(lengths[0], INT) if is_reversed else Literal(span, INT, 0)
    check.emit(tree.SetLocal(span, index, start))
    items: list[ast.expr] = [
        _at(
            node,
            ast.Subscript(ast.Name(each, ast.Load()), ast.Name(counter, ast.Load()), ast.Load()),
        )
        for each in held
    ]
    value = items[0] if len(items) == 1 else _at(node, ast.Tuple(items, ast.Load()))
    bind = _at(node, ast.Assign([target], value))
    step: ast.operator = ast.Sub() if is_reversed else ast.Add()
    count = _at(node, ast.AugAssign(ast.Name(counter, ast.Store()), step, ast.Constant(1)))
    if is_reversed:
        tests = [ast.Compare(ast.Name(counter, ast.Load()), [ast.Gt()], [ast.Constant(0)])]
    else:
        tests = [ast.Compare(ast.Name(counter, ast.Load()), [ast.Lt()], [each]) for each in lengths]
    tests = [_at(node, each) for each in tests]
    test = tests[0] if len(tests) == 1 else _at(node, ast.BoolOp(ast.And(), tests))
    first = [count, bind] if is_reversed else [bind, count]
    orelse = node.orelse
    if is_strict:
        orelse = [_at(node, LengthsAgree(lengths)), *orelse]
    check.statement(_at(node, ast.While(test, [*first, *node.body], orelse)))


class LengthsAgree(ast.stmt):
    """After a loop over `zip(a, b, strict=True)`: both must have ended."""

    _fields = ("lengths",)

    def __init__(self, lengths: list[ast.expr]) -> None:
        super().__init__()
        self.lengths = lengths


@statement_of(LengthsAgree)
def lengths_agree(check: Checker, node: LengthsAgree) -> None:
    given = [check.expression(each, INT) for each in node.lengths]
    call = exception_objects.called(check, node, "equal_lengths", *given)
    check.emit(tree.Evaluate(check.span(node), call))


def held(check: Checker, node: ast.expr) -> str:
    """Hold what is indexed, or else a list of what an iterable gives; return the local's name."""
    value = containers.indexed(check, node)
    local = check.hidden_local("zipped", value.type, node)
    check.emit(tree.SetLocal(check.span(node), local, value))
    return _enter(check, local)
