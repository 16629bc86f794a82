"""Generators that are sent values, or return one: functions whose result is a `Generator[Y, S, R]`.

    def sums() -> Generator[int, int, str]:     def sums__items(.channel: Channel[int, str]) -> Iterator[int]:
        total = 0                                   total = 0
        while total < 9:                            while total < 9:
            total += yield total            ->          yield total
        return "much"                                   .sent = .channel.value_or_none()
                                                        total += .sent
                                                    .channel.results.append("much"); return
                                                def sums() -> TwoWay[int, int, str]:
                                                    .channel: Channel[int, str] = Channel()
                                                    return TwoWay(.channel, sums__items(.channel))

    except StopIteration as stop:               it.result_or_none(), where `next(it)` or `it.send(x)` was
        stop.value                              tried

What a `yield` gives is None where nothing is sent. It is an `S | None` where the function asks whether it
is None, or uses it only where None shows itself or raises; elsewhere an `S`, and TypeError is raised at
once. A `yield` inside of an expression stands before its statement, where nothing else is evaluated first.
`yield from` is left to the checker, who knows whether a two-way generator stands there
(compiler/check/delegation.py).

Source: Python Language Reference, section 6.2.9.
"""

from __future__ import annotations

import ast
import builtins
import copy

from compiler.infer.program import own_nodes
from compiler.infer.syntax import tested
from compiler.phrases.places import import_from, placed

MODULE = "_generators"
_SHOWING = ("print", "str", "repr", "bool", "isinstance", "type")


def with_channels(tree: ast.Module) -> ast.Module:
    """Return the module with its two-way generators written out."""
    if any(isinstance(each, ast.Attribute) and each.attr == "throw" for each in ast.walk(tree)):
        for each in ast.walk(tree):
            each.takes_throws = isinstance(each, ast.FunctionDef) and _yields(each)
    words = _Words(tree)
    tree = words.visit(tree)
    if not words.found:
        return tree
    import_from(tree, MODULE, ("_Channel", None), ("_TwoWay", None))
    import_from(tree, "typing", ("Iterator", "_Iterator"))
    return tree


def _parts(annotation: ast.expr | None) -> list[ast.expr] | None:
    """Return Y, S and R of a two-way generator's type; None for every other type."""
    match annotation:
        case ast.Subscript(
            value=ast.Name(id="Generator"), slice=ast.Tuple(elts=[_, _, _] as parts)
        ):
            is_plain = all(_is_none(each) for each in parts[1:])
            return None if is_plain else parts
    return None


def _is_none(node: ast.expr | None) -> bool:
    return node is None or isinstance(node, ast.Constant) and node.value is None


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _method(name: str, method: str, *given: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(_name(name), method, ast.Load()), list(given), [])


def _held(part: ast.expr) -> ast.expr:
    """Return a type for what is yielded, sent or returned; what only None is has one as well."""
    if not _is_none(part):
        return copy.deepcopy(part)
    return placed(part, ast.BinOp(_name("bool"), ast.BitOr(), ast.Constant(None)))


class _Words(ast.NodeTransformer):
    """Rewrites one module."""

    def __init__(self, tree: ast.Module) -> None:
        self.found = False
        self.owner: str | None = None
        self.exceptions = {name for name, each in vars(builtins).items() if _is_exception(each)}
        self.exceptions |= {each.name for each in tree.body if isinstance(each, ast.ClassDef)}

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        around, self.owner = self.owner, node.name
        self.generic_visit(node)
        self.owner = around
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST | list[ast.stmt]:
        parts = _parts(node.returns)
        made = copy.deepcopy(parts) if parts is not None and _yields(node) else None
        owner, self.owner = self.owner, None
        self.generic_visit(node)
        self.owner = owner
        if made is None:
            if _gives_values(node):
                node.body = _Body(node, None).statements(node.body)
            return node
        return [_items(node, made), _maker(node, made, owner)]

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        parts = _parts(node)
        self.generic_visit(node)
        if parts is None:
            return node
        self.found = True
        inside = ast.Tuple([_held(each) for each in node.slice.elts], ast.Load())
        return placed(node, ast.Subscript(_name("_TwoWay"), inside, ast.Load()))

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Attribute(attr="throw"), args=[ast.Name(id=name) as kind]):
                if name in self.exceptions:
                    node.args = [placed(kind, ast.Call(kind, [], []))]
        return node

    def visit_Try(self, node: ast.Try) -> ast.Try:
        self.generic_visit(node)
        asked = {ast.unparse(each): each for body in node.body for each in _asked(body)}
        if len(asked) == 1:
            (generator,) = asked.values()
            for handler in node.handlers:
                if handler.name is not None and ast.unparse(handler.type) == "StopIteration":
                    results = _Results(handler.name, generator)
                    handler.body = [results.visit(each) for each in handler.body]
        return node


