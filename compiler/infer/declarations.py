"""Declarations: classes, functions and their scopes, and what annotations say of them."""

from __future__ import annotations

import ast

from compiler.infer.asked import facts_in
from compiler.infer.cells import Cell
from compiler.infer.program import Class, Function, own_nodes
from compiler.infer.rules import Rules
from compiler.infer.scope import Scope
from compiler.infer.syntax import falls_through, returns_a_value, says_too_little, tested, with_any


class Declarations(Rules):
    """The walk over declarations, before and inside of their bodies."""

    def enter_class(self, made: Class) -> None:
        for base in made.node.bases:
            match base:
                case ast.Subscript(value=word, slice=inside):
                    parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
                    if ast.unparse(word).endswith(("Generic", "Protocol")):
                        made.parameters = [each.id for each in parts if isinstance(each, ast.Name)]
                    base = word
            name = ast.unparse(base).rpartition(".")[2]
            base_class = self.classes.get(name) if isinstance(base, ast.Name) else None
            if base_class is not None and all(each is not made for each in base_class.line()):
                made.bases.append(base_class)
            if name.endswith(("Enum", "Flag")):
                made.is_enum = True
            if name == "NamedTuple":
                made.is_record = True
        if any("dataclass" in ast.unparse(each) for each in made.node.decorator_list):
            made.is_record = True

    def class_members(self, made: Class) -> None:
        """Note the methods and fields of a class, before the body of any method is gone through."""
        made.is_enum = any(each.is_enum for each in made.line())
        for statement in made.node.body:
            match statement:
                case ast.FunctionDef():
                    method = self.function(statement, made)
                    if method.decorated("setter", "deleter"):
                        made.setters.setdefault(statement.name, method)
                        made.accessors.append(method)
                    else:
                        made.methods[statement.name] = method
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                    made.fields[name] = self.annotated(annotation, statement, "annotation")
                    made.declared.add(name)
                    if value is not None:
                        self.flows(self.value(value, self.module), made.fields[name])
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    cell = self.value(value, self.module)
                    made.declared.add(name)
                    if made.is_enum:
                        self.flows(cell, made.values)
                        cell = self.of(made)
                    made.fields[name] = Cell()
                    self.flows(cell, made.fields[name])
        for method in made.every_method():
            for each in own_nodes(method.node):
                match each:
                    case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                        if made.field(name) is None and made.method(name) is None:
                            made.fields[name] = Cell()

    def class_bodies(self, made: Class) -> None:
        for method in made.every_method():
            self.body(method, self.module)

    def join_with_bases(self, made: Class) -> None:
        """A method that overrides another takes and gives the same types."""
        for name, method in made.methods.items():
            for base in made.line()[1:]:
                other = base.methods.get(name)
                if other is None or name == "__init__":
                    continue
                self.changes.join(other.result, method.result)
                for mine, theirs in zip(method.positional(), other.positional()):
                    self.changes.join(other.parameters[theirs], method.parameters[mine])
                break

    def of(self, made: Class) -> Cell:
        """Return the cell of an object of a class, inside of the class itself."""
        return self.annotations.fixed(made.node.name, *map(self.annotations.fixed, made.parameters))

    def annotated(self, node: ast.expr | None, owner: ast.AST, place: str) -> Cell:
        """Return the cell of an annotation, and note one that says too little."""
        cell = self.annotations.cell(node)
        if node is not None and says_too_little(node, self.classes):
            self.written.append((owner, place, cell))
        return cell

    def function(self, node: ast.FunctionDef, owner: Class | None) -> Function:
        made = Function(node, owner)
        given = node.args
        if not node.name.startswith("__") or node.name in ("__init__", "__call__"):
            for each in (
                *given.posonlyargs,
                *given.args,
                given.vararg,
                *given.kwonlyargs,
                given.kwarg,
            ):
                if each is not None:
                    each.annotation = with_any(each.annotation)
        for number, each in enumerate((*given.posonlyargs, *given.args)):
            is_own = number == 0 and owner is not None and not made.decorated("staticmethod")
            if is_own:
                is_class = made.decorated("classmethod")
                made.parameters[each.arg] = (
                    Cell(f"class {owner.node.name}") if is_class else self.of(owner)
                )
            else:
                made.parameters[each.arg] = self.annotated(each.annotation, each, "annotation")
        for each in given.kwonlyargs:
            made.parameters[each.arg] = self.annotated(each.annotation, each, "annotation")
        if given.vararg is not None:
            made.parameters[given.vararg.arg] = Cell(
                "tuple*", self.annotated(given.vararg.annotation, given.vararg, "annotation")
            )
        if given.kwarg is not None:
            made.parameters[given.kwarg.arg] = Cell(
                "dict",
                Cell("str"),
                self.annotated(given.kwarg.annotation, given.kwarg, "annotation"),
            )
        made.result = self.annotated(node.returns, node, "returns")
        made.result.takes_none = not node.name.startswith("__") and node.returns is not None
        written = [each.annotation for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
        made.is_generic = any(
            isinstance(part, ast.Name) and part.id in self.variables
            for each in (*written, node.returns)
            if each is not None
            for part in ast.walk(each)
        )
        self.functions.append(made)
        return made

    def scope_of(self, node: ast.AST, outer: Scope | None, function: Function | None) -> Scope:
        """Return the scope of a body, with all names that it binds."""
        outside: set[str] = set()
        names: set[str] = set()
        nodes = own_nodes(node)
        for each in nodes:
            match each:
                case ast.Global(names=others) | ast.Nonlocal(names=others):
                    outside |= set(others)
                case ast.Name(id=name, ctx=ast.Store()):
                    names.add(name)
                case ast.ExceptHandler(name=str(name)):
                    names.add(name)
                case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                    names.add(name)
        scope = Scope(outer, function, names - outside)
        self.facts |= facts_in(node)
        scope.tested = {part for each in nodes for part in tested(each)}
        if function is not None:
            scope.cells |= function.parameters
            is_special = function.node.name.startswith("__") and function.node.name != "__init__"
            for name, cell in function.parameters.items():
                is_object = bool(cell.kinds) and all(each in self.classes for each in cell.kinds)
                cell.takes_none = (name in scope.tested or is_object) and not is_special
        for each in nodes:
            if isinstance(each, ast.FunctionDef):
                scope.functions[each.name] = self.function(each, None)
        self.scopes.append((node, scope))
        return scope

    def body(self, function: Function, outer: Scope) -> None:
        scope = self.scope_of(function.node, outer, function)
        given = function.node.args
        positional = [*given.posonlyargs, *given.args]
        defaults = list(zip(positional[len(positional) - len(given.defaults) :], given.defaults))
        defaults += [(a, b) for a, b in zip(given.kwonlyargs, given.kw_defaults) if b is not None]
        for each, default in defaults:
            cell = function.parameters[each.arg]
            if isinstance(default, ast.Constant) and default.value is None:
                cell.is_null = True
            else:
                self.flows(self.value(default, outer), cell)
        self.outermost(function.node, scope)
        if function.is_generator:
            self.yields(function)
        elif function.node.returns is None:
            if not returns_a_value(function.node):
                self.changes.add(function.result, "None")
            elif falls_through(function.node.body):
                function.result.is_null = True

    def yields(self, function: Function) -> None:
        """A generator's result is an iterator over what it yields."""
        given = function.node.returns is None
        is_two_way = function.is_two_way
        if is_two_way and falls_through(function.node.body):
            function.returned.is_null = True

        def run() -> None:
            if given and is_two_way:
                three = function.yields, function.sent, function.returned
                self.changes.add(function.result, "Generator", *three)
            elif given:
                self.changes.add(function.result, "Iterator", function.yields)
            for word in ("Iterator", "Iterable", "Generator"):
                inside = function.result.of(word)
                if inside:
                    self.changes.join(function.yields, inside[0])
                if len(inside or ()) == 3:
                    self.changes.join(function.sent, inside[1])
                    self.changes.join(function.returned, inside[2])

        self.rule(run)
