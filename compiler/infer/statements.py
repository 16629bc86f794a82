"""Statements: what flows into the places that are stored to."""

from __future__ import annotations

import ast

from compiler.infer.cells import MAPPINGS, SEQUENCES, Cell
from compiler.infer.program import own_nodes
from compiler.infer.rules import Items, Rules
from compiler.infer.scope import Scope
from compiler.infer.syntax import gives_self, loaded


class Statements(Rules):
    """The walk over statements."""

    def block(self, statements: list[ast.stmt], scope: Scope) -> None:
        for each in statements:
            self.statement(each, scope)

    def outermost(self, node: ast.FunctionDef | ast.Module, scope: Scope) -> None:
        """Walk a body. What is bound anew there may be of another kind behind it, unless functions inside
        use the name."""
        inside = [
            part
            for each in own_nodes(node)
            if isinstance(each, ast.FunctionDef | ast.Lambda | ast.ClassDef | ast.Global)
            for part in ast.walk(each)
        ]
        kept = {each.id for each in inside if isinstance(each, ast.Name)}
        kept |= {name for each in inside if isinstance(each, ast.Global) for name in each.names}
        bound = set(scope.function.parameters) if scope.function is not None else set()
        for statement in node.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name) as target], value=value):
                    cell = self.value(value, scope)
                    if name in bound and name in scope.cells and name not in kept:
                        self.successive.append(scope.bind_anew(target))
                    self.store(target, cell, scope, value)
                case _:
                    self.statement(statement, scope)
            bound |= {
                each.id
                for each in ast.walk(statement)
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
            }

    def decorators(self, node: ast.FunctionDef, scope: Scope) -> None:
        """A decorator is called with the function, and the next one with what that gives; callers of the
        function call the last of these, with what the function takes."""
        if not node.decorator_list:
            return
        value: ast.expr = ast.Name(node.name, ast.Load())
        plain = self.value(value, scope)
        for each in reversed(node.decorator_list):
            value = ast.Call(each, [value], [])
        decorated = self.value(value, scope)

        def run() -> None:
            for own, taken in zip(
                plain.of("Callable") or (), (decorated.of("Callable") or ())[:-1]
            ):
                self.changes.flow(own, taken)

        self.rule(run)

    def statement(self, node: ast.stmt, scope: Scope) -> None:
        match node:
            case ast.FunctionDef():
                self.body(scope.functions[node.name], scope)
                self.decorators(node, scope)
            case ast.ClassDef():
                pass
            case ast.Assign(targets=targets, value=value):
                cell = self.value(value, scope)
                for target in targets:
                    self.store(target, cell, scope, value)
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                cell = self.annotated(annotation, node, "annotation")
                place = self.place(target, scope)
                if place is not None:
                    place.find().is_fixed = False
                    self.changes.join(cell, place)
                if value is not None:
                    if isinstance(value, ast.Constant) and value.value is None:
                        cell.find().takes_none = True
                        self.nullable.append((node, cell))
                    self.flows(self.value(value, scope), cell)
            case ast.AugAssign(target=target, op=op, value=value):
                left = self.value(loaded(target), scope)
                result = self.operation(left, op, self.value(value, scope), value)
                self.store(target, result, scope, None)
            case ast.For(target=target, iter=items, body=body, orelse=rest):
                self.store(target, self.item(self.value(items, scope)), scope, None)
                self.block([*body, *rest], scope)
            case ast.Return(value=value):
                if value is not None and scope.function is not None:
                    function = scope.function
                    cell = self.value(value, scope)
                    if isinstance(value, ast.Name | ast.Attribute):
                        is_asked = function.node.returns is not None and (
                            ast.unparse(value) in scope.tested
                        )
                        if not is_asked:  # None, too, where a test was elsewhere
                            cell = self.value_of(value, scope)
                    if not function.is_generator:
                        self.flows(cell, function.result)
                    else:
                        self.flows(cell, function.returned)
            case ast.With(items=items, body=body):
                for each in items:
                    manager = self.value(each.context_expr, scope)
                    if each.optional_vars is not None:
                        self.store(each.optional_vars, self.entered(manager), scope, None)
                self.block(body, scope)
            case ast.Try(body=body, handlers=handlers, orelse=rest, finalbody=last):
                self.block(body, scope)
                for handler in handlers:
                    if handler.name is not None and handler.type is not None:
                        cell = scope.find(handler.name)
                        kinds = (
                            handler.type.elts
                            if isinstance(handler.type, ast.Tuple)
                            else [handler.type]
                        )
                        if isinstance(cell, Cell) and len(kinds) == 1:
                            self.changes.add(cell, ast.unparse(kinds[0]))
                    self.block(handler.body, scope)
                self.block([*rest, *last], scope)
            case ast.Match(subject=subject, cases=cases):
                cell = self.value(subject, scope)
                for each in cases:
                    self.pattern(each.pattern, cell, scope)
                    if each.guard is not None:
                        self.value(each.guard, scope)
                    self.block(each.body, scope)
            case _:
                for each in ast.iter_child_nodes(node):
                    if isinstance(each, ast.expr):
                        self.value(each, scope)
                    elif isinstance(each, ast.stmt):
                        self.statement(each, scope)

    def entered(self, manager: Cell) -> Cell:
        """Return what `with manager as name` gives."""
        out = Cell()

        def run() -> None:
            for name, arguments in list(manager.find().kinds.items()):
                if name in self.classes:
                    method = self.classes[name].method("__enter__")
                    if method is not None:
                        self.changes.flow(method.result, out)
                        if method.node.returns is None and gives_self(method.node):
                            self.changes.flow(manager, out)
                elif name in SEQUENCES and arguments:
                    self.changes.flow(arguments[0], out)

        self.rule(run)
        return out

    def place(self, target: ast.expr, scope: Scope) -> Cell | None:
        """Return the cell of a name or of `self.field`."""
        match target:
            case ast.Name(id=name):
                found = scope.find(name)
                return found if isinstance(found, Cell) else None
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                own = scope.find("self")
                if isinstance(own, Cell):
                    for kind in own.find().kinds:
                        if kind in self.classes:
                            return self.classes[kind].field(name)
        return None

    def store(self, target: ast.expr, cell: Cell, scope: Scope, value: ast.expr | None) -> None:
        place = self.place(target, scope)
        if place is not None:
            self.flows(cell, place)
            return
        match target:
            case ast.Attribute(value=object, attr=name):
                self.into_attribute(self.value(object, scope), name, cell)
            case ast.Subscript(value=object, slice=index):
                self.into_element(self.value(object, scope), self.value(index, scope), cell)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                star = next((n for n, e in enumerate(parts) if isinstance(e, ast.Starred)), None)
                for number, part in enumerate(parts):
                    if isinstance(part, ast.Starred):
                        self.store(part.value, Cell("list", self.item(cell)), scope, None)
                    else:
                        at = number if star is None or number < star else number - len(parts)
                        self.store(part, self.part(cell, at), scope, None)

    def part(self, cell: Cell, number: int) -> Cell:
        """Return an item of a tuple, or any item of something else."""
        out, items = Cell(), Items(self, [cell])

        def run() -> None:
            parts = cell.of("tuple")
            if parts is not None and -len(parts) <= number < len(parts):
                self.changes.flow(parts[number], out)
            elif parts is None:
                made = next((n for n in cell.find().kinds if n in self.classes), None)
                if made is not None and self.classes[made].is_record:
                    fields = [*self.classes[made].fields.values()]
                    if number < len(fields):
                        self.changes.flow(fields[number], out)
                elif cell.find().kinds:
                    self.changes.flow(items[0], out)

        self.rule(run)
        return out

    def into_attribute(self, object: Cell, name: str, cell: Cell) -> None:
        def run() -> None:
            for kind in list(object.find().kinds):
                made = self.classes.get(kind.removeprefix("class "))
                if made is not None:
                    field = made.field(name)
                    setter = made.setter(name)
                    if field is not None:
                        self.changes.flow(cell, field)
                    elif setter is not None and len(setter.parameters) == 2:
                        self.changes.flow(cell, [*setter.parameters.values()][1])

        self.rule(run)

    def into_element(self, object: Cell, key: Cell, cell: Cell) -> None:
        items = self.item(cell)

        def run() -> None:
            is_slice = "slice" in key.find().kinds
            for kind, arguments in list(object.find().kinds.items()):
                if kind in MAPPINGS and len(arguments) == 2:
                    self.changes.flow(key, arguments[0])
                    self.changes.flow(cell, arguments[1])
                elif kind == "Counter" and arguments:
                    self.changes.flow(key, arguments[0])
                elif kind in SEQUENCES and arguments:
                    self.changes.flow(items if is_slice else cell, arguments[0])
                elif kind in self.classes:
                    method = self.classes[kind].method("__setitem__")
                    if method is not None and len(method.parameters) == 3:
                        _, first, second = method.parameters.values()
                        self.changes.flow(key, first)
                        self.changes.flow(cell, second)

        self.rule(run)

    def pattern(self, node: ast.pattern, cell: Cell, scope: Scope) -> None:
        match node:
            case ast.MatchAs(pattern=inner, name=name):
                if inner is not None:
                    self.pattern(inner, cell, scope)
                found = scope.find(name) if name is not None else None
                if isinstance(found, Cell):
                    if isinstance(inner, ast.MatchClass):
                        cell = self.annotations.cell(inner.cls)
                    self.flows(cell, found)
            case ast.MatchOr(patterns=several):
                for each in several:
                    self.pattern(each, cell, scope)
            case ast.MatchSequence(patterns=several):
                for number, each in enumerate(several):
                    if isinstance(each, ast.MatchStar):
                        found = scope.find(each.name) if each.name is not None else None
                        if isinstance(found, Cell):
                            self.flows(Cell("list", self.item(cell)), found)
                    else:
                        self.pattern(each, self.part(cell, number), scope)
            case ast.MatchMapping(patterns=several):
                value = self.element(cell, Cell("str"), ast.Name("key"))
                for each in several:
                    self.pattern(each, value, scope)
            case ast.MatchClass(cls=word, patterns=several, kwd_attrs=names, kwd_patterns=named):
                object = self.annotations.cell(word)
                made = self.classes.get(ast.unparse(word))
                if made is None:
                    for each in several:
                        self.pattern(each, object, scope)
                    return
                fields = [*made.fields]
                pairs = [*zip(fields, several), *zip(names, named)]
                for name, each in pairs:
                    self.pattern(each, self.attribute(object, name), scope)