def _yields(node: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Yield | ast.YieldFrom) for each in own_nodes(node))


def _is_exception(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseException)


def _gives_values(node: ast.FunctionDef) -> bool:
    """True if what a `yield` of a function gives is used."""
    own = own_nodes(node)
    unused = {each.value for each in own if isinstance(each, ast.Expr)}
    return any(isinstance(each, ast.Yield | ast.YieldFrom) and each not in unused for each in own)


# Results that are asked for ------------------------------------------------------------------


def _asked(body: ast.stmt) -> list[ast.expr]:
    """Return the generators, named by names or attributes, that a statement asks for an item."""
    found: list[ast.expr] = []
    for each in ast.walk(body):
        match each:
            case ast.Call(func=ast.Name(id="next"), args=[generator]):
                found.append(generator)
            case ast.Call(func=ast.Attribute(value=generator, attr="send" | "throw" | "__next__")):
                found.append(generator)
    return [each for each in found if isinstance(each, ast.Name | ast.Attribute)]


class _Results(ast.NodeTransformer):
    """Rewrites `stop.value` in a handler of StopIteration."""

    def __init__(self, name: str, generator: ast.expr) -> None:
        self.name = name
        self.generator = generator
        self.needed: set[ast.expr | None] = set()

    def visit(self, node: ast.AST) -> ast.AST:
        self.needed |= set(_needing(node))
        return super().visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="value") if name == self.name:
                method = "result" if node in self.needed else "result_or_none"
                asked = ast.Attribute(copy.deepcopy(self.generator), method, ast.Load())
                return placed(node, ast.Call(asked, [], []))
        return node


# Functions -----------------------------------------------------------------------------------


def _maker(node: ast.FunctionDef, parts: list[ast.expr], owner: str | None) -> ast.FunctionDef:
    """Return what stands for a two-way generator function: it gives a new TwoWay."""
    given = node.args
    names = [each.arg for each in (*given.posonlyargs, *given.args)]
    function: ast.expr = _name(f"{node.name}__items")
    decorators = [ast.unparse(each) for each in node.decorator_list]
    if owner is not None:
        bound = _name(owner) if "staticmethod" in decorators else _name(names.pop(0))
        function = ast.Attribute(bound, f"{node.name}__items", ast.Load())
    names += [
        each.arg for each in (given.vararg, *given.kwonlyargs, given.kwarg) if each is not None
    ]
    sent, returned = _held(parts[1]), _held(parts[2])
    channel = ast.Subscript(_name("_Channel"), ast.Tuple([sent, returned], ast.Load()), ast.Load())
    call = ast.Call(function, [_name(each) for each in (*names, "_channel")], [])
    body: list[ast.stmt] = [
        ast.AnnAssign(
            ast.Name("_channel", ast.Store()), channel, ast.Call(_name("_Channel"), [], []), 1
        ),
        ast.Return(ast.Call(_name("_TwoWay"), [_name("_channel"), call], [])),
    ]
    made = ast.FunctionDef(node.name, given, body, node.decorator_list, node.returns)
    return placed(node, made)


