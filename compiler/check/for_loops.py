"""`for`, over each kind of thing that can be iterated (Python Language Reference, section 8.3).

range(...)                              ForRange
Array, Slice, bytes, reversed of one    ForEach: by index, without a copy
zip of such                             ForZip
enumerate of any of these               the same with an index beside
a call of a generator function          ForGenerator: its body is expanded in the loop
a generator that is an object           ForIterator
anything with __iter__ and __next__     ForIterator
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    attempts,
    bindings,
    containers,
    filling,
    generator_values,
    iterables,
    loops,
    names,
    octets,
    operators,
    presence,
    side_by_side,
    special,
    texts,
    tuples,
    union_uses,
)
from compiler.check.checker import statement_of
from compiler.check.conversions import (
    LITERAL,
    convert,
    described,
    none_hint,
    settle,
    try_convert,
    widens,
)
from compiler.check.loop_targets import Counter, Index, Mirrored, Numbered, Target
from compiler.tree import Block, Expression, Literal, LocalRef
from compiler.types import (
    BYTES,
    INT,
    STR,
    U8,
    ArrayType,
    GeneratorType,
    IntType,
    NamedType,
    SliceType,
    TupleType,
    Type,
    Word,
    is_place,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@statement_of(ast.For)
def for_statement(check: Checker, node: ast.For) -> None:
    """`for target in iterable: body else: orelse` (section 8.3)."""
    other = iterables.rewritten(check, node)
    if other is not None:
        for_statement(check, other)
        return
    attempts.check_loop(check, node, lambda: _for(check, node))


def _for(check: Checker, node: ast.For) -> None:
    index_target, target, iterable, start = node.target, node.target, node.iter, None
    word = _word(check, iterable)
    if word == "enumerate":
        index_target, target, iterable, start = _enumerated(check, node)
        word = _word(check, iterable)
    else:
        index_target = None
    numbered = Numbered(index_target, start)
    match word:
        case "range":
            _over_range(check, node, target, iterable, numbered)
        case "zip":
            _over_zip(check, node, target, iterable, numbered)
        case "reversed":
            _over_reversed(check, node, target, iterable, numbered)
        case "enumerate":
            raise check.error(iterable, "enumerate of enumerate", "count by hand")
        case _:
            _over_value(check, node, target, iterable, numbered)


def _word(check: Checker, node: ast.expr) -> str:
    """Return which builtin makes the iterable; empty if none."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return ""
    if node.func.id not in ("range", "zip", "reversed", "enumerate"):
        return ""
    found = names.meaning(check, node.func)
    return found.name if isinstance(found, Word) else ""


def _enumerated(
    check: Checker, node: ast.For
) -> tuple[ast.expr, ast.expr, ast.expr, ast.expr | None]:
    """`for index, item in enumerate(iterable, start)`."""
    call: ast.Call = node.iter
    start = call.args[1] if len(call.args) == 2 else None
    for keyword in call.keywords:
        if keyword.arg != "start" or start is not None:
            raise check.error(keyword, "enumerate takes an iterable and 'start'")
        start = keyword.value
    if not 1 <= len(call.args) <= 2:
        raise check.error(call, "enumerate takes an iterable and 'start'")
    if not isinstance(node.target, ast.Tuple) or len(node.target.elts) != 2:
        raise check.error(node.target, "enumerate gives pairs", "write 'for index, item in ...'")
    return node.target.elts[0], node.target.elts[1], call.args[0], start


def _body(
    check: Checker, node: ast.For, targets: list[Target] | list[Mirrored], index: Index | Counter
) -> tuple[Block, Block]:
    """Check the body and the `else` of a loop whose locals are `targets` and `index`."""
    start = loops.start_loop(check, node)
    exhausted = check.flow.copy()
    around, check.out = check.out, []
    for target in targets:
        target.bind()
    index.bind()
    for target in targets:
        target.unpack()
    index.unpack()
    first = check.out
    check.out = around
    body, breaks = loops.loop_body(check, node, start)
    orelse = loops.leave(check, node.orelse, exhausted, breaks)
    return first + body, orelse


def _over_range(
    check: Checker, node: ast.For, target: ast.expr, call: ast.Call, numbered: Numbered
) -> None:
    """`for i in range(start, stop, step)`: the bounds once, in the type of the target."""
    if call.keywords or not 1 <= len(call.args) <= 3:
        raise check.error(call, "range takes stop, or start and stop, or start, stop and step")
    type, bounds = _bounds(check, target, call)
    span = check.span(call)
    step = bounds[2] if len(bounds) == 3 else Literal(span, type, 1)
    if isinstance(step, Literal) and step.value == 0:
        raise check.error(call.args[2], "a step of 0 never ends")
    start, stop = bounds[:2] if len(bounds) > 1 else (Literal(span, type, 0), bounds[0])
    index = Index(check, numbered)
    item = Target(check, target, type)
    body, orelse = _body(check, node, [item], index)
    loop = tree.ForRange(check.span(node), item.local, start, stop, step, body, orelse, index.local)
    filling.prepare(check, node, loop)
    check.emit(loop)


