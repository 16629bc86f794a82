"""Read: from the root files to the modules of an image, parsed and in dependency order.

A module is one source file. Its dotted name is its path below a *search folder*: the project's root,
then the folders of the root files and of those that stand for another module. Imports are absolute
and are resolved here, from the text alone:

    from kernel.time import clock        kernel/time/clock.py, else a name of kernel/time/__init__.py
    from kernel.sched.thread import Thread
    import kernel.time.clock as clock
    from lang import u64                 a word of the compiler, no file

Imports under `if TYPE_CHECKING:` make no dependency at run time and may be circular; a cycle of the
others is an error.

Before: files. After: every module of the result has a tree, `imports` and `type_imports`, which name
modules of the result, or such as an error was reported about. The result begins with `builtins`,
which every other module imports, and each module follows those that it imports.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import re
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from compiler import infer, module_body, phrases
from compiler.accepted import accept, is_accepted
from compiler.source import (
    CompileError,
    CompileFailed,
    Diagnostic,
    Note,
    OwnDefect,
    Span,
    place_of,
)
from compiler.types import Module
from compiler.words import VOCABULARY

PROJECT = Path(__file__).resolve().parent.parent
LIBRARY = PROJECT / "lib" / "python" / "library"  # modules of Python's own library, for programs
BUILTINS = "builtins"
PROGRAM = "core.world.program"  # the name of a program's root, whatever its file is
_BUILTINS_FILE = Path(__file__).resolve().parent / "builtin_classes.py"
_BASE_FILE = Path(__file__).resolve().parent / "program_exception.py"
_AFTER_BASE = "class Exception(BaseException):"
_HOST_PACKAGES = ("compiler", "tools", "tests")
_MAX_BYTES = 4 << 20
_MAX_DEPTH = 200
_FUTURE = "from __future__ import annotations"

# What f-strings call: needed where one shows a value, without an import in the source.
# Python's containers: the class of each word, read for modules that use one without an import.
CONTAINERS = {word: f"core.containers.{word}" for word in ("list", "dict", "set", "frozenset")}
SEQUENCES = "core.containers.sequence"
SEQUENCE_NAME = ".tuple_of"  # what annotations call tuple[T, ...], which has no name
TEXTS = (
    "core.containers.text",
    "core.containers.searching",
    "core.containers.splitting",
    "core.containers.padding",
    "core.containers.letters",
    "core.containers.cutting",
    "core.containers.extremes",
    "core.containers.layouts",
    "core.containers.hashes",
)

# Bytes as programs have them: the first makes them, all have methods.
OCTETS = (
    "core.containers.octets",
    "core.containers.encodings",
    "core.containers.octet_letters",
    "core.containers.octet_numbers",
    "core.containers.octet_parts",
)
BYTEARRAYS = "core.containers.bytearrays"

# Exceptions as objects.
FAILURES = "core.containers.failures"

ARGUMENTS = "lib.python.arguments"  # of an exception: `e.args`

# What `open` gives.
FILES = "lib.python.files"
STREAMS = "lib.python.streams"  # and `input`

NUMBERS = "core.containers.numbers"  # arithmetic of programs that no instruction does
DIVISION = "core.containers.division"  # what '/' of integers calls, in programs
FLOATS = "core.text.floats"  # only where there are floats: in programs
WRITERS = ("core.text.format", "core.text.quote", "core.text.format_spec")


def read(
    roots: Path | Sequence[Path],
    replace: Mapping[str, Path] | None = None,
    errors: list[Diagnostic] | None = None,
    has_containers: bool = False,
) -> dict[str, Module]:
    """Parse the root files and every module that they reach.

    `has_containers`: Python's containers are read for those who use them.

    `replace` names another file for a module, as tests need for those that touch hardware.

    With `errors`, diagnostics go there and the result is what could be read. Raises:
        CompileFailed: there are errors, and no list to put them in.
    """
    found: list[Diagnostic] = []
    paths = [roots] if isinstance(roots, Path) else list(roots)
    reader = _Reader([path.resolve() for path in paths], replace or {}, found)
    reader.has_containers = has_containers
    reader.run()
    if errors is not None:
        errors += found
    elif found:
        raise CompileFailed(found)
    return reader.modules


class _Reader:
    """One run of `read`. `modules` fills up in dependency order."""

    def __init__(self, roots: list[Path], replace: Mapping[str, Path], errors: list[Diagnostic]):
        self.roots = roots
        self.files: dict[str, Path | None] = dict(replace)  # of the modules looked for so far
        self.replaced = frozenset(replace)
        self.errors = errors
        near = [path.resolve().parent for path in roots]
        instead = [path.resolve().parent for path in self.files.values()]
        self.folders = list(dict.fromkeys([PROJECT, *near, *instead]))
        own = [path.resolve().parent for name, path in self.files.items() if name == PROGRAM]
        self.of_program = list(dict.fromkeys([PROJECT, *own, LIBRARY, *near, *instead]))
        self.modules: dict[str, Module] = {}
        self.loaded: dict[str, Module | None] = {}  # None: it cannot be used
        self.foreign: set[str] = set()  # those that are not target code
        self.imports: dict[str, list[tuple[str, Span]]] = {}  # at run time
        self.stack: list[str] = []  # being visited
        self.has_containers = False
        self.for_types: list[str] = []  # imported under TYPE_CHECKING, to visit later

    def run(self) -> None:
        text = self.builtins_text() if self.has_containers else None
        self.modules[BUILTINS] = self.parse(BUILTINS, _BUILTINS_FILE, text)
        for root in self.roots:
            name = self.root_name(root)
            if name not in self.loaded:
                self.files[name] = root
                self.load(name)
            self.visit(name)
        while self.for_types:
            self.visit(self.for_types.pop(0))

    def builtins_text(self) -> str:
        """Return the source of the exception classes of a program, which carry what its base does."""
        _, _, others = read_text(_BUILTINS_FILE).partition(_AFTER_BASE)
        return f"{read_text(_BASE_FILE)}\n\n{_AFTER_BASE}{others}"

    def root_name(self, root: Path) -> str:
        """Return the dotted name of a root file; outside the project, its bare name."""
        path = root.with_suffix("")
        if path.name == "__init__":
            path = path.parent
        if path.is_relative_to(PROJECT) and path != PROJECT:
            return ".".join(path.relative_to(PROJECT).parts)
        name = re.sub(r"\W", "_", path.name) or "_"
        return f"{name}_" if name in VOCABULARY or name == BUILTINS else name

    # The graph ------------------------------------------------------------------------------------

    def visit(self, name: str) -> None:
        """Put a module into the result, after those that it imports at run time."""
        module = self.load(name)
        if module is None or name in self.modules:
            return
        self.stack.append(name)
        for wanted, span in self.imports[name]:
            if wanted in self.stack:
                self.report_cycle(wanted, span)
            else:
                self.visit(wanted)
        self.stack.pop()
        self.modules[name] = module
        self.for_types += module.type_imports

    def report_cycle(self, name: str, span: Span) -> None:
        """Report that the module last visited imports `name`, which is being visited."""
        chain = [*self.stack[self.stack.index(name) :], name]
        links = [
            Note(dict(self.imports[importer])[imported], f"'{importer}' imports '{imported}'")
            for importer, imported in pairwise(chain)
        ]
        self.errors.append(
            Diagnostic(
                span,
                f"modules import each other: {' -> '.join(chain)}",
                "if only annotations need the import, put it under 'if TYPE_CHECKING:'",
                tuple(links[:-1]),
            )
        )

    def load(self, name: str) -> Module | None:
        """Return a module, parsed; None if it has errors that keep its importers from using it."""
        if name not in self.loaded:
            self.loaded[name] = module = self.parse(name, self.file_of(name))
            if module is not None:
                self.find_imports(module)
        return self.loaded[name]

    # Imports --------------------------------------------------------------------------------------

    def find_imports(self, module: Module) -> None:
        """Resolve the imports of a module, which stand at its top or under TYPE_CHECKING."""
        at_run_time = list(self.imported(module, module.tree.body))
        for_types = [
            each
            for statement in module.tree.body
            if is_type_checking(statement)
            for each in self.imported(module, statement.body)
        ]
        self.imports[module.name] = at_run_time
        module.imports = [BUILTINS, *dict(at_run_time)]
        module.type_imports = list(dict(for_types))
        if shows_values(module):
            written_by = [name for name in WRITERS if name != module.name]
            if self.has_containers and is_program(module.name):
                written_by += [FLOATS, DIVISION]
            module.type_imports = list(dict.fromkeys([*module.type_imports, *written_by]))
        if self.has_containers and (uses_containers(module) or computes(module)):
            implied = [
                *CONTAINERS.values(),
                SEQUENCES,
                *TEXTS,
                FAILURES,
                *WRITERS,
                FLOATS,
                DIVISION,
                NUMBERS,
            ]
            module.type_imports = list(dict.fromkeys([*module.type_imports, *implied]))
        if self.has_containers and is_program(module.name) and ".args" in module.text:
            module.type_imports = list(dict.fromkeys([*module.type_imports, ARGUMENTS]))
        if self.has_containers and uses_bytes(module):
            implied = [*CONTAINERS.values(), SEQUENCES, *TEXTS, FAILURES, *OCTETS]
            module.type_imports = list(dict.fromkeys([*module.type_imports, *implied]))
        for word, needed in (("open", FILES), ("input", STREAMS)):
            if self.has_containers and calls_word(module, word):
                module.type_imports = list(dict.fromkeys([*module.type_imports, needed]))

    def imported(self, module: Module, body: list[ast.stmt]) -> Iterator[tuple[str, Span]]:
        """Yield the modules of files that the import statements in `body` name, and where."""
        for statement in body:
            if not isinstance(statement, ast.Import | ast.ImportFrom):
                continue
            for alias in statement.names:
                try:
                    wanted = self.resolve(module, statement, alias)
                except CompileError as error:
                    self.errors.append(error.diagnostic)
                    continue
                if wanted is not None:
                    yield wanted, Span.of(module.path, alias)

    def resolve(
        self, module: Module, statement: ast.Import | ast.ImportFrom, alias: ast.alias
    ) -> str | None:
        """Return the module that one name of an import statement needs; None for the vocabulary."""
        span = Span.of(module.path, alias)
        if isinstance(statement, ast.Import):
            return self.resolve_import(statement, alias, span)
        if statement.level:
            absolute = ".".join(
                [*module.name.split(".")[: -statement.level], *filter(None, [statement.module])]
            )
            raise CompileError(
                Span.of(module.path, statement),
                "a relative import",
                f"write 'from {absolute or 'package'} import {alias.name}'",
            )
        if alias.name == "*":
            raise CompileError(span, "'import *' hides where a name comes from", "name each import")
        if statement.module in VOCABULARY:
            self.check_word(statement.module, alias.name, span)
            return None
        if self.file_of(f"{statement.module}.{alias.name}") is not None:
            return self.target(f"{statement.module}.{alias.name}", span)
        return self.target(statement.module, Span.of(module.path, statement))

    def resolve_import(self, statement: ast.Import, alias: ast.alias, span: Span) -> str:
        """Resolve one name of `import a, b.c as d`."""
        package, _, last = alias.name.rpartition(".")
        if alias.name in VOCABULARY:
            raise CompileError(
                span,
                f"the words of '{alias.name}' are imported by name",
                f"write 'from {alias.name} import ...'",
            )
        if package and alias.asname is None:
            raise CompileError(
                span,
                f"'import {alias.name}' binds only '{alias.name.partition('.')[0]}'",
                f"write 'from {package} import {last}'",
            )
        return self.target(alias.name, span)

    def check_word(self, module: str, name: str, span: Span) -> None:
        if name in VOCABULARY[module]:
            return
        if module == "__future__":
            raise CompileError(span, f"no feature '{name}'", f"only '{_FUTURE}' is needed")
        elsewhere = [other for other, words in VOCABULARY.items() if name in words]
        close = difflib.get_close_matches(name, VOCABULARY[module], 1)
        if elsewhere:
            hint = f"write 'from {elsewhere[0]} import {name}'"
        elif close:
            hint = f"did you mean '{close[0]}'?"
        else:
            hint = ""
        raise CompileError(span, f"the language has no '{name}' from '{module}'", hint)

    def target(self, name: str, span: Span) -> str:
        """Return `name` if it is a module of target code that can be read."""
        path = self.file_of(name)
        if path is None:
            raise CompileError(span, f"no module '{name}'", self.missing_hint(name))
        if path.is_relative_to(PROJECT) and name not in self.replaced:
            package = path.relative_to(PROJECT).parts[0]
            inside = any(root.is_relative_to(PROJECT / package) for root in self.roots)
            if package in _HOST_PACKAGES and not inside:
                raise CompileError(
                    span,
                    f"'{name}' runs on the host; target code cannot import it",
                    "move what is needed to 'core'",
                )
        if (
            name not in self.loaded
            and not self.is_ordinary(name, path)
            and not is_target_code(path)
        ):
            self.loaded[name] = None
            self.foreign.add(name)
        if name in self.foreign:
            raise CompileError(
                span,
                f"'{name}' is not target code: {path.name} does not begin with '{_FUTURE}'",
                "target code imports 'lang', 'core' and modules written for the target",
            )
        return name

    def missing_hint(self, name: str) -> str:
        if name.partition(".")[0] in sys.stdlib_module_names:
            return "Python's standard library is not on the target; see 'core' and 'lang'"
        beside = " or ".join(root.name for root in self.roots)
        return f"there is no {name.replace('.', '/')}.py in the project or beside {beside}"

    def file_of(self, name: str) -> Path | None:
        """Return the source file of a module."""
        if name not in self.files:
            self.files[name] = next(filter(Path.is_file, self.candidates(name)), None)
        return self.files[name]

    def candidates(self, name: str) -> Iterator[Path]:
        first, *rest = name.split(".")
        folders = self.of_program if self.has_containers else self.folders
        if first in _HOST_PACKAGES:  # a program may have a module of that name
            folders = [*folders[1:], PROJECT]
        for folder in folders:
            path = folder.joinpath(first, *rest)
            yield path.with_name(f"{path.name}.py")
            yield path / "__init__.py"

    def written_out(self, tree: ast.Module, name: str, path: Path) -> ast.Module:
        """Return what a file of a program means in the words that the checker knows, with the types that it leaves unsaid."""
        try:
            if self.may_leave_types_unsaid(name, path):
                tree = infer.with_annotations(phrases.prepared(tree), name == PROGRAM)
            return phrases.reworded(tree, name == PROGRAM)
        except CompileError:
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours is no traceback of theirs
            raise OwnDefect(str(path), place_of(error)) from None

    # Files ----------------------------------------------------------------------------------------

    def parse(self, name: str, path: Path, text: str | None = None) -> Module | None:
        """Read and parse one file; `text` stands in the place of what it holds.

        Its errors are reported; None if there is no tree at all.
        """
        try:
            text = read_text(path) if text is None else text
            tree = parse_text(path, text)
            if self.has_containers and is_program(name) and name != BUILTINS:
                tree = self.written_out(tree, name, path)
            if name == PROGRAM and module_body.runs(tree):
                tree = module_body.with_run(tree, str(path))
        except CompileError as error:
            self.errors.append(error.diagnostic)
            return None
        module = Module(name, str(path), self.display_path(path), text, tree)
        module.digest = hashlib.sha256(text.encode()).hexdigest()
        is_marked = has_future_import(tree) or self.is_ordinary(name, path)
        if has_code(tree) and not is_marked:
            self.errors.append(
                Diagnostic(
                    Span.whole_file(module.path),
                    f"a module begins with '{_FUTURE}'",
                    "add it after the module's docstring",
                )
            )
        return module

    def is_ordinary(self, name: str, path: Path) -> bool:
        """True for a file of a program, which need not say that its annotations are not evaluated."""
        return self.has_containers and is_program(name) and not path.is_relative_to(PROJECT)

    def may_leave_types_unsaid(self, name: str, path: Path) -> bool:
        """True for a program's own file; what is part of the system says all of its types."""
        is_own = name == PROGRAM and not path.is_relative_to(PROJECT / "programs")
        return is_own or self.is_ordinary(name, path)

    def display_path(self, path: Path) -> str:
        for folder in self.folders:
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.name


