"""The body of a program's module: the statements at its top level, run in order when it starts.

    LIMIT = 3                           from __future__ import annotations
    seen: list[int] = []                LIMIT = 3
                                        seen: list[int]
    def visit(n: int) -> None:
        seen.append(n)          ->      def visit(n: int) -> None: ...

    for i in range(LIMIT):              def __run__() -> None:
        visit(i)                            global seen
    print(seen)                             seen = []
                                            for i in range(LIMIT):
                                                visit(i)
                                            print(seen)

What runs becomes the body of the function `__run__`. Names that functions and classes of the module
use stay names of the module: constants, if they are bound once to numbers or text, else variables,
whose types are those of their annotations or of their first values. All other names are locals.

Python raises NameError for a name that has no value yet. Here that is an error of the program: before
the statement that first binds a shared name, a class or a function, no statement may name it, or
anything that leads to it.

Before: the tree of a file, as Python parses it. After: a tree whose top level only declares.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from compiler.implied_types import ImpliedTypes, element, value_for
from compiler.source import CompileError, Span

RUN = "__run__"

_GUARD = "__name__ == '__main__'"
_CALLS_OF_MAIN = (["main()"], ["raise SystemExit(main())"])
_PLAIN_LIBRARY = frozenset(["datetime", "fractions", "io", "random", "threading"])
_TYPE_WORDS = frozenset(
    [
        "Annotated",
        "Callable",
        "Dict",
        "Final",
        "Generator",
        "Iterable",
        "Iterator",
        "List",
        "Mapping",
        "Optional",
        "Sequence",
        "Union",
        "bool",
        "bytes",
        "dict",
        "float",
        "frozenset",
        "int",
        "list",
        "set",
        "str",
        "tuple",
    ]
)


def runs(tree: ast.Module) -> bool:
    """True if the top level of a program's module does more than declare, and call `main`; or if it has none."""
    for statement in tree.body:
        match statement:
            case ast.If() if is_plain_guard(statement):
                pass
            case ast.If() if ast.unparse(statement.test) == "TYPE_CHECKING":
                pass
            case ast.AnnAssign() | ast.Assign() if getattr(statement, "leads_nowhere", False):
                return True  # a decorator of the program's own is called
            case ast.AnnAssign(target=ast.Name(), value=value):
                if value is not None and not _is_plain(value) and _is_container(value):
                    return True
            case ast.Assign(targets=targets, value=value):
                if not _is_plain(value) and _is_container(value):
                    return True
                if not all(isinstance(name, ast.Name) for each in targets for name in _parts(each)):
                    return True
            case ast.Expr(value=ast.Constant()):
                pass
            case _ if not isinstance(statement, _DECLARATIONS):
                return True
    return not any(isinstance(each, ast.FunctionDef) and each.name == "main" for each in tree.body)


_NOTHING = ast.Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)  # of an empty file
_DECLARATIONS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.ClassDef,
    ast.Assert,
    ast.Pass,
)


def is_guard(statement: ast.stmt) -> bool:
    """True for `if __name__ == "__main__":`."""
    return isinstance(statement, ast.If) and ast.unparse(statement.test) == _GUARD


def is_plain_guard(statement: ast.If) -> bool:
    """True for a guard that does what starting the program does: call `main`."""
    text = [ast.unparse(each) for each in statement.body]
    return is_guard(statement) and not statement.orelse and text in _CALLS_OF_MAIN


def with_run(tree: ast.Module, path: str) -> ast.Module:
    """Return the module with what it runs inside a function.

    Raises:
        CompileError: a name may be used before it has a value, or has no type.
    """
    return _Body(tree, path).rewritten()


@dataclass
class _Shared:
    """A name of the module that functions or classes use, and the statements that run bind."""

    name: str
    first: int | None = None  # which statement gives it a value for sure
    stores: list[ast.Name] = field(default_factory=list)
    annotation: ast.expr | None = None
    constant: ast.stmt | None = None  # the statement that declares it, if it never changes