def _over_reversed_range(
    check: Checker, node: ast.For, target: ast.expr, call: ast.Call, numbered: Numbered
) -> None:
    """`for i in reversed(range(start, stop))`: a hidden local counts up and is mirrored, which
    works for unsigned integers, too."""
    if call.keywords or not 1 <= len(call.args) <= 2:
        raise check.error(
            call, "reversed takes a range without a step", "write range(start, stop, step)"
        )
    type, bounds = _bounds(check, target, call)
    span = check.span(call)
    if len(bounds) == 1:
        bounds.insert(0, Literal(span, type, 0))
    held = [check.hidden_local("bound", type, call) for _ in bounds]
    for local, bound in zip(held, bounds, strict=True):
        check.emit(tree.SetLocal(span, local, bound))
    start, stop = (LocalRef(span, type, local) for local in held)
    index = Index(check, numbered)
    item = Mirrored(check, target, type, *held)
    body, orelse = _body(check, node, [item], index)
    one = Literal(span, type, 1)
    check.emit(
        tree.ForRange(check.span(node), item.local, start, stop, one, body, orelse, index.local)
    )


def _bounds(check: Checker, target: ast.expr, call: ast.Call) -> tuple[IntType, list[Expression]]:
    """Return the type of a range's items, and its arguments in that type."""
    hint = None
    if isinstance(target, ast.Name):
        known = bindings.bindable(check, target)
        hint = known.type if known is not None and isinstance(known.type, IntType) else None
    bounds = [operators.as_number(check.operand(argument, hint)) for argument in call.args]
    type = _type_of_range(check, call, bounds, hint)
    bounds = [
        _range_bound(check, bound, type, argument)
        for bound, argument in zip(bounds, call.args, strict=True)
    ]
    return type, bounds


def _type_of_range(
    check: Checker, call: ast.Call, bounds: list[Expression], hint: Type | None
) -> IntType:
    """Return the type of a range's items: that of its start and stop, which widens to one."""
    type: IntType | None = None
    for bound, argument in zip(bounds[:2], call.args, strict=False):
        own = bound.type
        if own is LITERAL:
            continue
        if not isinstance(own, IntType):
            raise check.error(argument, f"range takes integers, not {described(own)}")
        if type is None or widens(type, own):
            type = own
        elif not widens(own, type):
            raise check.error(
                call,
                f"'{type}' and '{own}' have no common type",
                f"convert one of them, such as {type}({check.text(argument)})",
            )
    if type is None:
        type = hint or INT
    return type if hint is None or not widens(type, hint) else hint


def _range_bound(check: Checker, bound: Expression, type: IntType, node: ast.expr) -> Expression:
    """Return a bound or step of a range in the type of its items.

    A negative literal step may go with unsigned bounds: it stays an `int`.
    """
    if isinstance(bound, Literal) and bound.type is LITERAL and not type.holds(bound.value):
        return settle(check, bound)
    return convert(check, bound, type, node)


def sequence(check: Checker, node: ast.expr) -> tuple[Expression, Type] | None:
    """Return an Array, Slice or bytes to iterate by index, and the type of its items."""
    return as_sequence(check, node, check.operand(node))


def as_sequence(
    check: Checker, node: ast.expr, value: Expression
) -> tuple[Expression, Type] | None:
    match value.type:
        case ArrayType(element=item) | SliceType(element=item):
            return aliasing.held(check, node, value), item
        case type if type is BYTES:
            return value, U8
    return None


def _over_value(
    check: Checker, node: ast.For, target: ast.expr, iterable: ast.expr, numbered: Numbered
) -> None:
    """`for item in value`, by the type of the value."""
    is_container = isinstance(iterable, ast.List | ast.Set) or _has_stars(iterable)
    if isinstance(iterable, ast.Tuple | ast.List | ast.Set) and not (
        is_container and containers.in_program(check)
    ):
        _over_display(check, node, target, iterable, numbered)
        return
    check.iterated = iterable
    value = check.operand(iterable)
    value = presence.operand(check, iterable, value, "'NoneType' object is not iterable")
    value = union_uses.only(
        check,
        iterable,
        value,
        lambda type: can_be_iterated(check, type),
        "'{}' object is not iterable",
    )
    value = octets.iterated(check, iterable, texts.iterated(check, iterable, value))
    value = tuples.of_record(check, iterable, value)
    if isinstance(value.type, TupleType) and containers.in_program(check):
        value = containers.listed(check, value, iterable)
    if generator_values.is_iterable_value(value.type):
        value = tree.IndirectCall(value.span, value.type.result, value, value.type, [])
    found = as_sequence(check, iterable, value)
    if found is not None:
        _over_sequence(check, node, target, found, numbered, reverse=False)
    elif isinstance(value.type, GeneratorType):
        _over_generator(check, node, target, value, numbered)
    elif isinstance(value.type, NamedType):
        _over_iterator(check, node, target, value, numbered)
    else:
        raise _not_iterable(check, iterable, value)


