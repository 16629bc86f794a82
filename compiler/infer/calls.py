"""Calls: what flows into parameters, and what functions, classes and Python's own give."""

from __future__ import annotations

import ast

from compiler.infer import known
from compiler.infer.cells import MAPPINGS, SEQUENCES, Cell
from compiler.infer.program import Class, Function
from compiler.infer.rules import Items, Rules, void
from compiler.infer.scope import Scope
from compiler.infer.syntax import is_object

_MAKERS = ("list", "set", "frozenset", "sorted", "deque", "tuple", "reversed", "iter")


_OF_BUILTINS = ("collections", "copy", "functools", "heapq", "itertools", "operator")


class Calls(Rules):
    """The walk over calls."""

    def call(self, node: ast.Call, scope: Scope) -> Cell:
        match node.func:
            case ast.Name(id=name):
                found = scope.find(name)
                if isinstance(found, Function):
                    return self.of_function(found, node, scope)
                if found is None and name in self.classes:
                    return self.made(self.classes[name], node, scope)
                if found is None:
                    return self.of_builtin(name, node, scope)
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=name):
                own = self.place(ast.Name("self"), scope)
                kinds = list(own.find().kinds) if own is not None else []
                for kind in kinds:
                    if kind in self.classes:
                        for base in self.classes[kind].bases:
                            method = base.method(name)
                            if method is not None:
                                return self.of_function(method, node, scope)
                            if name == "__init__" and base.is_record:
                                return self.made(base, node, scope)
                return Cell()
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if scope.find(owner) is None:
                if owner in self.classes:
                    method = self.classes[owner].method(name)
                    if method is not None:
                        return self.of_function(method, node, scope)
                results = known.MODULES.get(owner)
                if results is not None:
                    self.arguments(node, scope)
                    text = results.get(name, results.get("", ""))
                    return self.typed(text)
                if owner in _OF_BUILTINS:
                    return self.of_builtin(name, node, scope)
            case ast.Subscript(value=ast.Name(id=name)) if name in self.classes:
                made = self.made(self.classes[name], node, scope)
                self.changes.join(self.annotations.cell(node.func), made)
                return made
            case ast.Attribute(value=object, attr=name):
                return self.method_call(self.value(object, scope), name, node, scope)
        return self.of_value(self.value(node.func, scope), node, scope)

    def typed(self, text: str, a: Cell | None = None, b: Cell | None = None) -> Cell:
        """Return the cell of an annotation of a table, where A and B stand for two cells."""
        if not text:
            return Cell()
        cell = self.annotations.cell(ast.parse(text, mode="eval").body)
        if cell.is_number:
            return Cell("float")
        cell.is_fixed = False
        return self.replaced(cell, {"A": a or Cell(), "B": b or Cell()})

    def arguments(self, node: ast.Call, scope: Scope) -> list[Cell]:
        for each in node.keywords:
            self.value(each.value, scope)
        cells = [self.value(each, scope) for each in node.args]
        return [
            self.item(cell) if isinstance(each, ast.Starred) else cell
            for cell, each in zip(cells, node.args)
        ]

    def of_function(self, function: Function, node: ast.Call, scope: Scope) -> Cell:
        """Return what a call of a function of the program gives; its arguments flow into it."""
        by = {name: Cell() for name in self.variables} if function.is_generic else {}
        owner = function.owner
        if owner is not None and isinstance(node.func, ast.Attribute):
            object = self.value(node.func.value, scope) if is_object(node.func) else Cell()
            for name in owner.parameters:
                by.pop(name, None)
            self.bind(function, node, scope, by)
            return self.result_on(object, owner, function, by)
        self.bind(function, node, scope, by)
        return self.replaced(function.result, by) if by else function.result

    def result_on(
        self, object: Cell, owner: Class, function: Function, by: dict[str, Cell]
    ) -> Cell:
        if not owner.parameters:
            return self.replaced(function.result, by) if by else function.result
        out = Cell()

        def run() -> None:
            for kind, arguments in list(object.find().kinds.items()):
                if kind == owner.node.name:
                    given = self.replaced(function.result, by) if by else function.result
                    self.changes.flow(self.substituted(given, owner, arguments), out)

        self.rule(run)
        return out

    def bind(self, function: Function, node: ast.Call, scope: Scope, by: dict[str, Cell]) -> None:
        """Let the arguments of a call flow into the parameters of a function."""

        def into(name: str, cell: Cell) -> None:
            target = function.parameters[name]
            self.flows(cell, self.replaced(target, by) if by else target)

        names = function.positional()
        given = function.node.args
        rest = given.vararg.arg if given.vararg is not None else None
        is_plain = True
        for number, each in enumerate(node.args):
            cell = self.value(each, scope)
            if isinstance(each, ast.Starred):
                is_plain = False
                for place, name in enumerate(names[number:]):
                    into(name, self.part(cell, place))
                cell = self.item(cell)
            if is_plain and number < len(names):
                into(names[number], cell)
            elif rest is not None:
                self.flows(cell, function.parameters[rest].of("tuple*")[0])
        for each in node.keywords:
            cell = self.value(each.value, scope)
            if each.arg in function.parameters:
                into(each.arg, cell)
            elif each.arg is not None and given.kwarg is not None:
                self.flows(cell, function.parameters[given.kwarg.arg].of("dict")[1])

    def made(self, made: Class, node: ast.Call, scope: Scope) -> Cell:
        """Return a new object of a class of the program."""
        if made.is_enum:
            self.arguments(node, scope)
            return Cell(made.node.name)
        inside = [Cell() for _ in made.parameters]
        by = dict(zip(made.parameters, inside))
        init = made.method("__init__")
        if init is not None:
            self.bind(init, node, scope, by)
        else:
            cells = self.arguments(node, scope)
            line = [each for each in reversed(made.line()) if each.is_record]
            fields = {name: cell for each in line for name, cell in each.fields.items()}
            for cell, target in zip(cells, fields.values()):
                self.flows(cell, self.replaced(target, by) if by else target)
            for each in node.keywords:
                if each.arg in fields:
                    target = fields[each.arg]
                    self.flows(
                        self.value(each.value, scope), self.replaced(target, by) if by else target
                    )
        return Cell(made.node.name, *inside)

    def of_value(self, callee: Cell, node: ast.Call, scope: Scope) -> Cell:
        """Return what calling a value gives."""
        cells = self.arguments(node, scope)
        out = Cell()
        bound: set[str] = set()

        def run() -> None:
            for kind, arguments in list(callee.find().kinds.items()):
                if kind == "Callable":
                    for cell, target in zip(cells, arguments[:-1]):
                        self.changes.flow(cell, target)
                    self.changes.flow(arguments[-1], out)
                elif kind.startswith("class ") and kind[6:] in self.classes:
                    made = self.classes[kind[6:]]
                    self.changes.add(out, kind[6:], *[Cell() for _ in made.parameters])
                    init = made.method("__init__")
                    if init is not None:
                        for cell, name in zip(cells, init.positional()):
                            self.changes.flow(cell, init.parameters[name])
                elif kind in self.classes:
                    method = self.classes[kind].method("__call__")
                    if method is not None and kind not in bound:
                        bound.add(kind)
                        self.bind(method, node, scope, {})
                        self.changes.happened = True
                    if method is not None:
                        self.changes.flow(method.result, out)

        self.rule(run)
        return out

    def method_call(self, object: Cell, name: str, node: ast.Call, scope: Scope) -> Cell:
        """Return `object.name(...)`."""
        cells = self.arguments(node, scope)
        items = Items(self, cells)
        named = {each.arg: self.value(each.value, scope) for each in node.keywords}
        out = Cell()
        done: dict[str, Cell] = {}

        def run() -> None:
            for kind, arguments in list(object.find().kinds.items()):
                made = self.classes.get(kind.removeprefix("class "))
                if made is not None:
                    self.call_of_class(made, kind, arguments, name, node, scope, done, out, object)
                    continue
                table = known.METHODS.get(kind, {})
                if name in table:
                    if kind not in done:
                        done[kind] = self.typed(table[name], *arguments[:2])
                    self.changes.flow(done[kind], out)
                if name in ("get", "pop") and kind in MAPPINGS:
                    if len(cells) > 1:
                        self.changes.flow(cells[1], out)
                        self.changes.flow(cells[1], arguments[1])
                    elif name == "get":
                        self.changes.add_null(out)
                for number, place in known.FILLING.get(name, ()):
                    if number < len(cells) and place < len(arguments):
                        self.changes.flow(cells[number], arguments[place])
                if name in known.FILLING_FROM and cells:
                    self.fill(kind, arguments, cells[0], items)
                if name == "sort" and "key" in named and arguments:
                    self.called_with(named["key"], arguments[0])

        self.rule(run)
        return out

    def call_of_class(
        self,
        made: Class,
        kind: str,
        arguments: list[Cell],
        name: str,
        node: ast.Call,
        scope: Scope,
        done: dict[str, Cell],
        out: Cell,
        object: Cell,
    ) -> None:
        method = made.method(name)
        if method is None:
            field = made.field(name)
            if field is not None and kind not in done:
                done[kind] = self.of_value(field, node, scope)
                self.changes.happened = True
            if kind in done:
                self.changes.flow(done[kind], out)
            return
        if kind not in done:
            before = len(self.rules)
            by = {each: Cell() for each in self.variables} if method.is_generic else {}
            by |= dict(zip(made.parameters, arguments))
            self.bind(method, node, scope, by)
            done[kind] = self.replaced(method.result, by) if by else method.result
            self.changes.happened = self.changes.happened or len(self.rules) > before
        result = done[kind]
        self.changes.flow(self.substituted(result, made, arguments), out)

    def fill(self, kind: str, arguments: list[Cell], given: Cell, items: Items) -> None:
        """`container.extend(given)`."""
        if kind in MAPPINGS and len(arguments) == 2:
            for other, inside in list(given.find().kinds.items()):
                if other in MAPPINGS and len(inside) == 2:
                    self.changes.flow(inside[0], arguments[0])
                    self.changes.flow(inside[1], arguments[1])
        elif arguments:
            self.changes.flow(items[0], arguments[0])

    def fill_from(self, container: Cell, given: Cell) -> None:
        items = Items(self, [given])

        def run() -> None:
            for kind, arguments in list(container.find().kinds.items()):
                self.fill(kind, arguments, given, items)

        self.rule(run)

    def called_with(self, callee: Cell, *cells: Cell) -> Cell:
        """A function of Python's calls what it is given."""
        for kind, arguments in list(callee.find().kinds.items()):
            if kind == "Callable":
                for cell, target in zip(cells, arguments[:-1]):
                    self.changes.flow(cell, target)
                return arguments[-1]
            if kind.startswith("class ") and kind[6:] in self.classes:
                init = self.classes[kind[6:]].method("__init__")
                if init is not None:
                    for cell, name in zip(cells, init.positional()):
                        self.changes.flow(cell, init.parameters[name])
                return Cell(kind[6:])
        return Cell()

    def of_builtin(self, name: str, node: ast.Call, scope: Scope) -> Cell:
        cells = self.arguments(node, scope)
        items = Items(self, cells)
        named = {each.arg: self.of_node[each.value] for each in node.keywords}
        out = Cell()
        if name in known.FUNCTIONS:
            return self.typed(known.FUNCTIONS[name])
        if name in _MAKERS:
            word = {"sorted": "list", "reversed": "Iterator", "iter": "Iterator"}.get(name, name)
            word = "tuple*" if word == "tuple" else word
            held = Cell()
            if items:
                self.flows(items[0], held)
            if "key" in named:
                self.rule(lambda: void(self.called_with(named["key"], held)))
            return Cell(word, held)
        if name in ("dict", "OrderedDict"):
            made = Cell("dict", Cell(), Cell())
            if cells:
                self.fill_from(made, cells[0])
                self.fill_by_pairs(made.of("dict"), cells[0], items)
            for each in node.keywords:
                if each.arg is not None:
                    self.flows(Cell("str"), made.of("dict")[0])
                    self.flows(named[each.arg], made.of("dict")[1])
            return made
        if name == "defaultdict":
            made = Cell("defaultdict", Cell(), Cell())
            if cells:
                self.made_by(node.args[0], cells[0], made.of("defaultdict")[1])
            return made
        if name == "Counter":
            held = Cell()
            if items:
                self.flows(items[0], held)
            return Cell("Counter", held)
        if name == "enumerate" and items:
            return Cell("Iterator", Cell("tuple", Cell("int"), items[0]))
        if name == "zip" and len(items) == 1 and isinstance(node.args[0], ast.Starred):
            return Cell("Iterator", Cell("tuple*", items[0]))
        if name == "zip_longest" and len(items) == 2:
            return Cell("Iterator", Cell("tuple", *self.filled_up(items, named.get("fillvalue"))))
        if name == "zip":
            return Cell("Iterator", Cell("tuple", *items[:]))
        if name in ("map", "filter") and len(cells) > 1:
            result = Cell()

            def run() -> None:
                self.changes.flow(self.called_with(cells[0], *items[1:]), result)

            self.rule(run)
            return Cell("Iterator", result if name == "map" else items[1])
        if name in ("min", "max") and cells:
            is_one = len(cells) == 1 and not isinstance(node.args[0], ast.Starred)
            for each in [items[0]] if is_one else cells:
                self.flows(each, out)
            if "default" in named:
                self.flows(named["default"], out)
            if "key" in named:
                self.rule(lambda: void(self.called_with(named["key"], out)))
            return out
        if name == "sum" and items:
            self.flows(self.operation(items[0], ast.Add(), items[0], node), out)
            if len(cells) > 1:
                self.flows(cells[1], out)
            return out
        if name in ("abs", "round", "pow") and cells:
            if name == "round" and len(cells) == 1:
                return Cell("int")
            return self.negated(cells[0])
        if name == "next" and items:
            self.flows(items[0], out)
            if len(cells) > 1:
                self.flows(cells[1], out)
            return out
        if name == "divmod" and len(cells) == 2:
            part = self.operation(cells[0], ast.FloorDiv(), cells[1], node.args[1])
            return Cell("tuple", part, part)
        if name == "reduce" and len(cells) > 1:

            def fold() -> None:
                self.changes.flow(self.called_with(cells[0], out, items[1]), out)
                self.changes.flow(items[1] if len(cells) < 3 else cells[2], out)

            self.rule(fold)
            return out
        if name == "cmp_to_key" and cells:
            self.rule(lambda: void(self.called_with(cells[0], out, out)))
            return Cell("Callable", out, Cell("int"))
        if name in ("heappop", "heapreplace", "heappushpop") and items:
            if len(cells) == 2:
                self.fill_item(cells[0], cells[1])
            return items[0]
        if name == "heappush" and len(cells) == 2:
            self.fill_item(cells[0], cells[1])
            return Cell("None")
        if name in ("nlargest", "nsmallest") and len(cells) > 1:
            if "key" in named:
                self.rule(lambda: void(self.called_with(named["key"], items[1])))
            return Cell("list", items[1])
        if name == "count":
            return Cell("Iterator", cells[0] if cells else Cell("int"))
        if name in ("cycle", "islice") and items:
            return Cell("Iterator", items[0])
        if name in ("takewhile", "dropwhile", "filterfalse") and len(cells) == 2:
            self.rule(lambda: void(self.called_with(cells[0], items[1])))
            return Cell("Iterator", items[1])
        if name == "chain" and items:
            for each in items[:]:
                self.flows(each, out)
            return Cell("Iterator", out)
        if name in ("sqrt", "sin", "cos", "hypot", "exp", "log"):
            return Cell("float")
        if name in ("deepcopy", "copy") and cells:
            return cells[0]
        return out

    def filled_up(self, items: Items, filler: Cell | None) -> list[Cell]:
        """Return what `zip_longest` gives of each of its arguments."""
        cells = [Cell() for _ in items]
        for cell, item in zip(cells, items):
            self.flows(item, cell)
            if filler is None:
                cell.is_null = True
            else:
                self.flows(filler, cell)
        return cells

    def fill_by_pairs(self, into: list[Cell], given: Cell, items: Items) -> None:
        """`dict(pairs)`."""
        parts: list[Cell] = []

        def run() -> None:
            kinds = given.find().kinds
            if kinds and not any(kind in MAPPINGS or kind == "Counter" for kind in kinds):
                if not parts:
                    parts.extend(self.part(items[0], number) for number in range(2))
                for part, target in zip(parts, into):
                    self.changes.flow(part, target)

        self.rule(run)

    def fill_item(self, container: Cell, cell: Cell) -> None:
        def run() -> None:
            for kind, arguments in list(container.find().kinds.items()):
                if kind in SEQUENCES and arguments:
                    self.changes.flow(cell, arguments[0])

        self.rule(run)

    def made_by(self, node: ast.expr, maker: Cell, out: Cell) -> None:
        """What `defaultdict(maker)` makes."""
        name = node.id if isinstance(node, ast.Name) else ""
        shapes = {
            "list": lambda: Cell("list", Cell()),
            "set": lambda: Cell("set", Cell()),
            "dict": lambda: Cell("dict", Cell(), Cell()),
            "Counter": lambda: Cell("Counter", Cell()),
        }
        if name in shapes:
            self.flows(shapes[name](), out)
        elif name in known.FUNCTIONS:
            self.flows(Cell(known.FUNCTIONS[name]), out)
        else:
            self.rule(lambda: self.changes.flow(self.called_with(maker), out))