def read_text(path: Path) -> str:
    """Return the text of a source file, which is UTF-8."""
    whole = Span.whole_file(str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CompileError(whole, f"cannot read the file: {error.strerror}") from None
    if len(data) > _MAX_BYTES:
        raise CompileError(whole, f"the file is larger than {_MAX_BYTES >> 20} MiB", "split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1)
        raise CompileError(
            Span(str(path), line, column, line, column + 1),
            f"the file is not UTF-8: byte {data[error.start]:#04x}",
            "save it as UTF-8",
        ) from None


def parse_text(path: Path, text: str) -> ast.Module:
    """Parse a source file, which Python must be able to compile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
            if is_accepted(text):
                return tree
            compile(tree, str(path), "exec", dont_inherit=True)  # finds what the grammar allows
    except SyntaxError as error:
        raise CompileError(_span_of_syntax_error(path, text, error), error.msg) from None
    except (RecursionError, MemoryError):
        raise CompileError(
            Span.whole_file(str(path)), "the source is nested too deeply", "split its expressions"
        ) from None
    except ValueError:
        line = text.count("\n", 0, text.find("\0")) + 1
        raise CompileError(
            Span(str(path), line, 0, line, 0), "the file holds a NUL character"
        ) from None
    _refuse_deep(path, tree)
    accept(text)
    return tree


def _refuse_deep(path: Path, tree: ast.Module) -> None:
    """Raise CompileError if the tree is deeper than the passes, which recurse, can follow.

    An expression of few characters cannot be deep, so only long ones are measured.
    """
    waiting: list[tuple[ast.AST, int]] = [(statement, 1) for statement in tree.body]
    while waiting:
        node, depth = waiting.pop()
        if depth > _MAX_DEPTH and isinstance(node, ast.expr | ast.stmt):
            span = Span.of(str(path), node)
            start = Span(span.path, span.line, span.column, span.line, span.column + 1)
            raise CompileError(
                start,
                f"this is nested more than {_MAX_DEPTH} deep",
                "split it; instead of a long 'elif', write 'match' or a table",
            )
        inside_expression = isinstance(node, ast.expr)
        for child in ast.iter_child_nodes(node):
            if inside_expression or not isinstance(child, ast.expr) or _is_long(child):
                waiting.append((child, depth + 1))


def _is_long(node: ast.expr) -> bool:
    return node.end_lineno > node.lineno or node.end_col_offset - node.col_offset > _MAX_DEPTH


def _span_of_syntax_error(path: Path, text: str, error: SyntaxError) -> Span:
    """Return where a syntax error stands; it counts columns from 1, in characters."""
    lines = text.split("\n")

    def place(line: int | None, column: int | None) -> tuple[int, int]:
        line = min(max(line or 1, 1), len(lines))
        return line, len(lines[line - 1][: max((column or 1) - 1, 0)].encode(errors="replace"))

    start = place(error.lineno, error.offset)
    end = place(error.end_lineno, error.end_offset) if error.end_lineno else start
    return Span(str(path), *start, *max(start, end))


def shows_values(module: Module) -> bool:
    """True if an f-string that is not for compile time, or print, shows a value."""
    if not any(each in module.text for each in ('f"', "f'", "print(")):
        return False
    waiting: list[ast.AST] = [module.tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FormattedValue) or _is_print(node):
            return True
        if not isinstance(node, ast.FunctionDef) or not _is_comptime(node):
            waiting += ast.iter_child_nodes(node)
    return False


_CONTAINER_FUNCTIONS = "all any ascii chr dataclass enumerate filter hash iter map max min next repr reversed sorted str sum tuple zip"
_CONTAINER_WORDS = frozenset({*CONTAINERS, *_CONTAINER_FUNCTIONS.split()})
_SYSTEM = ("boot", "core", "kernel", "modules")


def is_program(name: str) -> bool:
    """True for a module of a program, rather than of the system beneath it."""
    return name == PROGRAM or name.partition(".")[0] not in _SYSTEM


_NUMBER_METHODS = frozenset({"bit_count", "bit_length", "is_integer"})
_COMPUTING = frozenset({"divmod", "float", "int", "pow", "round"})


def computes(module: Module) -> bool:
    """True if a module of a program may do arithmetic for which there is no instruction."""
    return is_program(module.name) and any(
        (isinstance(node, ast.Name) and node.id in _COMPUTING and isinstance(node.ctx, ast.Load))
        or isinstance(node, ast.FloorDiv | ast.Mod | ast.Pow)
        or (isinstance(node, ast.Attribute) and node.attr in _NUMBER_METHODS)
        for node in ast.walk(module.tree)
    )


def calls_word(module: Module, word: str) -> bool:
    """True if a module of a program calls a function of Python's, such as `open`."""
    return is_program(module.name) and any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == word
        for node in ast.walk(module.tree)
    )


def uses_bytes(module: Module) -> bool:
    """True if a module's bytes are Python's: it says so, and takes no words of lang."""
    if not is_program(module.name) or module.name.partition(".")[0] == "lib":
        return False
    if any(isinstance(each, ast.ImportFrom) and each.module == "lang" for each in module.tree.body):
        return False
    for node in ast.walk(module.tree):
        match node:
            case ast.Constant(value=bytes()) | ast.Name(id="bytes" | "bytearray"):
                return True
            case ast.Attribute(attr="encode" | "decode" | "to_bytes" | "from_bytes"):
                return True
    return False


def uses_containers(module: Module) -> bool:
    """True if functions of a program's module use one of Python's containers."""
    if not is_program(module.name):
        return False
    for node in ast.walk(module.tree):
        if isinstance(
            node,
            ast.List
            | ast.ListComp
            | ast.Dict
            | ast.DictComp
            | ast.Set
            | ast.SetComp
            | ast.GeneratorExp
            | ast.Yield
            | ast.JoinedStr,
        ):
            return True
        if isinstance(node, ast.Name) and node.id in _CONTAINER_WORDS:
            return True
    return False


def _is_print(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and any(not isinstance(each, ast.Constant | ast.JoinedStr) for each in node.args)
    )


def _is_comptime(node: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "comptime" for each in node.decorator_list)


def is_target_code(path: Path) -> bool:
    """True if the file says that it is written for the target, or is a package's docstring."""
    try:
        text = read_text(path)
        return _FUTURE in text or (
            path.name == "__init__.py" and not has_code(parse_text(path, text))
        )
    except CompileError:
        return True  # reading it in earnest reports the error


def has_code(tree: ast.Module) -> bool:
    """True if there is more than a docstring."""
    return bool(tree.body[1:]) or not (tree.body == [] or ast.get_docstring(tree, clean=False))


def has_future_import(tree: ast.Module) -> bool:
    return any(
        isinstance(statement, ast.ImportFrom)
        and statement.module == "__future__"
        and any(alias.name == "annotations" for alias in statement.names)
        for statement in tree.body[:8]
    )


def is_type_checking(statement: ast.stmt) -> bool:
    """True for `if TYPE_CHECKING:`."""
    return (
        isinstance(statement, ast.If)
        and isinstance(statement.test, ast.Name)
        and statement.test.id == "TYPE_CHECKING"
    )
