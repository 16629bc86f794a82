"""Displays and comprehensions of Python's containers, which only programs have.

The classes are ordinary generic ones of core.containers; what is made here is `Steps`: a new
container in a hidden local, filled element by element, and then its value.

    [a, b, c]                   append for each
    [e for x in xs if c]        the loops, with an append innermost
    {k: v}, {k: v for ...}      a store for each
    {a, b}, {e for ...}         an add for each
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import calls, members, names, octets, special, value_unions
from compiler.check.checker import expression_of, statement_of
from compiler.check.conversions import LITERAL, convert, described, settle, try_convert
from compiler.check.words import arguments, word
from compiler.layout import base_of
from compiler.read import CONTAINERS, SEQUENCES
from compiler.tree import Expression, Local, LocalRef
from compiler.types import (
    BYTES,
    F64,
    INT,
    NONE,
    STR,
    ArrayType,
    ClassDeclaration,
    ClassKind,
    FunctionDeclaration,
    FunctionInstance,
    NamedType,
    OptionalType,
    SliceType,
    TupleType,
    Type,
    Word,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


# The classes ---------------------------------------------------------------------------------


def has(check: Checker, word: str) -> bool:
    """True if the program has the container that Python calls `word`."""
    return CONTAINERS[word] in check.unit.modules


def in_program(check: Checker) -> bool:
    """True in a module that uses Python's containers: there, lengths and counts are `int`."""
    return CONTAINERS["list"] in check.module.type_imports


def declaration(check: Checker, node: ast.AST, word: str) -> ClassDeclaration:
    """Return the class of a container.

    Raises:
        CompileError: there are no containers here.
    """
    if not has(check, word):
        raise check.error(node, f"{word} is not part of the kernel's language", _INSTEAD[word])
    return check.unit.core_class(check, node, CONTAINERS[word], word)


_INSTEAD = {
    "list": "use Array[T, N](...), or core.collections.vector",
    "dict": "use core.collections.hash_map",
    "set": "use core.collections.hash_map",
}


def is_container(type: Type, word: str) -> bool:
    """True for an instance of the container that Python calls `word`."""
    return isinstance(type, NamedType) and type.declaration.symbol == f"{CONTAINERS[word]}.{word}"


def is_any(type: Type) -> bool:
    """True for an instance of one of Python's containers."""
    return any(is_container(type, word) for word in CONTAINERS)


def plain_set(
    check: Checker, node: ast.AST, value: Expression, kinds: tuple[str, ...] = ("dict_keys",)
) -> Expression:
    """Return the keys of a dict as a set, for an operator; all else as it is."""
    type = value.type
    if not isinstance(type, NamedType) or type.declaration.name not in kinds:
        return value
    if not type.declaration.module.name.startswith("core.containers."):
        return value
    member = members.find_method(check, type, "as_set")
    return calls.method_with_values(check, node, value, member, [])


def arguments_of(hint: Type | None, word: str) -> tuple[Type, ...]:
    """Return the types of the elements that the context wants; empty if it wants none."""
    if isinstance(hint, OptionalType):
        hint = hint.inner
    hint = value_unions.wanted_container(hint, word)
    return hint.arguments if hint is not None and is_container(hint, word) else ()


# Slices --------------------------------------------------------------------------------------


def slice_call(check: Checker, node: ast.Subscript, base: Expression, name: str) -> Expression:
    """Return the call of a method that takes the bounds of `base[start:stop:step]`."""
    member = members.find_method(check, base.type, name)
    return calls.method_with_values(check, node, base, member, bounds_of(check, node))


def bounds_of(check: Checker, node: ast.Subscript) -> list[Expression]:
    """Return start, stop and step of a subscript, None where they are left out."""
    bounds = (node.slice.lower, node.slice.upper, node.slice.step)
    return [_bound(check, node, bound) for bound in bounds]


def _bound(check: Checker, node: ast.AST, bound: ast.expr | None) -> Expression:
    wanted = OptionalType(INT)
    if bound is None:
        return convert(check, tree.Literal(check.span(node), NONE, None), wanted, node)
    return convert(check, check.operand(bound, INT), wanted, bound)