def _has_stars(node: ast.expr) -> bool:
    return isinstance(node, ast.Tuple) and any(isinstance(e, ast.Starred) for e in node.elts)


def can_be_iterated(check: Checker, type: Type) -> bool:
    """True for the types of values that a `for` goes over."""
    if isinstance(type, TupleType) or type in (STR, BYTES):
        return True
    return any(special.find(check, type, name) for name in ("__iter__", "__getitem__"))


def _not_iterable(check: Checker, node: ast.expr, value: Expression):
    hint = none_hint(check, value, node)
    if isinstance(value.type, IntType) or value.type is LITERAL:
        hint = f"write range({check.text(node)})"
    elif isinstance(value.type, TupleType):
        hint = "unpack it: a, b = pair"
    elif str(value.type) == "str":
        hint = "write s.encode() to go over its bytes"
    return check.error(node, f"{described(value.type)} cannot be iterated", hint)


def _over_sequence(
    check: Checker,
    node: ast.For,
    target: ast.expr,
    found: tuple[Expression, Type],
    numbered: Numbered,
    *,
    reverse: bool,
) -> None:
    value, item_type = found
    index = Index(check, numbered)
    item = Target(check, target, item_type, alias=is_place(item_type))
    item.elements = value if is_place(item_type) else None
    if is_place(item_type) or aliasing.holds_views(item_type):
        aliasing.note_origin(check, item.local, aliasing.origin_of_elements(check, value))
    body, orelse = _body(check, node, [item], index)
    check.emit(
        tree.ForEach(check.span(node), item.local, value, body, orelse, index.local, reverse)
    )


def _over_display(
    check: Checker,
    node: ast.For,
    target: ast.expr,
    display: ast.Tuple | ast.List | ast.Set,
    numbered: Numbered,
) -> None:
    """`for item in (a, b, c)`: an Array made for the loop."""
    if not isinstance(display, ast.Tuple):
        kind = "list" if isinstance(display, ast.List) else "set"
        raise check.error(
            display, f"a {kind} is not part of the kernel's language", "write a tuple"
        )
    if not display.elts:
        raise check.error(display, "this loop has nothing to go over")
    items = [check.operand(element) for element in display.elts]
    types = [item.type for item in items if item.type is not LITERAL]
    type = next((t for t in types if all(try_convert(check, i, t) for i in items)), None)
    if type is None and types and containers.in_program(check):
        type = containers.common_type(check, display, items, "items")
    if type is None and types:
        raise check.error(display, "the items of this tuple are of different types")
    type = type or INT
    if is_place(type):
        raise check.error(display, "these structs would have to be copied", "loop over an Array")
    elements = [
        convert(check, item, type, element)
        for item, element in zip(items, display.elts, strict=True)
    ]
    array = tree.ArrayValue(check.span(display), ArrayType(type, len(elements)), elements)
    _over_sequence(check, node, target, (array, type), numbered, reverse=False)


def _over_reversed(
    check: Checker, node: ast.For, target: ast.expr, call: ast.Call, numbered: Numbered
) -> None:
    """`for item in reversed(sequence)`."""
    if len(call.args) != 1 or call.keywords:
        raise check.error(call, "reversed takes one sequence")
    inner = call.args[0]
    if _word(check, inner) == "range":
        _over_reversed_range(check, node, target, inner, numbered)
        return
    if containers.in_program(check):
        iterables.by_index(check, node, target, [iterables.held(check, inner)], True)
        return
    found = sequence(check, inner)
    if found is None:
        raise check.error(inner, "only an Array, Slice or bytes is reversed")
    _over_sequence(check, node, target, found, numbered, reverse=True)