def _items(node: ast.FunctionDef, parts: list[ast.expr]) -> ast.FunctionDef:
    """Return the generator function itself: all parameters are plain ones, and the last is its channel."""
    given = copy.deepcopy(node.args)
    if given.vararg is not None and given.vararg.annotation is not None:
        inside = ast.Tuple([given.vararg.annotation, ast.Constant(...)], ast.Load())
        given.vararg.annotation = placed(
            given.vararg, ast.Subscript(_name("tuple"), inside, ast.Load())
        )
    if given.kwarg is not None and given.kwarg.annotation is not None:
        inside = ast.Tuple([_name("str"), given.kwarg.annotation], ast.Load())
        given.kwarg.annotation = placed(
            given.kwarg, ast.Subscript(_name("dict"), inside, ast.Load())
        )
    yielded, sent, returned = map(_held, parts)
    types = ast.Tuple([sent, returned], ast.Load())
    channel = ast.arg("_channel", placed(node, ast.Subscript(_name("_Channel"), types, ast.Load())))
    others = [each for each in (given.vararg, *given.kwonlyargs, given.kwarg) if each is not None]
    plain = [*given.posonlyargs, *given.args, *others, ast.copy_location(channel, node)]
    arguments = ast.arguments([], plain, None, [], [], None, [])
    body = _Body(node, parts).statements(node.body)
    if not _is_none(parts[2]) and "None" in ast.unparse(parts[2]):
        body += [placed(node, each) for each in _returned(ast.Constant(None))]
    kinds = [
        copy.deepcopy(e)
        for e in node.decorator_list
        if ast.unparse(e) in ("staticmethod", "classmethod")
    ]
    result = ast.Subscript(_name("_Iterator"), yielded, ast.Load())
    made = placed(node, ast.FunctionDef(f"{node.name}__items", arguments, body, kinds, result))
    made.takes_throws = True
    return made


def _returned(value: ast.expr) -> list[ast.stmt]:
    append = ast.Attribute(
        ast.Attribute(_name("_channel"), "results", ast.Load()), "append", ast.Load()
    )
    return [ast.Expr(ast.Call(append, [value], [])), ast.Return(None)]