def store_range(check: Checker, target: ast.Subscript, value_node: ast.expr) -> bool:
    """`base[start:stop] = values` of a container; False if it is none."""
    before = len(check.out)
    base = check.operand(target.value)
    member = special.find(check, base.type, "set_slice")
    if member is None:
        del check.out[before:]
        return False
    if is_container(base.type, "list"):
        value = as_list(check, value_node, base.type.arguments[0])
    elif octets.is_bytearray(base.type):
        value = octets.of_value(check, value_node)
    else:
        value = check.expression(value_node, base.type)
    bounds = [target.slice.lower, target.slice.upper]
    if target.slice.step is not None:
        member = special.find(check, base.type, "set_every")
        bounds.append(target.slice.step)
    if member is None:
        raise check.error(target.slice.step, "this stores to every so many", "write a loop")
    given = [_bound(check, target, bound) for bound in bounds]
    call = calls.method_with_values(check, target, base, member, [*given, value])
    call.evaluation = [len(given) + 1, *range(len(given) + 1)]
    check.emit(tree.Evaluate(check.span(target), call))
    return True


# Making one ----------------------------------------------------------------------------------


class Making:
    """A container in a hidden local, which the statements emitted so far fill."""

    def __init__(self, check: Checker, node: ast.AST, type: NamedType) -> None:
        self.check = check
        self.node = node
        self.local = check.hidden_local("made", type, node)

    def call(self, name: str, *arguments: Expression) -> None:
        """Emit a call of a method."""
        receiver = LocalRef(self.check.span(self.node), self.local.type, self.local)
        member = members.find_method(self.check, self.local.type, name)
        made = calls.method_with_values(self.check, self.node, receiver, member, list(arguments))
        self.check.emit(tree.Evaluate(self.check.span(self.node), made))

    def new(self) -> tree.SetLocal:
        """Return the statement that comes first."""
        check, span, type = self.check, self.check.span(self.node), self.local.type
        member = members.find_method(check, type, "__init__")
        target = FunctionInstance(member.declaration, type.arguments)
        check.unit.request(target, span)
        check.unit.request_class(type)
        signature = check.unit.signature(target)
        made = tree.New(span, type, target, signature, [], None)
        return tree.SetLocal(span, self.local, made)

    def finish(self, statements: tree.Block) -> Expression:
        span = self.check.span(self.node)
        value = LocalRef(span, self.local.type, self.local)
        return tree.Steps(span, self.local.type, [self.new(), *statements], value)


def common_type(check: Checker, node: ast.AST, items: list[Expression], what: str) -> Type:
    """Return the type to which all items convert."""
    types = [settle(check, each).type if each.type is LITERAL else each.type for each in items]
    some = [type for type in types if type is not NONE]
    if F64 in some and INT in some:
        mixed = value_unions.common_of_program(check, [e for e in items if e.type is not NONE])
        if mixed is not None:
            return mixed if len(some) == len(types) else OptionalType(mixed)
    for type in [*some, *_bases(some[:1])]:
        wanted = type if len(some) == len(types) else OptionalType(type)
        if all(try_convert(check, item, wanted) is not None for item in items):
            return wanted
    union = value_unions.common(check, [each for each in items if each.type is not NONE])
    if union is not None:
        return union if len(some) == len(types) else OptionalType(union)
    raise check.error(node, f"the {what} of this are of different types", "annotate what it is for")


def _bases(types: list[Type]) -> list[Type]:
    """Return the classes from which an object's class derives, the nearest first."""
    found: list[Type] = []
    step = types[0] if types else None
    while isinstance(step, NamedType) and step.kind in (ClassKind.CLASS, ClassKind.EXCEPTION):
        step = base_of(step)
        found += [step] if step is not None else []
    return found


