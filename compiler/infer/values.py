"""Values: the cell of each expression."""

from __future__ import annotations

import ast

from compiler.infer import known
from compiler.infer.asked import Fact
from compiler.infer.cells import MAPPINGS, SEQUENCES, Cell
from compiler.infer.program import Class, Function
from compiler.infer.rules import Rules
from compiler.infer.scope import Scope
from compiler.infer.syntax import number_in

_NUMBERS = ("bool", "int", "float")
_COMPREHENSIONS = {ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "Iterator"}


class Values(Rules):
    """The walk over expressions."""

    def value(self, node: ast.expr, scope: Scope) -> Cell:
        """Return the cell of a value."""
        cell = self.value_of(node, scope)
        if ast.unparse(node) in scope.tested and isinstance(node, ast.Name | ast.Attribute):
            cell = self.without_none(cell)
        for fact in self.facts.get(node, ()):
            cell = self.of_types(cell, fact)
        self.of_node[node] = cell
        return cell

    def of_types(self, cell: Cell, fact: Fact) -> Cell:
        """Return what is left of a cell by what a test tells."""
        out = Cell()

        def run() -> None:
            if cell.find().is_null and not fact.holds:
                self.changes.add_null(out)
            for name, arguments in list(cell.find().kinds.items()):
                made = self.classes.get(name)
                words = {name.rstrip("*")} | ({"int"} if name == "bool" else set())
                if made is not None:
                    words |= {each.node.name for each in made.line()}
                if bool(words & set(fact.types)) is fact.holds:
                    self.changes.add(out, name, *arguments)

        self.rule(run)
        return out

    def without_none(self, cell: Cell) -> Cell:
        out = Cell()

        def run() -> None:
            for name, arguments in list(cell.find().kinds.items()):
                if name != "None":
                    self.changes.add(out, name, *arguments)

        self.rule(run)
        return out

    def value_of(self, node: ast.expr, scope: Scope) -> Cell:
        match node:
            case ast.Constant(value=None):
                made = Cell()
                made.is_null = True
                return made
            case ast.Constant(value=value):
                return Cell(type(value).__name__)
            case ast.JoinedStr(values=parts):
                for each in parts:
                    if isinstance(each, ast.FormattedValue):
                        self.value(each.value, scope)
                return Cell("str")
            case ast.Name(id=name):
                return self.named(name, scope)
            case ast.Attribute(value=ast.Name(id=name)) if (
                name in known.MODULES and scope.find(name) is None
            ):
                return self.typed(
                    known.VALUES.get(f"{name}.{node.attr}", known.VALUES.get(name, ""))
                )
            case ast.Attribute(value=object, attr=name):
                return self.attribute(self.value(object, scope), name)
            case ast.Subscript(value=object, slice=index):
                return self.element(self.value(object, scope), self.value(index, scope), index)
            case ast.Slice(lower=lower, upper=upper, step=step):
                for each in (lower, upper, step):
                    if each is not None:
                        self.value(each, scope)
                return Cell("slice")
            case ast.Call():
                return self.call(node, scope)
            case ast.BinOp(left=left, op=op, right=right):
                return self.operation(self.value(left, scope), op, self.value(right, scope), right)
            case ast.UnaryOp(op=op, operand=inner):
                cell = self.value(inner, scope)
                return Cell("bool") if isinstance(op, ast.Not) else self.negated(cell)
            case ast.Compare(left=left, comparators=rest):
                operands = [self.value(each, scope) for each in (left, *rest)]
                for number, op in enumerate(node.ops):
                    if isinstance(op, ast.In | ast.NotIn):
                        self.contained(operands[number], operands[number + 1])
                return Cell("bool")
            case ast.BoolOp(op=op, values=values):
                out = Cell()
                for number, each in enumerate(values):
                    cell = self.value(each, scope)
                    if isinstance(op, ast.Or) and number + 1 < len(values):
                        cell = self.without_none(cell)
                    self.flows(cell, out)
                return out
            case ast.IfExp(test=test, body=left, orelse=right):
                self.value(test, scope)
                out = Cell()
                self.flows(self.value(left, scope), out)
                self.flows(self.value(right, scope), out)
                return out
            case ast.NamedExpr(target=target, value=value):
                cell = self.value(value, scope)
                self.store(target, cell, scope, value)
                return cell
            case ast.Tuple(elts=items):
                if any(isinstance(each, ast.Starred) for each in items):
                    return Cell("tuple*", self.items_of(items, scope))
                return Cell("tuple", *[self.value(each, scope) for each in items])
            case ast.List(elts=items):
                return Cell("list", self.items_of(items, scope))
            case ast.Set(elts=items):
                return Cell("set", self.items_of(items, scope))
            case ast.Dict(keys=keys, values=values):
                key, held = Cell(), Cell()
                for first, second in zip(keys, values):
                    if first is None:
                        other = self.value(second, scope)
                        self.fill_from(Cell("dict", key, held), other)
                    else:
                        self.flows(self.value(first, scope), key)
                        self.flows(self.value(second, scope), held)
                return Cell("dict", key, held)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                inner = self.comprehension(node.generators, scope)
                item = Cell()
                self.flows(self.value(node.elt, inner), item)
                return Cell(_COMPREHENSIONS[type(node)], item)
            case ast.DictComp(key=key, value=value):
                inner = self.comprehension(node.generators, scope)
                cells = Cell(), Cell()
                self.flows(self.value(key, inner), cells[0])
                self.flows(self.value(value, inner), cells[1])
                return Cell("dict", *cells)
            case ast.Lambda(args=given, body=body):
                names = [each.arg for each in given.args]
                inner = Scope(scope, scope.function, set(names))
                first = len(names) - len(given.defaults)
                for name, default in zip(names[first:], given.defaults):
                    self.flows(self.value(default, scope), inner.cells[name])
                result = Cell()
                cells = [inner.cells[name] for name in names[:first]]
                self.flows(self.value(body, inner), result)
                return Cell("Callable", *cells, result)
            case ast.Yield(value=value):
                if scope.function is None:
                    return Cell()
                given = self.value(value, scope) if value is not None else Cell("None")
                self.flows(given, scope.function.yields)
                return scope.function.sent
            case ast.YieldFrom(value=value):
                if scope.function is None:
                    return Cell()
                other = self.value(value, scope)
                self.flows(self.item(other), scope.function.yields)
                return self.delegated(other, scope.function)
            case ast.Starred(value=value):
                return self.value(value, scope)
        return Cell()

    def delegated(self, other: Cell, function: Function) -> Cell:
        """Return what `yield from other` gives; what is sent to the one generator comes to the other."""
        out = Cell()

        def run() -> None:
            parts = other.of("Generator")
            if parts is not None and len(parts) == 3:
                self.changes.flow(parts[2], out)
                self.changes.flow(function.sent, parts[1])
                self.changes.flow(parts[1], function.sent)

        self.rule(run)
        return out

    def items_of(self, items: list[ast.expr], scope: Scope) -> Cell:
        out = Cell()
        for each in items:
            cell = self.value(each, scope)
            self.flows(self.item(cell) if isinstance(each, ast.Starred) else cell, out)
        return out

    def comprehension(self, generators: list[ast.comprehension], scope: Scope) -> Scope:
        names = {
            part.id
            for each in generators
            for part in ast.walk(each.target)
            if isinstance(part, ast.Name)
        }
        inner = Scope(scope, scope.function, names)
        for each in generators:
            self.store(each.target, self.item(self.value(each.iter, inner)), inner, None)
            for test in each.ifs:
                self.value(test, inner)
        return inner

    def named(self, name: str, scope: Scope) -> Cell:
        found = scope.find(name)
        if isinstance(found, Cell):
            return found
        if isinstance(found, Function):
            return self.as_value(found)
        if name in self.classes:
            return Cell(f"class {name}")
        if name in ("int", "str", "float", "len", "bool", "ord", "chr", "repr"):
            return Cell("Callable", Cell(), Cell(known.FUNCTIONS[name]))
        if name in ("list", "set", "dict") or name in self.annotations.aliases:
            return Cell(f"class {name}")
        return Cell()

    def as_value(self, function: Function) -> Cell:
        if function.is_generic:
            return Cell()
        names = function.positional()
        return Cell("Callable", *[function.parameters[name] for name in names], function.result)

    def item(self, cell: Cell) -> Cell:
        """Return what iterating over a value gives."""
        out = Cell()

        def run() -> None:
            for name, arguments in list(cell.find().kinds.items()):
                if (
                    name in SEQUENCES
                    or name in MAPPINGS
                    or name in ("Generator", "tuple*", "Counter")
                ):
                    if arguments:
                        self.changes.flow(arguments[0], out)
                elif name == "tuple":
                    for each in arguments:
                        self.changes.flow(each, out)
                elif name == "str":
                    self.changes.add(out, "str")
                elif name in ("range", "bytes", "bytearray"):
                    self.changes.add(out, "int")
                elif name in self.classes:
                    self.iterated(self.classes[name], arguments, out)
                elif self.is_enum_class(name):
                    self.changes.add(out, name[6:])

        self.rule(run)
        return out

    def is_enum_class(self, kind: str) -> bool:
        made = self.classes.get(kind[6:]) if kind.startswith("class ") else None
        return made is not None and made.is_enum

    def iterated(self, made: Class, arguments: list[Cell], out: Cell) -> None:
        method = made.method("__iter__")
        if method is None:
            return
        given = self.substituted(method.result, made, arguments)
        for name, inside in list(given.find().kinds.items()):
            if name in SEQUENCES or name == "Generator":
                self.changes.flow(inside[0], out)
            elif name in self.classes and self.classes[name].method("__next__"):
                self.changes.flow(self.classes[name].method("__next__").result, out)

    def substituted(self, cell: Cell, made: Class, arguments: list[Cell]) -> Cell:
        """Return a cell of a generic class with the arguments of one object's type in it."""
        if not made.parameters or len(arguments) != len(made.parameters):
            return cell
        return self.replaced(cell, dict(zip(made.parameters, arguments)))

    def replaced(self, cell: Cell, by: dict[str, Cell], depth: int = 0) -> Cell:
        cell = cell.find()
        if depth > 6:
            return cell
        kinds: dict[str, list[Cell]] = {}
        is_new = False
        for name, arguments in cell.kinds.items():
            if name in by:
                for other, inside in by[name].find().kinds.items():
                    kinds[other] = inside
                is_new = True
                if not by[name].find().kinds and len(cell.kinds) == 1 and not cell.is_null:
                    return by[name]
                continue
            inside = [self.replaced(each, by, depth + 1) for each in arguments]
            is_new = is_new or any(a is not b.find() for a, b in zip(inside, arguments))
            kinds[name] = inside
        if not is_new:
            return cell
        made = Cell()
        made.kinds = kinds
        made.is_null = cell.is_null
        made.is_fixed = cell.is_fixed and bool(kinds)
        return made

    def attribute(self, object: Cell, name: str) -> Cell:
        """Return `object.name`."""
        out = Cell()
        known_as: dict[str, Cell] = {}

        def run() -> None:
            for kind, arguments in list(object.find().kinds.items()):
                made = self.classes.get(kind.removeprefix("class "))
                if made is None:
                    continue
                if made.is_enum and name in ("value", "name"):
                    self.changes.flow(made.values if name == "value" else Cell("str"), out)
                    continue
                field, method = made.field(name), made.method(name)
                if field is not None:
                    self.changes.flow(self.substituted(field, made, arguments), out)
                elif method is not None and method.decorated("property", "cached_property"):
                    self.changes.flow(self.substituted(method.result, made, arguments), out)
                elif method is not None:
                    if kind not in known_as:
                        known_as[kind] = self.as_value(method)
                    self.changes.flow(known_as[kind], out)

        self.rule(run)
        return out

    def element(self, object: Cell, key: Cell, index: ast.expr) -> Cell:
        """Return `object[index]`."""
        out = Cell()
        number = number_in(index)

        def run() -> None:
            is_slice = "slice" in key.find().kinds
            for kind, arguments in list(object.find().kinds.items()):
                if kind in MAPPINGS and len(arguments) == 2:
                    if kind == "defaultdict":
                        self.changes.flow(key, arguments[0])
                    self.changes.flow(arguments[1], out)
                elif kind == "Counter":
                    self.changes.add(out, "int")
                elif kind == "tuple":
                    if is_slice:
                        continue
                    several = arguments
                    if number is not None and -len(arguments) <= number < len(arguments):
                        several = [arguments[number]]
                    for each in several:
                        self.changes.flow(each, out)
                elif kind in SEQUENCES or kind == "tuple*":
                    if is_slice:
                        self.changes.add(out, kind, *arguments)
                    elif arguments:
                        self.changes.flow(arguments[0], out)
                elif kind == "str" or (kind == "bytes" and is_slice):
                    self.changes.add(out, kind)
                elif kind == "bytes":
                    self.changes.add(out, "int")
                elif kind == "Match":
                    self.changes.add(out, "str")
                elif self.is_enum_class(kind):
                    self.changes.add(out, kind[6:])
                elif kind in self.classes:
                    method = self.classes[kind].method("__getitem__")
                    if method is not None and len(method.parameters) == 2:
                        made = self.classes[kind]
                        self.changes.flow(key, [*method.parameters.values()][1])
                        self.changes.flow(self.substituted(method.result, made, arguments), out)

        self.rule(run)
        return out

    def contained(self, item: Cell, container: Cell) -> None:
        """`item in container`."""

        def run() -> None:
            for kind in list(container.find().kinds):
                made = self.classes.get(kind)
                method = made.method("__contains__") if made is not None else None
                if method is not None and len(method.parameters) == 2:
                    self.changes.flow(item, [*method.parameters.values()][1])

        self.rule(run)

    def negated(self, cell: Cell) -> Cell:
        out = Cell()

        def run() -> None:
            for kind in list(cell.find().kinds):
                if kind in _NUMBERS:
                    self.changes.add(out, "int" if kind == "bool" else kind)
                elif kind in self.classes and self.classes[kind].is_enum:
                    self.changes.add(out, kind)  # flags
                elif kind in self.classes:
                    for word in ("__neg__", "__invert__"):
                        method = self.classes[kind].method(word)
                        if method is not None:
                            self.changes.flow(method.result, out)

        self.rule(run)
        return out

    def operation(self, left: Cell, op: ast.operator, right: Cell, node: ast.expr) -> Cell:
        """Return `left op right`."""
        out = Cell()
        word = known.SPECIAL[type(op).__name__]
        is_negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)

        def run() -> None:
            lefts, rights = list(left.find().kinds.items()), list(right.find().kinds.items())
            for name, arguments in lefts:
                if name in self.classes:
                    method = self.classes[name].method(f"__{word}__")
                    if method is not None and len(method.parameters) == 2:
                        self.changes.flow(right, [*method.parameters.values()][1])
                        self.changes.flow(
                            self.substituted(method.result, self.classes[name], arguments), out
                        )
                elif name == "str" and word in ("mod", "mul"):
                    self.changes.add(out, "str")
                for other, inside in rights:
                    self.of_kinds(name, arguments, word, other, inside, out, is_negative)
            for other, _ in rights:
                if other in self.classes:
                    method = self.classes[other].method(f"__r{word}__")
                    if method is not None and not any(name in self.classes for name, _ in lefts):
                        if len(method.parameters) == 2:
                            self.changes.flow(left, [*method.parameters.values()][1])
                        self.changes.flow(method.result, out)

        self.rule(run)
        return out

    def of_kinds(
        self,
        left: str,
        arguments: list[Cell],
        word: str,
        right: str,
        inside: list[Cell],
        out: Cell,
        is_negative: bool,
    ) -> None:
        if left in _NUMBERS and right in _NUMBERS:
            is_float = (
                word == "truediv" or "float" in (left, right) or (word == "pow" and is_negative)
            )
            is_bits = word in ("and", "or", "xor") and left == right == "bool"
            self.changes.add(out, "float" if is_float else "bool" if is_bits else "int")
        elif word == "mul" and "int" in (left, right):
            name, held = (left, arguments) if right == "int" else (right, inside)
            if name in ("str", "bytes", "list", "tuple*"):
                self.changes.add(out, name, *held)
        elif left == right == "tuple" and word == "add":
            self.changes.add(out, "tuple", *arguments, *inside)
        elif left == right in self.classes and self.classes[left].is_enum:
            if word in ("and", "or", "xor"):
                self.changes.add(out, left)
        elif left not in self.classes and (
            left == right or (left in MAPPINGS and right in MAPPINGS)
        ):
            self.changes.add(out, left, *arguments)
            if len(arguments) == len(inside):
                for mine, theirs in zip(inside, arguments):
                    self.changes.flow(mine, theirs)