class _Body:
    """The statements of a module, parted into those that declare and those that run."""

    def __init__(self, tree: ast.Module, path: str) -> None:
        self.tree = tree
        self.path = path
        self.declared: list[ast.stmt] = []
        self.running: list[ast.stmt] = []
        self.definitions: dict[str, ast.FunctionDef | ast.ClassDef] = {}
        self.library_modules: set[str] = set()  # names of modules whose classes are not generic
        self.library_classes: set[str] = set()
        for statement in tree.body:
            self.sort(statement)
            self.note_library(statement)
        self.uses = _uses_of_definitions(self.definitions, _symbols(tree, path))
        used = set().union(*self.uses.values(), *map(_used_when_defined, self.declared))
        self.shared = {name: _Shared(name) for name in sorted(used)}

    def sort(self, statement: ast.stmt) -> None:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                self.definitions[name] = statement
                self.declared.append(statement)
            case ast.Import() | ast.ImportFrom() | ast.Pass():
                self.declared.append(statement)
            case ast.Expr(value=ast.Constant()):
                self.declared.append(statement)
            case ast.If() if ast.unparse(statement.test) == "TYPE_CHECKING":
                self.declared.append(statement)
            case ast.If() if is_guard(statement):
                self.running += statement.body
            case ast.Assign(targets=[ast.Name()], value=value) if self.declares_type(value):
                self.declared.append(statement)
            case _:
                self.running.append(statement)

    def note_library(self, statement: ast.stmt) -> None:
        """Note which names stand for modules of the library, or for classes of those, that are not generic."""
        match statement:
            case ast.Import(names=names):
                known = [each for each in names if each.name in _PLAIN_LIBRARY]
                self.library_modules |= {each.asname or each.name for each in known}
            case ast.ImportFrom(module=str() as module, names=names) if module in _PLAIN_LIBRARY:
                classes = [each for each in names if each.name[:1].isupper()]
                self.library_classes |= {each.asname or each.name for each in classes}

    def declares_type(self, value: ast.expr) -> bool:
        """True for the value of an alias or type variable."""
        match value:
            case ast.Call(func=ast.Name(id="TypeVar")):
                return True
            case ast.Name(id=name):
                return name in _TYPE_WORDS or isinstance(self.definitions.get(name), ast.ClassDef)
            case ast.Subscript(value=inner) | ast.BinOp(left=inner, op=ast.BitOr()):
                return self.declares_type(inner)
        return False

    def error(self, node: ast.AST, message: str, hint: str = "") -> CompileError:
        return CompileError(Span.of(self.path, node), message, hint)

    def rewritten(self) -> ast.Module:
        for number, statement in enumerate(self.running):
            self.note_bindings(number, statement)
        self.settle()
        self.check_order()
        constants = [each.constant for each in self.shared.values() if each.constant]
        variables = [each for each in self.shared.values() if each.annotation is not None]
        running = [self.without_type(each) for each in self.running if each not in constants]
        start = [*self.running[:1], *self.tree.body[-1:], _NOTHING][0]
        if variables:
            running.insert(0, ast.Global([each.name for each in variables]))
        nothing = ast.arguments([], [], None, [], [], None, [])
        function = ast.FunctionDef(
            RUN, nothing, running or [ast.Pass()], [], ast.Constant(None), type_params=[]
        )
        end = max((each.end_lineno or each.lineno for each in self.running), default=start.lineno)
        for each in (function, running[0] if running else function):
            ast.copy_location(each, start)
        function.end_lineno = end
        ast.fix_missing_locations(function)
        declared = [*self.declared, *constants, *map(_variable, variables)]
        declared.sort(key=lambda each: each.lineno)
        return ast.Module([*declared, function], [])

    def note_bindings(self, number: int, statement: ast.stmt) -> None:
        """Note what a statement binds of the shared names, and whether it does so for sure."""
        for name, node in _bound_names(statement):
            if name in self.definitions:
                raise self.error(
                    node,
                    f"'{name}' is defined a second time",
                    "a name of a module means one thing; choose another",
                )
            shared = self.shared.get(name)
            if shared is None:
                continue
            if isinstance(node, ast.Name):
                shared.stores.append(node)
            if shared.first is None and _binds_for_sure(statement, name):
                shared.first = number

    def settle(self) -> None:
        """Decide which shared names are constants, and what type the others have."""
        types = ImpliedTypes({}, self.values(), self.definition)
        rebound = {
            name
            for each in self.definitions.values()
            for node in ast.walk(each)
            if isinstance(node, ast.Global)
            for name in node.names
        }
        for shared in self.shared.values():
            if not shared.stores:
                continue
            if shared.first is None:
                raise self.error(
                    shared.stores[0],
                    f"'{shared.name}' is used in functions, and may have no value there",
                    "give it a value first, in a statement of its own at module level",
                )
            statement = self.running[shared.first]
            is_constant = len(shared.stores) == 1 and shared.name not in rebound
            if is_constant and self.is_constant(statement):
                shared.constant = statement
                continue
            shared.annotation = self.annotation(shared, statement, types)
            if shared.annotation is None:
                raise self.error(
                    shared.stores[0],
                    f"nothing here says what type '{shared.name}' has, which functions use",
                    f"annotate it: {shared.name}: T = ...",
                )
            self.refuse_last_words(shared)

    def refuse_last_words(self, shared: _Shared) -> None:
        """Raise CompileError if the end of a shared object could be seen: nothing ends those."""
        names = {each.id for each in ast.walk(shared.annotation) if isinstance(each, ast.Name)}
        has_last_words = any(
            isinstance(each, ast.FunctionDef) and each.name == "__del__"
            for definition in self.definitions.values()
            for each in ast.walk(definition)
        )
        if has_last_words and names - _TYPE_WORDS:
            raise self.error(
                shared.stores[0],
                f"'{shared.name}' lives to the end of the program, without a '__del__' after it",
                "hand it to the functions as an argument",
            )

    def definition(self, name: str) -> ast.stmt | None:
        """Return the function or class of a name; a class without contents for one of the library's."""
        if name in self.definitions:
            return self.definitions[name]
        module, dot, _ = name.partition(".")
        if name in self.library_classes or (dot and module in self.library_modules):
            return ast.ClassDef(name, [], [], [], [])
        return None

    def values(self) -> dict[str, ast.expr | None]:
        """Return the first value of each name that a statement of its own binds."""
        found: dict[str, ast.expr | None] = {}
        for statement in self.running:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    found.setdefault(name, value)
        return found

    def is_constant(self, statement: ast.stmt) -> bool:
        match statement:
            case ast.Assign(targets=[ast.Name()], value=value):
                return _is_plain(value) and not any(
                    isinstance(each, ast.Name) and not self.is_constant_name(each.id)
                    for each in ast.walk(value)
                )
            case ast.AnnAssign(annotation=ast.Name(id="Final") | ast.Subscript(ast.Name("Final"))):
                return True
        return False

    def is_constant_name(self, name: str) -> bool:
        return name in self.shared and self.shared[name].constant is not None

    def annotation(
        self, shared: _Shared, statement: ast.stmt, types: ImpliedTypes
    ) -> ast.expr | None:
        match statement:
            case ast.AnnAssign(annotation=annotation):
                return annotation
            case ast.For(target=ast.Name(), iter=sequence):
                return element(sequence)
            case ast.Assign():
                value = value_for(statement, shared.stores[0])
                return types.annotation(value) if value is not None else None
        return None

    def without_type(self, statement: ast.stmt) -> ast.stmt:
        """Return `name = value` for `name: T = value` where the module declares the variable."""
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name) as target, value=value):
                shared = self.shared.get(name)
                if shared is not None and shared.annotation is not None:
                    if value is None:
                        return ast.copy_location(ast.Pass(), statement)
                    return ast.copy_location(ast.Assign([target], value), statement)
        return statement

    # Order ----------------------------------------------------------------------------------------

    def check_order(self) -> None:
        """Raise CompileError if a statement leads to a name that has no value yet."""
        lines = {name: _first_line(each) for name, each in self.definitions.items()}
        for number, statement in enumerate(self.running):
            if getattr(statement, "leads_nowhere", False):
                continue
            for node in _evaluated(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                    for name in self.reached(node.id):
                        first = self.shared[name].first if name in self.shared else None
                        is_later = first is not None and first >= number
                        if first == number and name == node.id:
                            is_later = not isinstance(statement, ast.For)
                        if is_later or lines.get(name, 0) > statement.lineno:
                            self.refuse_early(node, name)

    def refuse_early(self, node: ast.Name, name: str) -> None:
        leads = "" if node.id == name else f", to which '{node.id}' leads"
        raise self.error(
            node,
            f"'{name}' may have no value yet{leads}",
            "move this below the statement that gives it one",
        )

    def reached(self, name: str) -> Iterable[str]:
        """Return a name, and those that running what it names may use."""
        found, waiting = {name}, [name]
        while waiting:
            for each in self.uses.get(waiting.pop(), ()):
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return sorted(found)


def _evaluated(statement: ast.stmt) -> Iterator[ast.AST]:
    """Return the syntax of a statement but for types that its author did not write."""
    return (each for each in ast.walk(statement) if not getattr(each, "is_told", False))


_HIDDEN = re.compile(r"\.(\w+)\.(\d+)\.(\d+)\b")  # names of locals that no source can name


def _symbols(tree: ast.Module, path: str) -> symtable.SymbolTable:
    """Return the symbols of a tree, which need not be that of its file any more."""
    text = _HIDDEN.sub(r"hidden_\1_\2_\3", ast.unparse(tree))
    return symtable.symtable(text, path, "exec")


def _uses_of_definitions(
    definitions: dict[str, ast.FunctionDef | ast.ClassDef], table: symtable.SymbolTable
) -> dict[str, set[str]]:
    """Return the names of the module that the code of each function and class uses.

    A class whose objects stand for other classes (compiler/phrases/class_objects.py) uses these only
    where they are called, which nobody does with one that the program has not come to.
    """
    uses: dict[str, set[str]] = {name: set() for name in definitions}
    standing = {name for name, each in definitions.items() if getattr(each, "is_of_classes", False)}
    for child in table.get_children():
        if child.get_name() in uses and child.get_name() not in standing:
            uses[child.get_name()] |= set(_globals_of(child))
    return uses


def _globals_of(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_global():
            yield symbol.get_name()
    for child in table.get_children():
        yield from _globals_of(child)


def _used_when_defined(statement: ast.stmt) -> set[str]:
    """Return the names in what defining a function or class evaluates, and in aliases."""
    match statement:
        case ast.FunctionDef(args=arguments, decorator_list=decorators):
            parts = [*arguments.defaults, *filter(None, arguments.kw_defaults), *decorators]
        case ast.ClassDef(bases=bases, decorator_list=decorators):
            parts = [*bases, *decorators]
        case ast.Assign(value=value):
            parts = [value]
        case _:
            parts = []
    return {node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name)}


def _bound_names(statement: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """Yield the names that a statement, or one inside it, binds in its scope."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop(0)
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node
                continue
            case ast.Lambda():
                continue
            case ast.comprehension(iter=sequence, ifs=tests):  # its targets are its own
                waiting += [sequence, *tests]
                continue
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name, node
            case ast.ExceptHandler(name=str() as name):
                yield name, node
            case ast.alias(name=name, asname=asname):
                yield asname or name, node
            case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
                yield name, node
        waiting += ast.iter_child_nodes(node)


def _binds_for_sure(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.Assign(targets=targets):
            return any(
                isinstance(part, ast.Name) and part.id == name
                for each in targets
                for part in _parts(each)
            )
        case ast.AnnAssign(target=ast.Name(id=bound), value=ast.expr()):
            return bound == name
    return False


def _parts(target: ast.expr) -> list[ast.expr]:
    return target.elts if isinstance(target, ast.Tuple | ast.List) else [target]


def _is_plain(node: ast.expr) -> bool:
    """True for a value made of numbers, text and names alone."""
    kinds = ast.Constant | ast.Tuple | ast.BinOp | ast.UnaryOp | ast.Name
    return all(
        isinstance(each, kinds | ast.operator | ast.unaryop | ast.expr_context)
        for each in ast.walk(node)
    )


def _is_container(node: ast.expr) -> bool:
    kinds = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
    return isinstance(node, kinds)


def _variable(shared: _Shared) -> ast.stmt:
    """Return `name: T` where the name is first bound; `__run__` gives it its value."""
    target = ast.copy_location(ast.Name(shared.name, ast.Store()), shared.stores[0])
    statement = ast.copy_location(ast.AnnAssign(target, shared.annotation, None, 1), target)
    statement.starts_when_run = True
    return statement


def _first_line(definition: ast.FunctionDef | ast.ClassDef) -> int:
    return min([definition.lineno, *(each.lineno for each in definition.decorator_list)])