@expression_of(ast.List)
def list_display(check: Checker, node: ast.List, hint: Type | None) -> Expression:
    """`[a, b, c]` (Python Language Reference, section 6.2.5)."""
    found = declaration(check, node, "list")
    wanted = arguments_of(hint, "list")
    if not node.elts and not wanted and hasattr(node, "holds_nothing"):
        wanted = (INT,)
    if not node.elts and not wanted:
        raise check.error(
            node,
            "nothing here says what this list is to hold",
            "annotate it: names: list[str] = []",
        )
    element = wanted[0] if wanted else None
    around, check.out = check.out, []
    empty = [each for each in node.elts if _is_empty(each)] if element is None else []
    if empty and len(empty) < len(node.elts):
        items = {each: check.operand(each) for each in node.elts if each not in empty}
        element = common_type(check, node, [*items.values()], "elements")
        items = [items.get(each) or check.operand(each, element) for each in node.elts]
    else:
        items = [check.operand(each, element) for each in node.elts]
    if element is None:
        element = common_type(check, node, items, "elements")
    making = Making(check, node, NamedType(found, (element,)))
    if items:
        making.call("reserve", tree.Literal(check.span(node), INT, len(items)))
    for item, each in zip(items, node.elts, strict=True):
        making.call("put_next", convert(check, item, element, each))
    statements, check.out = check.out, around
    return making.finish(statements)


def _is_empty(node: ast.expr) -> bool:
    """True for an empty display, which says nothing of what it is to hold."""
    return (
        isinstance(node, ast.List) and not node.elts or isinstance(node, ast.Dict) and not node.keys
    )


# Comprehensions ------------------------------------------------------------------------------


class Collect(ast.stmt):
    """The innermost statement of a comprehension: what `action` emits for one element."""

    _fields = ()
    action: Callable[[], None]


def collects(statements: list[ast.stmt]) -> bool:
    """True for what stands inside a comprehension."""
    return any(isinstance(part, Collect) for each in statements for part in ast.walk(each))


@statement_of(Collect)
def collect(check: Checker, node: Collect) -> None:
    node.action()


def loops(
    check: Checker, node: ast.AST, generators: list[ast.comprehension], action: Callable[[], None]
) -> tree.Block:
    """Return the loops of a comprehension, whose targets are names of its own."""
    inner: ast.stmt = ast.copy_location(Collect(), node)
    inner.action = action
    return nest(check, node, generators, [inner])


def nest(
    check: Checker,
    node: ast.AST,
    generators: list[ast.comprehension],
    body: list[ast.stmt],
    leave: ast.expr | None = None,
) -> tree.Block:
    """Return the loops of a comprehension around statements. `leave`: the condition, once a loop has
    ended, on which the loop around it ends, too."""
    for each in reversed(generators):
        for test in reversed(each.ifs):
            body = [ast.copy_location(ast.If(test, body, []), test)]
        loop = ast.For(each.target, each.iter, body, [])
        body = [ast.copy_location(loop, each.target)]
        if leave is not None and each is not generators[0]:
            stop = ast.copy_location(ast.Break(), leave)
            body.append(ast.copy_location(ast.If(leave, [stop], []), leave))
    hidden = _bound_by(generators)
    kept = {name: check.names.pop(name) for name in hidden if name in check.names}
    around, check.out = check.out, []
    before = check.has_errors
    check.has_errors = False
    for statement in body:
        check.statement(statement)
    failed, check.has_errors = check.has_errors, before or check.has_errors
    _end(check, node, [check.names.pop(name) for name in hidden if name in check.names])
    statements, check.out = check.out, around
    check.names.update(kept)
    if failed:
        from compiler.check.checker import Poisoned

        raise Poisoned(check.span(node), "")
    return statements


def _end(check: Checker, node: ast.AST, targets: list[Local]) -> None:
    """Let go of what the targets of a comprehension hold last, as the end of its frame does."""
    for local in targets:
        if not local.captured:
            check.emit(tree.Delete(check.span(node), local))


def loops_of(node: ast.expr) -> tuple[list[ast.comprehension], ast.expr]:
    """Return the loops over an iterable, and what each round gives."""
    if isinstance(node, ast.GeneratorExp):
        return node.generators, node.elt
    item = ast.copy_location(ast.Name(".item", ast.Store()), node)
    element = ast.copy_location(ast.Name(".item", ast.Load()), node)
    return [ast.comprehension(item, node, [], 0)], element


