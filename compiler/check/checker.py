"""The checker of one function: what it knows, and how the parts of this package reach each other.

One `Checker` walks the body of one function instance, statement by statement, and builds its typed
tree. What it does with each kind of syntax node is in the file of that idea; a function there
enters itself in a table with `@expression_of` or `@statement_of`, and reaches all others through
`check.expression(node, expected)` and `check.statement(node)`. A function that a file offers to the
others takes the checker first.

Checking is bidirectional: `expected` is the type that the context wants, None where it leaves the
choice. `expression` returns exactly that type or reports an error. `operand` takes the expectation
as a hint only and may return an integer literal that has no type yet (`LITERAL`), which its caller
gives one.

Errors: a part that cannot go on raises CompileError; `statement` catches it, keeps the diagnostic
and goes on with the next statement. Names which the broken statement would have bound are
`poisoned`: their uses are not reported again.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from compiler import read, tree
from compiler.check import containers, conversions, generics
from compiler.check.changes import Changes, changes_in, count_bindings, merged
from compiler.check.conversions import LITERAL
from compiler.check.flow import Flow, Path, path_of
from compiler.declare import Place, resolve_type
from compiler.source import CompileError, Note, Span
from compiler.tree import Local
from compiler.types import (
    BROKEN,
    NONE,
    FunctionDeclaration,
    Module,
    NamedType,
    Type,
    TypeVariable,
    VariableDeclaration,
    substitute,
)

if TYPE_CHECKING:
    from compiler.check.aliasing import Source
    from compiler.check.closures import Made
    from compiler.check.initialisation import Initialisation
    from compiler.check.unit import UnitCheck


ExpressionHandler = Callable[["Checker", Any, "Type | None"], tree.Expression]
StatementHandler = Callable[["Checker", Any], None]

_COMPOUND = (ast.If, ast.For, ast.While, ast.With, ast.Try)

EXPRESSIONS: dict[type[ast.AST], ExpressionHandler] = {}
STATEMENTS: dict[type[ast.AST], StatementHandler] = {}


def expression_of(*kinds: type[ast.AST]) -> Callable[[ExpressionHandler], ExpressionHandler]:
    """Enter a function as what checks these kinds of expression."""

    def enter(handler: ExpressionHandler) -> ExpressionHandler:
        EXPRESSIONS.update(dict.fromkeys(kinds, handler))
        return handler

    return enter


def statement_of(*kinds: type[ast.AST]) -> Callable[[StatementHandler], StatementHandler]:
    """Enter a function as what checks these kinds of statement."""

    def enter(handler: StatementHandler) -> StatementHandler:
        STATEMENTS.update(dict.fromkeys(kinds, handler))
        return handler

    return enter


class Poisoned(CompileError):
    """A use of a name whose binding was already reported as wrong."""


class Checker:
    """Checks one function. See the module's docstring."""

    def __init__(
        self,
        unit: UnitCheck,
        module: Module,
        function: FunctionDeclaration | None = None,
        arguments: dict[TypeVariable, Type] | None = None,
        outer: Checker | None = None,
    ) -> None:
        self.unit = unit
        self.module = module
        self.function = function  # None: a constant expression outside of functions
        self.name = function.name if function is not None else module.name
        self.arguments = arguments or {}  # of the type parameters of this instance
        self.outer = outer
        self.root: Checker = outer.root if outer is not None else self
        self.symbol = ""
        self.result: Type = NONE
        self.returns_view = False

        self.names: dict[str, Local] = {}
        self.locals: list[Local] = []  # in the order in which they are first bound
        self.flow = Flow(set(), {})
        self.out: list[tree.Statement] = []  # the block that is being made
        self.loops: list[Loop] = []
        self.handling = 0  # nested `except` bodies
        self.caught: list[Local] = []  # the exceptions that those around this have as objects
        self.nested: list[tree.Function] = []
        self.captures: dict[Local, Local] = {}  # of the function around it -> of this one
        self.closures: list[Made] = []  # of the root: all that are made in it
        self._nested_names: Counter[str] = Counter()
        self.yields: Type | None = None

        self.globals_declared: dict[str, VariableDeclaration] = {}
        self.globals_used: dict[str, ast.Name] = {}
        self.poisoned: set[str] = set()
        self.deleted: dict[Local, Span] = {}
        self.lost_facts: dict[Path, Span] = {}  # narrowed paths, and the call that ended them
        self.addressed: set[Path] = set()  # locals that pointers lead to: tests tell nothing
        self.has_errors = False
        self.initialisation: Initialisation | None = None  # of `__init__`
        self.losses = 0  # how often a call ended some
        self.origins: dict[Local, Source] = {}  # where the views that a local holds lead
        self.assumed: dict[ast.AST, set[Local]] = {}  # facts that a loop relies on (attempts.py)
        self.lost_in_loops: dict[ast.AST, set[str]] = {}  # facts that turned out not to hold
        self.open: dict[str, ast.expr] = {}  # names of empty containers without a type yet
        self.told: dict[ast.expr, Type] = {}  # of the root: their types, by what made them
        self.iterated: ast.expr | None = None  # what the loop at hand runs over
        self._changes: dict[ast.AST, Changes] = {}
        self._bindings: Counter[str] | None = None
        self.depth = 0  # of blocks
        self.ending: list[tree.Statement] = []  # what comes behind the binding that is being made
        self._hidden = 0

    # Expressions and statements

    def expression(self, node: ast.expr, expected: Type | None = None) -> tree.Expression:
        """Return the typed tree of an expression, converted to `expected` if that is given."""
        result = self.operand(node, expected)
        if expected is None:
            return conversions.settle(self, result) if result.type is LITERAL else result
        if result.type is expected:
            return result
        return conversions.convert(self, result, expected, node)

    def operand(self, node: ast.expr, hint: Type | None = None) -> tree.Expression:
        """Return the typed tree of an expression; `hint` may be ignored, and a literal untyped."""
        handler = EXPRESSIONS.get(type(node))
        if handler is None:
            raise self.error(node, "this expression is not part of the language")
        return handler(self, node, hint)

    def statement(self, node: ast.stmt) -> None:
        """Check a statement and emit its tree; keep the diagnostic if it is wrong."""
        handler = STATEMENTS.get(type(node))
        try:
            if handler is None:
                raise self.error(node, "this statement is not part of the language")
            handler(self, node)
        except CompileError as error:
            self.report(error)
            self.poison(node)
            if isinstance(node, _COMPOUND):
                from compiler.check import first_uses

                first_uses.look_inside(self, node)
        except RecursionError:
            self.report(self.error(node, "this is nested too deeply", "move it into a function"))
            self.poison(node)

    def report(self, error: CompileError) -> None:
        """Keep the diagnostic of an error, unless it follows from one that is kept already."""
        self.has_errors = True
        if not isinstance(error, Poisoned):
            self.unit.report(error.diagnostic)

    def block(self, statements: list[ast.stmt]) -> list[tree.Statement]:
        """Check statements as a block of their own, and return it; one that a constant test leaves out is empty.

        What a comprehension collects is checked all the same, for it has a type.
        """
        is_left_out = not self.flow.reachable and read.is_program(self.module.name)
        if is_left_out and not containers.collects(statements):
            return []
        around, self.out = self.out, []
        self.depth += 1
        for statement in statements:
            self.statement(statement)
            if not self.flow.reachable:
                self.check_dead(statements, statement)
                break
        self.depth -= 1
        block, self.out = self.out, around
        return block

    def check_dead(self, statements: list[ast.stmt], last: ast.stmt) -> None:
        """Report errors in what follows `last` in its block, where nothing ever arrives."""
        rest = statements[statements.index(last) + 1 :]
        if not rest:
            return
        after, around = self.flow.copy(), self.out
        self.out = []
        for statement in rest:
            self.statement(statement)
        self.flow, self.out = after, around

    def emit(self, statement: tree.Statement) -> None:
        self.out.append(statement)

    # Names

    def new_local(
        self, name: str, type: Type, node: ast.AST, *, owns: bool = True, parameter: bool = False
    ) -> Local:
        """Enter a new local; it is not bound yet."""
        local = Local(name, type, self.span(node), parameter, owns)
        self.names[name] = local
        if not parameter:
            self.locals.append(local)
        return local

    def hidden_local(self, purpose: str, type: Type, node: ast.AST, *, owns: bool = True) -> Local:
        """Enter a local which the source does not name; it counts as bound."""
        self._hidden += 1
        local = Local(f".{purpose}{self._hidden}", type, self.span(node), owns=owns)
        self.locals.append(local)
        self.flow.bound.add(local)
        return local

    def poison(self, node: ast.stmt) -> None:
        """Stop reporting uses of the names that a broken statement would have bound."""
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                if part.id in self.names:
                    self.flow.bound.add(self.names[part.id])
                else:
                    self.poisoned.add(part.id)
            elif isinstance(part, ast.FunctionDef):
                self.poisoned.add(part.name)

    def nested_symbol(self, name: str) -> str:
        """Return the symbol of a function that is defined inside this one."""
        number = self._nested_names[name]
        self._nested_names[name] += 1
        return f"{self.symbol}.{name}.{number}" if number else f"{self.symbol}.{name}"

    # What statements change

    def changes_in(self, node: ast.AST) -> Changes:
        """Return what a statement with all that is inside it may change."""
        changes = self._changes.get(node)
        if changes is None:
            changes = self._changes[node] = changes_in(node)
        return changes

    def changes_in_block(self, block: list[ast.stmt]) -> Changes:
        return merged([self.changes_in(statement) for statement in block])

    def count_bindings(self, name: str) -> int:
        """Return at how many places the function binds or deletes a name; parameters are none."""
        if self._bindings is None:
            self._bindings = count_bindings(self.function.node) if self.function else Counter()
        return self._bindings[name]

    # Types

    def type_of(self, node: ast.expr, *, place: Place = Place.INNER) -> Type:
        """Return the concrete type that an annotation, or a type in an expression, names."""
        owner = None
        if self.function is not None and self.function.owner is not None:
            owner = NamedType(self.function.owner, self.function.owner.parameters)
        type = resolve_type(node, self.module, None, place=place, owner=owner)
        if type is BROKEN:
            raise Poisoned(self.span(node), "")
        if not self.arguments:
            return type
        type = substitute(type, self.arguments)
        generics.check_possible(self, node, type)
        return type

    # Places in the source

    def span(self, node: ast.AST) -> Span:
        return Span(
            self.module.path, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset
        )

    def error(
        self, node: ast.AST | Span, message: str, hint: str = "", notes: tuple[Note, ...] = ()
    ) -> CompileError:
        """Return the error that `message` says of `node`, to be raised."""
        span = node if isinstance(node, Span) else self.span(node)
        return CompileError(span, message, hint, notes)

    def note_of_loss(self, value: tree.Expression) -> tuple[Note, ...]:
        """Say which call ended what a test had proved of a value, if one did."""
        path = path_of(value)
        span = self.lost_facts.get(path) if path is not None else None
        return () if span is None else (Note(span, "a test before holds only until this call"),)

    def text(self, node: ast.AST) -> str:
        """Return the source of an expression for a message, `...` if it is long."""
        if node.lineno != node.end_lineno or node.end_col_offset - node.col_offset > 40:
            return "..."
        line = self.unit.lines_of(self.module)[node.lineno - 1].encode()
        return line[node.col_offset : node.end_col_offset].decode()


class Loop:
    """A loop around the statement being checked: the flows that leave it or start it again, and
    the uses of aliases in it."""

    __slots__ = ("alias_uses", "breaks", "continues")

    def __init__(self) -> None:
        self.breaks: list[Flow] = []
        self.continues: list[Flow] = []
        self.alias_uses: list[tuple[Local, Any, ast.Name]] = []
