"""Words of `contextlib`.

    @contextmanager                     def opened__items(name: str) -> Iterator[File]: ...
    def opened(name: str)          ->
            -> Iterator[File]: ...      def opened(name: str) -> _GeneratorContextManager[File]:
                                            return _GeneratorContextManager(opened__items(name))

    with suppress(KeyError): body       try: body
                                        except KeyError: pass

A generator that yields nothing yields False, since what `as` would bind is a value.

Source: Python Library Reference, module contextlib.
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import placed

_MANAGER = "_GeneratorContextManager"


class ManagerWords(ast.NodeTransformer):
    """Rewrites one module."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}  # of contextlib, by the names that are bound here
        self.in_class = False

    def visit_Module(self, node: ast.Module) -> ast.Module:
        for statement in node.body:
            match statement:
                case ast.ImportFrom(module="contextlib", names=names):
                    self.words |= {each.asname or each.name: each.name for each in names}
                    kept = [each for each in names if each.name not in _GONE]
                    if any(each.name == "contextmanager" for each in names):
                        kept.append(ast.copy_location(ast.alias(_MANAGER, None), names[0]))
                    statement.names = kept
                case ast.Import(names=names):
                    for each in names:
                        if each.name == "contextlib":
                            bound = each.asname or "contextlib"
                            self.words |= {f"{bound}.{word}": word for word in _GONE}
                            if each.asname is None:
                                self.words[_MANAGER] = "module"
        if not self.words:
            return node
        node.body = [each for each in node.body if not _is_empty(each)]
        if self.words.pop(_MANAGER, "") == "module":
            needed = ast.ImportFrom("contextlib", [ast.alias(_MANAGER, None)], 0)
            place = next(each for each in node.body if isinstance(each, ast.Import))
            node.body.insert(node.body.index(place), placed(place, needed))
            ast.copy_location(needed.names[0], place)
        self.generic_visit(node)
        return node

    def word(self, node: ast.expr) -> str:
        return self.words.get(ast.unparse(node), "")

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        around, self.in_class = self.in_class, True
        self.generic_visit(node)
        self.in_class = around
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef | list[ast.stmt]:
        is_method, self.in_class = self.in_class, False
        self.generic_visit(node)
        self.in_class = is_method
        if not any(self.word(each) == "contextmanager" for each in node.decorator_list):
            return node
        item = _item(node.returns)
        if item is None:
            return node
        node.decorator_list = [
            each for each in node.decorator_list if self.word(each) != "contextmanager"
        ]
        return [node, self.manager(node, item, is_method)]

    def manager(self, node: ast.FunctionDef, item: ast.expr, is_method: bool) -> ast.FunctionDef:
        """Make a generator function of one with the decorator, and return what stands for that."""
        if isinstance(item, ast.Constant) and item.value is None:
            item = ast.copy_location(ast.Name("bool", ast.Load()), item)
            node.returns.slice = item
            _YieldFalse().visit(node)
        arguments = copy.deepcopy(node.args)
        name, node.name = node.name, f"{node.name}__items"
        node.takes_throws = True
        given = [
            ast.Name(each.arg, ast.Load()) for each in (*node.args.posonlyargs, *node.args.args)
        ]
        named = [
            ast.keyword(each.arg, ast.Name(each.arg, ast.Load())) for each in node.args.kwonlyargs
        ]
        if node.args.vararg is not None:
            given.append(ast.Starred(ast.Name(node.args.vararg.arg, ast.Load()), ast.Load()))
        if node.args.kwarg is not None:
            named.append(ast.keyword(None, ast.Name(node.args.kwarg.arg, ast.Load())))
        function: ast.expr = ast.Name(node.name, ast.Load())
        if is_method:
            function = ast.Attribute(given.pop(0), node.name, ast.Load())
        items = ast.Call(function, given, named)
        made = ast.Call(ast.Name(_MANAGER, ast.Load()), [items], [])
        result = ast.Subscript(ast.Name(_MANAGER, ast.Load()), item, ast.Load())
        decorators = list(node.decorator_list)
        body: list[ast.stmt] = [ast.Return(made)]
        function_made = ast.FunctionDef(name, arguments, body, decorators, result)
        return placed(node, function_made)

    def visit_With(self, node: ast.With) -> ast.stmt:
        self.generic_visit(node)
        first = node.items[0].context_expr
        if not isinstance(first, ast.Call) or self.word(first.func) != "suppress":
            return node
        rest = node.items[1:]
        body = [ast.copy_location(ast.With(rest, node.body), node)] if rest else node.body
        body = [self.visit_With(body[0])] if rest else body
        kinds = first.args[0] if len(first.args) == 1 else ast.Tuple(first.args, ast.Load())
        handler = ast.ExceptHandler(kinds, None, [ast.Pass()])
        for each in (handler, handler.body[0]):
            ast.copy_location(each, node)
        return placed(node, ast.Try(body, [handler], [], []))


_GONE = ("contextmanager", "suppress")


def _is_empty(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and not statement.names


def _item(annotation: ast.expr | None) -> ast.expr | None:
    """Return the T of Iterator[T] and of Generator[T, None, None]."""
    if not isinstance(annotation, ast.Subscript):
        return None
    inside = annotation.slice
    return inside.elts[0] if isinstance(inside, ast.Tuple) else inside


class _YieldFalse(ast.NodeTransformer):
    """Gives every bare `yield` a value."""

    def visit_Yield(self, node: ast.Yield) -> ast.Yield:
        if node.value is None or isinstance(node.value, ast.Constant) and node.value.value is None:
            node.value = ast.copy_location(ast.Constant(False), node)
        return node