def _bound_by(generators: list[ast.comprehension]) -> list[str]:
    names = [
        part.id
        for each in generators
        for part in ast.walk(each.target)
        if isinstance(part, ast.Name)
    ]
    return [*dict.fromkeys(names)]


@expression_of(ast.ListComp)
def list_comprehension(check: Checker, node: ast.ListComp, hint: Type | None) -> Expression:
    """`[element for target in iterable if test]` (section 6.2.4)."""
    return _collected(check, node, "list", "append", hint)


def _collected(
    check: Checker, node: ast.ListComp | ast.SetComp, word: str, add: str, hint: Type | None
) -> Expression:
    """Return a new container with what a comprehension gives, each put in by a method."""
    from compiler.check import cells

    found = declaration(check, node, word)
    wanted = arguments_of(hint, word)
    node = cells.apart(node, wanted)
    made: list[Making] = []

    def append() -> None:
        value = check.operand(node.elt, wanted[0] if wanted else None)
        if wanted:
            type = wanted[0]
        else:
            type = settle(check, value).type if value.type is LITERAL else value.type
        making = Making(check, node, NamedType(found, (type,)))
        made[:] = [making]  # a loop may be checked again on weaker assumptions
        making.call(add, convert(check, value, making.local.type.arguments[0], node.elt))

    statements = loops(check, node, node.generators, append)
    return made[0].finish(statements)


# set ------------------------------------------------------------------------------------------


@expression_of(ast.Set)
def set_display(check: Checker, node: ast.Set, hint: Type | None) -> Expression:
    """`{a, b, c}` (section 6.2.6)."""
    found = declaration(check, node, "set")
    wanted = arguments_of(hint, "set")
    element = wanted[0] if wanted else None
    around, check.out = check.out, []
    items = [check.operand(each, element) for each in node.elts]
    if element is None:
        element = common_type(check, node, items, "elements")
    making = Making(check, node, NamedType(found, (element,)))
    for item, each in zip(items, node.elts, strict=True):
        making.call("add", convert(check, item, element, each))
    statements, check.out = check.out, around
    made = making.finish(statements)
    if len(node.elts) > 2 and all(isinstance(each, ast.Constant) for each in node.elts):
        # CPython keeps such a set and copies it, and a copy may have another order.
        copied = members.find_method(check, made.type, "copy")
        return calls.method_with_values(check, node, made, copied, [])
    return made


@expression_of(ast.SetComp)
def set_comprehension(check: Checker, node: ast.SetComp, hint: Type | None) -> Expression:
    """`{element for target in iterable if test}`."""
    return _collected(check, node, "set", "add", hint)


def set_of(
    check: Checker, node: ast.Call, found: ClassDeclaration | NamedType, hint: Type | None
) -> Expression:
    """`set(iterable)`; of a set, its copy."""
    wanted = found if isinstance(found, NamedType) else hint
    (source,) = node.args
    if not isinstance(source, ast.GeneratorExp) and not is_lazy(check, source):
        value = check.operand(source, wanted)
        if is_container(value.type, "set"):
            copied = members.find_method(check, value.type, "copy")
            return calls.method_with_values(check, node, value, copied, [])
    generators, element = loops_of(source)
    return check.operand(ast.copy_location(ast.SetComp(element, generators), node), wanted)


def _frozenset_of(
    check: Checker, node: ast.Call, found: ClassDeclaration | NamedType, hint: Type | None
) -> Expression:
    """`frozenset(iterable)`."""
    wanted = arguments_of(found if isinstance(found, NamedType) else hint, "frozenset")
    plain = NamedType(declaration(check, node, "set"), wanted) if wanted else None
    return frozen(check, node, set_of(check, node, plain or declared_set(check, node), plain))


def declared_set(check: Checker, node: ast.AST) -> ClassDeclaration:
    return declaration(check, node, "set")


