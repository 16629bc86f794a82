"""The modules of an image while they are being declared.

Declarations need each other in no fixed order: the type of a field needs the length of an Array, a
constant, which may be the `sizeof` of another class. So each is worked out when it is first asked for,
and the pass in the end asks for all. What is asked for while it is being worked out is circular, which
is an error.

    shells      `bind` makes an empty declaration for each class and function, and remembers the
                statements behind all other names
    lookup      a name: follows imports, decides whether `X = ...` is a constant, alias or type variable
    complete    a class: its kind, parameters, base, members, constants (`classes.py`)
    lay_out     a type: the fields of every class that lies in it
    sign        a function: its signature (`functions.py`)
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from compiler.declare.annotations import Names
from compiler.module_body import is_guard, is_plain_guard
from compiler.read import BUILTINS, CONTAINERS, SEQUENCE_NAME, SEQUENCES, is_type_checking
from compiler.source import AlreadyReported, CompileError, Diagnostic, Note, Span
from compiler.types import (
    BROKEN,
    ArrayType,
    ClassDeclaration,
    ClassKind,
    FunctionDeclaration,
    Module,
    NamedType,
    OptionalType,
    TupleType,
    Type,
    WrappedType,
)
from compiler.words import BUILTIN_WORDS, VOCABULARY, meaning


@dataclass(frozen=True)
class Import:
    """A name that an import statement binds: a module, or what `name` means in one."""

    module: str
    name: str | None
    span: Span


@dataclass(frozen=True)
class Assigned:
    """A name that a module-level assignment binds."""

    statement: ast.Assign | ast.AnnAssign
    target: ast.Name
    item: tuple[int, int] | None = None  # of a tuple on the left: which, of how many


class Program(Names):
    """The state of one run of declare."""

    def __init__(self, modules: dict[str, Module], errors: list[Diagnostic]):
        self.modules = modules
        self.dataclass_options: dict[ClassDeclaration, dict[str, bool]] = {}
        self.errors = errors
        self.bound: dict[str, dict[str, Import | Assigned]] = {}  # names not looked up yet
        self.asserts: list[tuple[Module, ast.Assert]] = []
        self.in_progress: set[Any] = set()
        self.done: set[Any] = set()

    # Errors ---------------------------------------------------------------------------------------

    @contextmanager
    def collecting(self, module: Module, node: ast.AST) -> Iterator[None]:
        """Run a block for one declaration, and note its error instead of passing it on."""
        try:
            yield
        except AlreadyReported:
            pass
        except CompileError as error:
            self.errors.append(error.diagnostic)
        except RecursionError:
            self.report(module, node, "this is nested too deeply", "split its expressions")

    def report(self, module: Module, node: ast.AST, message: str, hint: str = "") -> None:
        is_named = isinstance(node, ast.ClassDef | ast.FunctionDef)
        span = name_span(module, node) if is_named else Span.of(module.path, node)
        self.errors.append(Diagnostic(span, message, hint))

    @contextmanager
    def working_on(self, key: Any, circle: str, span: Span) -> Iterator[None]:
        """Run a block that works `key` out; asking for it again inside is the error `circle`."""
        if key in self.in_progress:
            raise CompileError(span, circle)
        self.in_progress.add(key)
        try:
            yield
        finally:
            self.in_progress.discard(key)

    def once(self, key: Any) -> bool:
        """Return True the first time it is called with `key`."""
        if key in self.done:
            return False
        self.done.add(key)
        return True

    # Shells ---------------------------------------------------------------------------------------

    def bind(self, module: Module) -> None:
        """Note what each statement of a module binds."""
        builtins = self.modules.get(BUILTINS, module)
        module.scope.update((name, meaning(name)) for name in BUILTIN_WORDS)
        if builtins is not module:
            module.scope.update((name, each) for name, each in builtins.scope.items())
        self.bound[module.name] = {}
        self.bind_containers(module)
        for statement in module.tree.body:
            with self.collecting(module, statement):
                self.bind_statement(module, statement)
        if builtins is module:  # the others copy its scope
            for name in list(self.bound[module.name]):
                self.lookup(module, name)

    def bind_containers(self, module: Module) -> None:
        """Let the words for Python's containers mean their classes where those are read."""
        for word, implied in CONTAINERS.items():
            if implied in module.type_imports:
                span = Span.whole_file(module.path)
                self.bound[module.name][word] = Import(implied, word, span)
        if SEQUENCES in module.type_imports:
            span = Span.whole_file(module.path)
            self.bound[module.name][SEQUENCE_NAME] = Import(SEQUENCES, "tuple_of", span)

    def bind_statement(self, module: Module, statement: ast.stmt) -> None:
        match statement:
            case ast.Import() | ast.ImportFrom():
                self.bind_imports(module, statement)
            case ast.ClassDef(name=name):
                declaration = ClassDeclaration(name, module, statement, ClassKind.CLASS)
                module.classes.append(declaration)
                self.bind_name(module, name, statement, declaration)
            case ast.FunctionDef(name=name):
                function = FunctionDeclaration(name, module, statement, None)
                module.functions.append(function)
                self.bind_name(module, name, statement, function)
            case ast.Assign(targets=targets):
                for target in targets:
                    self.bind_target(module, statement, target)
            case ast.AnnAssign(target=ast.Name() as target):
                self.bind_target(module, statement, target)
            case ast.Assert():
                self.asserts.append((module, statement))
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case ast.If() if is_type_checking(statement):
                self.bind_type_imports(module, statement)
            case ast.If() if is_guard(statement):
                _check_main_guard(module, statement)
            case _:
                raise CompileError(
                    Span.first_line(module.path, statement, module.text),
                    f"{_statement_name(statement)} at module level",
                    "a module holds imports, classes, functions, constants and variables; "
                    "what runs at start-up is a function",
                )

    def bind_imports(self, module: Module, statement: ast.Import | ast.ImportFrom) -> None:
        for alias in statement.names:
            name = alias.asname or alias.name
            span = Span.of(module.path, alias)
            if isinstance(statement, ast.Import):
                if alias.asname or "." not in alias.name:
                    self.bind_name(module, name, alias, Import(alias.name, None, span))
            elif statement.module in VOCABULARY:
                if statement.module != "__future__":
                    word = (
                        meaning(alias.name)
                        if alias.name in VOCABULARY[statement.module]
                        else BROKEN
                    )
                    self.bind_name(module, name, alias, word)
            elif not statement.level and alias.name != "*":
                self.bind_name(module, name, alias, Import(statement.module, alias.name, span))

    def bind_type_imports(self, module: Module, statement: ast.If) -> None:
        for inner in statement.body:
            if isinstance(inner, ast.Import | ast.ImportFrom):
                self.bind_imports(module, inner)
                module.type_names.update(a.asname or a.name for a in inner.names)
            elif not isinstance(inner, ast.Pass):
                self.report(module, inner, "only imports stand under 'if TYPE_CHECKING:'")
        for inner in statement.orelse[:1]:
            self.report(module, inner, "'if TYPE_CHECKING:' has no 'else'")

    def bind_target(self, module: Module, statement: ast.stmt, target: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                self.bind_name(module, name, target, Assigned(statement, target))
            case ast.Tuple(elts=items) if all(isinstance(each, ast.Name) for each in items):
                for number, item in enumerate(items):
                    self.bind_name(
                        module, item.id, item, Assigned(statement, item, (number, len(items)))
                    )
            case _:
                raise CompileError(
                    Span.of(module.path, target),
                    f"an assignment to '{ast.unparse(target)}' at module level",
                    "nothing runs at import; compute the whole value in one expression",
                )

    def bind_name(self, module: Module, name: str, node: ast.AST, what: Any) -> None:
        """Give a name its meaning, which a module does once."""
        span = Span.of(module.path, node)
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            span = name_span(module, node)
        earlier = module.names.get(name)
        if earlier is not None:
            if isinstance(what, Import) and self.bound[module.name].get(name) == what:
                return
            raise CompileError(
                span,
                f"'{name}' is defined a second time",
                "a name of a module means one thing; choose another",
                (Note(earlier, "the first time"),),
            )
        module.names[name] = span
        if isinstance(what, Import | Assigned):
            self.bound[module.name][name] = what
            module.scope.pop(name, None)
        else:
            module.scope[name] = what

    # Names ----------------------------------------------------------------------------------------

    def lookup(self, module: Module, name: str) -> Any:
        binding = self.bound.get(module.name, {}).get(name)
        if binding is None:
            return module.scope.get(name)
        how = "imported in a circle" if isinstance(binding, Import) else "defined by itself"
        with self.working_on(
            (module.name, name), f"'{name}' is {how}", module.names.get(name) or binding.span
        ):
            module.scope[name] = BROKEN
            try:
                if isinstance(binding, Import):
                    module.scope[name] = self.imported(binding)
                else:
                    module.scope[name] = self.define(module, binding)
            finally:
                self.bound[module.name].pop(name, None)
        return module.scope[name]

    def imported(self, binding: Import) -> Any:
        """Return what an import binds; BROKEN if read has reported it."""
        if binding.name is None:
            return self.modules.get(binding.module, BROKEN)
        submodule = self.modules.get(f"{binding.module}.{binding.name}")
        if submodule is not None:
            return submodule
        module = self.modules.get(binding.module)
        if module is None:
            return BROKEN
        if binding.name not in module.names:
            raise CompileError(
                binding.span,
                f"module '{binding.module}' has no '{binding.name}'",
                _close_name(binding.name, module.names),
            )
        return self.lookup(module, binding.name)

    # What the other files of the package fill in --------------------------------------------------

    def define(self, module: Module, binding: Assigned) -> Any:
        """Return what a module-level assignment declares."""
        from compiler.declare import numbers, values

        if numbers.is_table(module, binding):
            return numbers.declare_table(self, module, binding)
        return values.define(self, module, binding)

    def complete(self, declaration: ClassDeclaration) -> None:
        from compiler.declare import classes

        classes.complete(self, declaration)

    def lay_out(self, type: Type) -> None:
        from compiler.declare import classes

        for declaration in stored_classes(type):
            classes.declare_fields(self, declaration)

    def sign(self, function: FunctionDeclaration) -> None:
        from compiler.declare import functions

        if self.once(("function", function)):
            functions.declare_function(function, self, self.errors)


def stored_classes(type: Type) -> Iterator[ClassDeclaration]:
    """Yield the classes whose fields decide the size of a type."""
    match type:
        case NamedType(declaration=declaration, arguments=arguments):
            yield declaration
            for argument in arguments:
                yield from stored_classes(argument)
        case ArrayType(element=inner) | OptionalType(inner=inner) | WrappedType(inner=inner):
            yield from stored_classes(inner)
        case TupleType(items=items):
            for item in items:
                yield from stored_classes(item)


def name_span(module: Module, node: ast.ClassDef | ast.FunctionDef) -> Span:
    """Return where the name of a class or function stands: after `class` or `def`."""
    column = node.col_offset + (6 if isinstance(node, ast.ClassDef) else 4)
    return Span(module.path, node.lineno, column, node.lineno, column + len(node.name.encode()))


def _check_main_guard(module: Module, statement: ast.If) -> None:
    """Raise CompileError unless the guard does what starting the program does: call `main`."""
    if not is_plain_guard(statement):
        raise CompileError(
            Span.of(module.path, statement.body[0]),
            "a program starts at 'main', and nowhere else",
            "write main() here, or raise SystemExit(main())",
        )


_STATEMENT_NAMES = {
    ast.AsyncFunctionDef: "'async def'",
    ast.AugAssign: "an augmented assignment",
    ast.AnnAssign: "an annotated assignment to something that is no name",
    ast.Delete: "'del'",
    ast.Expr: "an expression statement",
    ast.TryStar: "'try'",
}


def _statement_name(statement: ast.stmt) -> str:
    kind = type(statement)
    return _STATEMENT_NAMES.get(kind) or f"'{kind.__name__.lower()}'"


def _close_name(name: str, candidates: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, candidates, 1)
    return f"did you mean '{close[0]}'?" if close else ""