class _Body:
    """Rewrites the body of a two-way generator."""

    def __init__(self, node: ast.FunctionDef, parts: list[ast.expr] | None) -> None:
        own = own_nodes(node)
        self.has_channel = parts is not None
        self.yields_none = parts is not None and _is_none(parts[0])
        self.takes_none = parts is None or "None" in ast.unparse(parts[1])
        self.returns = parts is not None and not _is_none(parts[2])
        self.asked = {name for each in own for name in tested(each)}
        self.needed = {
            part.id for each in own for part in _needing(each) if isinstance(part, ast.Name)
        }
        self.before: list[ast.stmt] = []
        self.is_first = True  # nothing was evaluated yet that a `yield` could change

    def statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return [made for each in body for made in self.statement(each)]

    def statement(self, node: ast.stmt) -> list[ast.stmt]:
        """Return what a statement becomes, with the yields in it before it."""
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            return [node]
        for field in ("body", "orelse", "finalbody"):
            if hasattr(node, field):
                setattr(node, field, self.statements(getattr(node, field)))
        for each in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            each.body = self.statements(each.body)
        self.before, self.is_first = [], True
        made = [node]
        match node:
            case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
                self.given(node.value)
                node.is_delegation = self.has_channel
            case ast.While(test=test, orelse=[]):
                node.test = self.taken(test, node)
                if self.before:
                    leave = ast.If(ast.UnaryOp(ast.Not(), node.test), [ast.Break()], [])
                    node.body = [*self.before, placed(test, leave), *node.body]
                    node.test = placed(test, ast.Constant(True))
                    return made
            case ast.If(test=test):
                node.test = self.taken(test, node)
            case ast.For(iter=items):
                node.iter = self.taken(items, node)
            case ast.AugAssign(target=target) if not isinstance(target, ast.Name):
                pass
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.Expr():
                node.value = self.taken(node.value, node)
            case ast.Return(value=value):
                node.value = self.taken(value, node)
                made = self.left(node)
        return [*self.before, *made]

    def left(self, node: ast.Return) -> list[ast.stmt]:
        """Return what `return value` becomes."""
        if not self.returns or node.value is None:
            return [node]
        return [placed(node, each) for each in _returned(node.value)]

    def taken(self, node: ast.expr | None, parent: ast.AST) -> ast.expr | None:
        """Return an expression with names for the yields that nothing is evaluated before."""
        match node:
            case None | ast.Constant() | ast.Name() | ast.Lambda():
                return node
            case ast.Yield() | ast.YieldFrom():
                is_first = self.is_first
                self.given(node)
                if is_first:
                    self.is_first = True
                    is_plain = isinstance(node, ast.Yield)
                    return self.sent(node, parent) if is_plain else self.result(node)
                return node
            case ast.IfExp(test=test):
                node.test = self.taken(test, node)
            case ast.BoolOp(values=[first, *rest]):
                node.values = [self.taken(first, node), *rest]
            case ast.Call(func=ast.Name() | ast.Attribute(value=ast.Name())):
                node.args = [self.taken(each, node) for each in node.args]
                for each in node.keywords:
                    each.value = self.taken(each.value, node)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                pass
            case _:
                for field, value in ast.iter_fields(node):
                    if isinstance(value, ast.expr):
                        setattr(node, field, self.taken(value, node))
                    elif isinstance(value, list):
                        several = [
                            self.taken(each, node) if isinstance(each, ast.expr) else each
                            for each in value
                        ]
                        setattr(node, field, several)
        self.is_first = False
        return node

    def given(self, node: ast.Yield | ast.YieldFrom) -> None:
        """Take the yields out of what is yielded; a bare `yield` of a generator of None gives None."""
        if node.value is None and self.yields_none:
            node.value = placed(node, ast.Constant(None))
        node.value = self.taken(node.value, node)

    def sent(self, node: ast.Yield, parent: ast.AST) -> ast.expr:
        """Put a `yield` before the statement, and return the name of what is sent."""
        method = "value_or_none" if self.may_be_none(parent) else "value"
        name = f".sent.{node.lineno}.{node.col_offset}"
        value = _method("_channel", method) if self.has_channel else ast.Constant(None)
        kept = placed(node, ast.Assign([ast.Name(name, ast.Store())], value))
        self.before += [placed(node, ast.Expr(node)), kept]
        return placed(node, _name(name))

    def may_be_none(self, parent: ast.AST) -> bool:
        match parent:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.NamedExpr(target=ast.Name(id=name)):
                return self.takes_none or name in self.asked or name not in self.needed
            case ast.Call(func=ast.Name(id=name)) if name in _SHOWING:
                return True
            case (
                ast.BinOp() | ast.AugAssign() | ast.Compare() | ast.FormattedValue() | ast.BoolOp()
            ):
                return True
        return self.takes_none or isinstance(parent, ast.If | ast.While | ast.UnaryOp)

    def result(self, node: ast.YieldFrom) -> ast.expr:
        """Put a `yield from` before the statement, and return the name of what it gives."""
        statement = placed(node, ast.Expr(node))
        statement.is_delegation = True
        statement.into = f".result.{node.lineno}.{node.col_offset}"
        self.before.append(statement)
        return placed(node, _name(statement.into))


def _needing(node: ast.AST) -> list[ast.expr | None]:
    """Return what stands in a node where None would go on without a word."""
    inside: list[ast.expr | None] = []
    match node:
        case ast.Call(func=function):
            if not (isinstance(function, ast.Name) and function.id in _SHOWING):
                inside = [*node.args, *[each.value for each in node.keywords]]
        case ast.Return(value=value) | ast.Assign(value=value) | ast.AnnAssign(value=value):
            inside = [value]
        case ast.Yield(value=value) | ast.Subscript(slice=value) | ast.NamedExpr(value=value):
            inside = [value]
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            inside = items
        case ast.Dict(keys=keys, values=items):
            inside = [*keys, *items]
    return inside