def frozen(check: Checker, node: ast.AST, elements: Expression) -> Expression:
    """Return a set that nobody else has as a frozenset."""
    made = check.unit.core_function(check, node, CONTAINERS["frozenset"], "frozen")
    return _called(check, node, made, elements)


def _called(
    check: Checker, node: ast.AST, function: FunctionDeclaration, value: Expression
) -> Expression:
    """Call a function of the containers whose one type parameter is that of its argument."""
    instance = FunctionInstance(function, value.type.arguments)
    check.unit.request(instance, check.span(node))
    signature = check.unit.signature(instance)
    return tree.Call(check.span(node), signature.result, instance, signature, [value])


# tuple[T, ...] -------------------------------------------------------------------------------


def is_sequence(type: Type | None) -> bool:
    """True for a tuple whose length is not known."""
    return isinstance(type, NamedType) and type.declaration.symbol == f"{SEQUENCES}.tuple_of"


def sequence_type(check: Checker, node: ast.AST, element: Type) -> NamedType:
    return NamedType(check.unit.core_class(check, node, SEQUENCES, "tuple_of"), (element,))


def sequence_of(check: Checker, node: ast.AST, items: Expression) -> Expression:
    """Return a new list as a tuple of any length."""
    type = sequence_type(check, node, *items.type.arguments)
    member = members.find_method(check, type, "__init__")
    target = FunctionInstance(member.declaration, type.arguments)
    check.unit.request(target, check.span(node))
    check.unit.request_class(type)
    signature = check.unit.signature(target)
    return tree.New(check.span(node), type, target, signature, [items], None)


def sequence_of_tuple(check: Checker, value: Expression, to: NamedType) -> Expression | None:
    """Return a tuple as one of any length; None if its items are of other types."""
    (element,) = to.arguments
    span = value.span
    node = ast.Constant(None)
    node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = span[1:]
    local = check.hidden_local("tuple", value.type, node)
    whole = LocalRef(span, value.type, local)
    around, check.out = check.out, [tree.SetLocal(span, local, value)]
    making = Making(check, node, NamedType(declaration(check, node, "list"), (element,)))
    for number, type in enumerate(value.type.items):
        item = try_convert(check, tree.TupleItem(span, type, whole, number), element)
        if item is None:
            check.out = around
            return None
        making.call("append", item)
    statements, check.out = check.out, around
    return sequence_of(check, node, making.finish(statements))