def _over_zip(
    check: Checker, node: ast.For, target: ast.expr, call: ast.Call, numbered: Numbered
) -> None:
    """`for a, b in zip(x, y)`: as long as the shortest."""
    is_strict = _is_strict(check, call)
    if not call.args:
        raise check.error(call, "zip of nothing")
    if not isinstance(target, ast.Tuple) or len(target.elts) != len(call.args):
        raise check.error(
            target,
            f"zip gives tuples of {len(call.args)}",
            "write a target for each sequence, in their order",
        )
    if numbered.target is not None:
        raise check.error(call, "enumerate of zip", "count by hand")
    if containers.in_program(check):
        side_by_side.loop(check, node, target, call.args, is_strict)
        return
    sequences, targets = [], []
    for argument in call.args:
        found = sequence(check, argument)
        if found is None:
            raise check.error(argument, "zip goes over an Array, Slice or bytes")
        sequences.append(found)
    for element, (value, type) in zip(target.elts, sequences, strict=True):
        item = Target(check, element, type, alias=is_place(type))
        if is_place(type) or aliasing.holds_views(type):
            aliasing.note_origin(check, item.local, aliasing.origin_of_elements(check, value))
        targets.append(item)
    body, orelse = _body(check, node, targets, Index(check, numbered))
    check.emit(
        tree.ForZip(
            check.span(node),
            [item.local for item in targets],
            [value for value, _ in sequences],
            body,
            orelse,
        )
    )


def _is_strict(check: Checker, call: ast.Call) -> bool:
    """True for `zip(a, b, strict=True)`, of two."""
    for keyword in call.keywords:
        is_flag = keyword.arg == "strict" and isinstance(keyword.value, ast.Constant)
        if not is_flag or not containers.in_program(check):
            raise check.error(keyword, "zip takes sequences only")
        if keyword.value.value and len(call.args) != 2:
            raise check.error(keyword, "only two sequences can be zipped strictly", "zip pairs")
        return bool(keyword.value.value)
    return False


def _over_generator(
    check: Checker, node: ast.For, target: ast.expr, value: Expression, numbered: Numbered
) -> None:
    """`for item in generator(...)`."""
    is_call = isinstance(value, tree.Call) and value.function.declaration.is_generator
    if not is_call and containers.in_program(check):
        _over_kept(check, node, target, value, numbered)
        return
    if isinstance(value, tree.VirtualCall):
        raise check.error(
            node.iter,
            f"which '{value.method.declaration.name}' this is, is known at run time only",
            "loop over a method that no class overrides",
        )
    if not is_call:
        raise check.error(
            node.iter, "a generator is consumed where it is made", "call it in the 'for' itself"
        )
    counter = Counter(check, numbered)
    type = value.type.item
    is_alias = is_place(type) and value.signature.returns_view
    item = Target(check, target, type, alias=is_alias)
    if is_alias or aliasing.holds_views(type):
        aliasing.note_origin(check, item.local, aliasing.origin_of_arguments(check, value))
    body, orelse = _body(check, node, [item], counter)
    check.emit(tree.ForGenerator(check.span(node), item.local, value, body, orelse))


def _over_kept(
    check: Checker, node: ast.For, target: ast.expr, value: Expression, numbered: Numbered
) -> None:
    """`for item in generator`, which is an object: it is asked for one item after the other."""
    iterator = check.hidden_local("iterator", value.type, node.iter)
    iterator.is_kept = True
    following = generator_values.next_of(check, node.iter, iterator)
    counter = Counter(check, numbered)
    item = Target(check, target, following.type)
    body, orelse = _body(check, node, [item], counter)
    span = check.span(node)
    check.emit(tree.ForIterator(span, item.local, iterator, value, following, body, orelse))
    check.emit(tree.Delete(span, iterator))


def _over_iterator(
    check: Checker, node: ast.For, target: ast.expr, value: Expression, numbered: Numbered
) -> None:
    """`for item in object`: `object.__iter__()` once, then `__next__()` until StopIteration."""
    made = special.call(check, node.iter, value, "__iter__", [])
    if made is None:
        raise _not_iterable(check, node.iter, value)
    if isinstance(made.type, GeneratorType):
        _over_generator(check, node, target, made, numbered)
        return
    owns = not is_place(made.type) or tree.is_fresh(made)
    iterator = check.hidden_local("iterator", made.type, node.iter, owns=owns)
    receiver = LocalRef(made.span, made.type, iterator)
    following = special.call(check, node.iter, receiver, "__next__", [])
    if following is None:
        raise check.error(
            node.iter,
            f"'__iter__' gives {described(made.type)}, which has no '__next__'",
            "write '__iter__' as a generator, with 'yield'",
        )
    counter = Counter(check, numbered)
    is_alias = is_place(following.type) and not tree.is_fresh(following)
    item = Target(check, target, following.type, alias=is_alias)
    body, orelse = _body(check, node, [item], counter)
    check.emit(
        tree.ForIterator(check.span(node), item.local, iterator, made, following, body, orelse)
    )