@word("tuple")
def tuple_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`tuple(iterable)`: a tuple of any length, or itself."""
    if not node.args and not node.keywords:
        empty = ast.copy_location(ast.Tuple([], ast.Load()), node)
        return check.expression(empty, hint)
    (source,) = arguments(check, node, "tuple(iterable)", 0, 1)
    if not isinstance(source, ast.GeneratorExp) and not is_lazy(check, source):
        before = len(check.out)
        value = check.operand(source)
        if is_sequence(value.type):
            return value
        del check.out[before:]
    element = hint.arguments[0] if is_sequence(hint) else None
    generators, given = loops_of(source)
    made = ast.copy_location(ast.ListComp(given, generators), node)
    wanted = None if element is None else NamedType(declaration(check, node, "list"), (element,))
    return sequence_of(check, node, check.expression(made, wanted))


# dict ----------------------------------------------------------------------------------------


@expression_of(ast.Dict)
def dict_display(check: Checker, node: ast.Dict, hint: Type | None) -> Expression:
    """`{key: value, **other}` (section 6.2.7): keys and values in turn, a later key wins."""
    found = declaration(check, node, "dict")
    wanted = arguments_of(hint, "dict")
    if not node.keys and not wanted and hasattr(node, "holds_nothing"):
        wanted = (STR, INT)
    if not node.keys and not wanted:
        raise check.error(
            node,
            "nothing here says what this dict is to hold",
            "annotate it: ages: dict[str, int] = {}",
        )
    key_hint, value_hint = wanted or (None, None)
    around, check.out = check.out, []
    keys = [each and check.operand(each, key_hint) for each in node.keys]
    values = _values_of(check, node, hint, value_hint)
    if not wanted:
        whole = [v.type for k, v in zip(keys, values, strict=True) if k is None]
        if whole and is_container(whole[0], "dict"):
            key_hint, value_hint = whole[0].arguments
        else:
            key_hint = common_type(check, node, [k for k in keys if k], "keys")
            value_hint = common_type(check, node, values, "values")
    type = NamedType(found, (key_hint, value_hint))
    making = Making(check, node, type)
    for key, value, value_node in zip(keys, values, node.values, strict=True):
        if key is None:
            making.call("update", convert(check, value, type, value_node))
        else:
            store = [
                convert(check, key, key_hint, value_node),
                convert(check, value, value_hint, value_node),
            ]
            making.call("__setitem__", *store)
    statements, check.out = check.out, around
    return making.finish(statements)


def _values_of(
    check: Checker, node: ast.Dict, hint: Type | None, value_hint: Type | None
) -> list[Expression]:
    """Check the values of a display. Empty ones have the type of the others."""
    empty = [each for each in node.values if _is_empty(each)] if value_hint is None else []
    if not empty or len(empty) == len(node.values) or None in node.keys:
        return [
            check.operand(value, hint if key is None else value_hint)
            for key, value in zip(node.keys, node.values, strict=True)
        ]
    found = {each: check.operand(each) for each in node.values if each not in empty}
    type = common_type(check, node, [*found.values()], "values")
    return [found.get(each) or check.operand(each, type) for each in node.values]


@expression_of(ast.DictComp)
def dict_comprehension(check: Checker, node: ast.DictComp, hint: Type | None) -> Expression:
    """`{key: value for target in iterable if test}`."""
    from compiler.check import cells

    found = declaration(check, node, "dict")
    wanted = arguments_of(hint, "dict")
    node = cells.apart(node, wanted)
    made: list[Making] = []

    def store() -> None:
        pair = []
        for number, part in enumerate((node.key, node.value)):
            value = check.operand(part, wanted[number] if wanted else None)
            if wanted:
                value = convert(check, value, wanted[number], part)
            elif value.type is LITERAL:
                value = settle(check, value)
            pair.append(value)
        making = Making(check, node, NamedType(found, (pair[0].type, pair[1].type)))
        made[:] = [making]
        making.call("__setitem__", *pair)

    statements = loops(check, node, node.generators, store)
    return made[0].finish(statements)


def dict_of(
    check: Checker, node: ast.Call, found: ClassDeclaration | NamedType, hint: Type | None
) -> Expression:
    """`dict(pairs)`, `dict(other)`, `dict(a=1)`."""
    wanted = found if isinstance(found, NamedType) else hint
    if not node.args:
        keys = [ast.copy_location(ast.Constant(each.arg), each.value) for each in node.keywords]
        values = [each.value for each in node.keywords]
        return check.operand(ast.copy_location(ast.Dict(keys, values), node), wanted)
    if len(node.args) != 1 or node.keywords:
        raise check.error(node, "'dict' takes one iterable, or names", "write dict(pairs)")
    (source,) = node.args
    if not isinstance(source, ast.GeneratorExp) and not is_lazy(check, source):
        value = check.operand(source, wanted)
        if is_container(value.type, "dict"):
            copied = members.find_method(check, value.type, "plain")
            return calls.method_with_values(check, node, value, copied, [])
    names = [ast.copy_location(ast.Name(each, ast.Load()), node) for each in (".key", ".value")]
    stores = [ast.copy_location(ast.Name(each.id, ast.Store()), node) for each in names]
    target = ast.copy_location(ast.Tuple(stores, ast.Store()), node)
    loops: list[ast.comprehension] = []
    if isinstance(source, ast.GeneratorExp):
        loops = source.generators
        source = ast.copy_location(ast.List([source.elt], ast.Load()), node)
    loops = [*loops, ast.comprehension(target, source, [], 0)]
    return check.operand(ast.copy_location(ast.DictComp(*names, loops), node), wanted)


def as_list(check: Checker, node: ast.expr, element: Type | None) -> Expression:
    """Return an iterable as a list: itself if it is one, else a new one with its items.

    `element` is the type that the items are to have, None for their own.
    """
    hint = None if element is None else NamedType(declaration(check, node, "list"), (element,))
    _refuse_endless(check, node)
    if not isinstance(node, ast.GeneratorExp) and not is_lazy(check, node):
        value = check.operand(node, hint)
        if is_container(value.type, "list"):
            return value if hint is None else convert(check, value, hint, node)
    generators, given = loops_of(node)
    made = ast.copy_location(ast.ListComp(given, generators), node)
    return check.expression(made, hint)


_ENDLESS = ("count", "cycle", "repeat_1")  # of itertools


def _refuse_endless(check: Checker, node: ast.expr) -> None:
    """Report a generator without end where all of its items are wanted at once."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        found = names.meaning(check, node.func)
        is_word = isinstance(found, FunctionDeclaration) and found.module.name == "itertools"
        if is_word and found.name in _ENDLESS:
            raise check.error(node, "this has no end", "write a loop over it, with a 'break'")


def listed(check: Checker, value: Expression, node: ast.AST) -> Expression:
    """Return what is to be unpacked as a list. A tuple's items become one of their common type."""
    if is_container(value.type, "list"):
        return value
    if isinstance(value.type, TupleType):
        local = check.hidden_local("tuple", value.type, node)
        whole = LocalRef(value.span, value.type, local)
        items: list[Expression] = [
            tree.TupleItem(value.span, type, whole, number)
            for number, type in enumerate(value.type.items)
        ]
        element = common_type(check, node, items, "items")
        around, check.out = check.out, [tree.SetLocal(value.span, local, value)]
        making = Making(check, node, NamedType(declaration(check, node, "list"), (element,)))
        for item in items:
            making.call("append", convert(check, item, element, node))
        statements, check.out = check.out, around
        return making.finish(statements)
    if isinstance(node, ast.expr):
        return as_list(check, node, None)
    raise check.error(node, f"{described(value.type)} cannot be unpacked")


def indexed(check: Checker, node: ast.expr) -> Expression:
    """Return an iterable if it is indexed, and has a length, or else a list of what it gives."""
    if not isinstance(node, ast.GeneratorExp) and not is_lazy(check, node):
        value = check.operand(node)
        if value.type is BYTES and octets.has(check):
            return octets.made(check, node, "listed", value)
        is_sequence = isinstance(value.type, SliceType | ArrayType) or value.type in (STR, BYTES)
        if is_sequence or is_container(value.type, "list"):
            return value
    return as_list(check, node, None)


def is_lazy(check: Checker, node: ast.expr) -> bool:
    """True for the call of a word that stands in loops only, and for that of a generator."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return False
    found = names.meaning(check, node.func)
    is_generator = isinstance(found, FunctionDeclaration) and found.is_generator
    return is_generator or lazy_word(check, node) != ""


def lazy_word(check: Checker, node: ast.expr) -> str:
    """Return which word that makes no container is called here; empty if none."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return ""
    found = names.meaning(check, node.func)
    return found.name if isinstance(found, Word) and found.name in _LAZY else ""


_LAZY = ("range", "enumerate", "zip", "reversed", "map", "filter")


def declared_type(found: ClassDeclaration | NamedType) -> NamedType:
    return found if isinstance(found, NamedType) else NamedType(found)


def of_iterable(
    check: Checker, node: ast.Call, found: ClassDeclaration | NamedType, hint: Type | None
) -> Expression:
    """`list(iterable)`, `dict(pairs)`: always a new one."""
    from compiler.check import iterables

    if is_container(declared_type(found), "dict"):
        return dict_of(check, node, found, hint)
    word = declared_type(found).declaration.name
    if len(node.args) != 1 or node.keywords:
        raise check.error(node, f"'{word}' takes one iterable", f"write {word}(iterable)")
    if word == "set":
        return set_of(check, node, found, hint)
    if word == "frozenset":
        return _frozenset_of(check, node, found, hint)
    wanted = found if isinstance(found, NamedType) else hint
    return iterables.new_list(check, node.args[0], wanted)
