"""The child process that runs compile-time Python, seen from the compiler.

The child (`compiler/comptime_child`) is started when something cannot be folded, gets the modules
that are needed, and keeps what has run until the compiler ends. It has a time limit for each request
and a memory limit. A statement that kills it is an error of that statement: the child is started
again without it. After `_MAX_DEATHS`, or one that took too long, nothing is evaluated any more.

What it answered is in the cache, under all that the answer depends on; so most compilations need no child.

A child that is started later, after answers from the cache or in a process that was forked from this one, is
asked again for all that was answered before: since evaluation is reproducible, its objects get the same numbers.
"""

from __future__ import annotations
import __future__

import ast
import contextlib
import marshal
import os
import select
import signal
import subprocess
import sys
import time
import warnings
import weakref
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from compiler.cache import Cache, compiler_digest, digest
from compiler.read import BUILTINS, PROJECT, is_type_checking
from compiler.source import AlreadyReported, CompileError, Note, Span
from compiler.types import Module

if TYPE_CHECKING:
    from compiler.comptime.statics import Statics

_SECONDS = 15.0  # for one request, on a machine that does much else, too
_MAX_DEATHS = 3
_MAX_CHILDREN = 4
_MAX_ANSWER = 256 << 20
_START = (
    "import sys; sys.path.append({!r}); from compiler.comptime_child.session import main; main()"
)

Answer = tuple[Any, list, list, list]
"""A value, objects, owners of memories, embedded files: see `comptime_child/describe.py`."""


class Died(Exception):
    """The child ended, or was ended; the message is a verb phrase."""

    def __init__(self, what: str, took_too_long: bool = False):
        super().__init__(what)
        self.took_too_long = took_too_long


class Session:
    """The child of one program."""

    def __init__(self, modules: dict[str, Module]):
        self.modules = modules
        self.statics: Statics | None = None
        self.child: _Child | None = None
        self.sent: set[str] = set()
        self.values: dict[tuple[str, str], Any] = {}  # of expressions inside functions
        self.asked: list[tuple[str, str, Any]] = []  # what was answered so far
        self.history = ""  # a digest of that, and of what it depends on
        self.closures: dict[str, list[str]] = {}  # of modules, by name
        self.dead: set[tuple[str, int]] = set()  # statements that ended a child: module, number
        self.pending: dict[tuple[str, str], CompileError] = {}  # what to say of the names they bind
        self.deaths = 0

    def request(self, module: Module, node: ast.expr, kind: str, what: Any) -> Answer:
        """Ask for the value of a name or of an expression."""
        span = Span.of(module.path, node)
        while True:
            if self.deaths >= _MAX_DEATHS:
                raise AlreadyReported(span)
            content = what if kind == "value" else self.code_of(node, module)
            key = self.key_of(kind, module, content)
            answer = _remembered(key)
            if answer is not None:
                self.asked.append((kind, module.name, content))
                self.history = key
                return self.received(answer, span)
            try:
                answer = self.ask(self.connect(), kind, module.name, content)
            except Died as death:
                self.bury(span, death)
                continue
            name = what.partition(".")[0] if kind == "value" else ""
            if answer == ("broken",) and (module.name, name) in self.pending:
                raise self.pending.pop((module.name, name))
            self.asked.append((kind, module.name, content))
            self.history = key
            _remember(key, answer)
            return self.received(answer, span)

    def key_of(self, kind: str, module: Module, content: str | bytes) -> str:
        """Return a digest of all that an answer depends on: the sources that run for it, the question, and
        those before, whose objects have the numbers before."""
        sources = [self.modules[name].digest for name in self.reached(module.name)]
        deaths = [f"{name} {number}" for name, number in sorted(self.dead)]
        return digest(
            [compiler_digest(), self.history, kind, module.name, content, *sources, *deaths]
        )

    def reached(self, name: str) -> list[str]:
        """Return the modules that run for one of them: it, and what it imports."""
        known = self.closures.get(name)
        if known is None:
            found, waiting = {name}, [name]
            while waiting:
                imported = {
                    each for each in self.modules[waiting.pop()].imports if each in self.modules
                }
                waiting += imported - found
                found |= imported
            known = self.closures[name] = sorted(found)
        return known

    def ask(self, child: _Child, kind: str, module: str, content: Any) -> tuple:
        self.send_module(child, module)
        child.send((kind, module, content))
        return child.receive()

    def connect(self) -> _Child:
        """Return the child, which is this process's own."""
        if self.child is None or self.child.owner != os.getpid():
            self.close()
            self.child = _Child()
            _keep_few(self)
            for question in self.asked:
                self.ask(self.child, *question)
        return self.child

    def close(self) -> None:
        if self.child is not None:
            self.child.end()
        self.child = None
        self.sent = set()

    def bury(self, span: Span, death: Died) -> None:
        """Forget a child that died. If a statement of a module did it, leave that out next time, and
        blame it when its names are asked for; else raise CompileError."""
        child = self.child
        self.close()
        self.deaths += _MAX_DEATHS if death.took_too_long else 1
        name, number = child.running or ("", 0)
        culprit = self.modules.get(name)
        statements = _statements(culprit) if culprit else []
        if culprit is None or number >= len(statements):
            raise CompileError(span, f"compile-time code {death}")
        self.dead.add((name, number))
        place = Span.first_line(culprit.path, statements[number], culprit.text)
        error = CompileError(place, f"compile-time code {death}")
        names = dict.fromkeys((name, bound) for bound in _bound_names(statements[number]))
        if self.deaths >= _MAX_DEATHS or not names:
            raise error
        self.pending.update((each, error) for each in names)

    def received(self, message: tuple, span: Span) -> Answer:
        match message:
            case ("value", *answer):
                return tuple(answer)
            case ("broken",):
                raise AlreadyReported(span)
        _, exception, text, hint, frames = message
        described = f"{exception}: {text}" if exception and text else exception or text
        notes = tuple(
            Note(
                Span(path, line, column or 0, end_line or line, end_column or 0),
                "raised here" if index == len(frames) - 1 else f"called by '{name}'",
            )
            for index, (path, name, line, end_line, column, end_column) in enumerate(frames)
            if line is not None and not name.startswith("<")
        )
        prefix = "at compile time: " if exception else ""
        raise CompileError(span, f"{prefix}{described}", hint, notes)

    # Modules --------------------------------------------------------------------------------------

    def send_module(self, child: _Child, name: str) -> None:
        """Send a module and those that it imports, unless they were."""
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each in self.sent or each == BUILTINS or each not in self.modules:
                continue
            self.sent.add(each)
            module = self.modules[each]
            child.send(("module", each, module.path, self.compiled(module)))
            waiting += module.imports

    def compiled(self, module: Module) -> list[tuple]:
        """Return the statements of a module as the child runs them."""
        result = []
        for number, statement in enumerate(_statements(module)):
            code = None
            if (module.name, number) not in self.dead:
                code = _compiled(ast.Module([statement], []), module, "exec")
            names = tuple(_bound_names(statement))
            variables = names if _is_variable(statement) else ()
            result.append((names, variables, code))
        return result

    def code_of(self, node: ast.expr, module: Module) -> bytes:
        code = _compiled(ast.Expression(node), module, "eval")
        if code is None:
            raise CompileError(Span.of(module.path, node), "this has no value at compile time")
        return marshal.dumps(code)


def _bytecode_options() -> list[str]:
    """Return the options with which a child keeps its modules' bytecode where this process does."""
    if sys.dont_write_bytecode:
        return ["-B"]
    return ["-X", f"pycache_prefix={sys.pycache_prefix}"] if sys.pycache_prefix else []


class _Child:
    """One process and the pipes to it."""

    def __init__(self) -> None:
        start = _START.format(str(PROJECT))
        self.owner = os.getpid()
        self.running: tuple[str, int] | None = None  # the statement at work
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-s", "-P", *_bytecode_options(), "-c", start],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONHASHSEED": "0"},
            cwd="/",
            close_fds=True,
        )
        self.input = self.process.stdin.fileno()
        self.output = self.process.stdout.fileno()
        self.poll = select.poll()
        self.poll.register(self.output, select.POLLIN)
        weakref.finalize(self, _end, self.process, self.owner)

    def send(self, message: tuple) -> None:
        try:
            data = memoryview(marshal.dumps(message))
            parts = [len(data).to_bytes(4, "little"), data]
            for part in parts:
                while part:
                    part = part[os.write(self.input, part) :]
        except OSError:
            raise Died("ended its process") from None

    def receive(self) -> tuple:
        """Return the answer; the statements that run on the way are noted.

        Raises:
            Died: the child ended, or took too long and was ended.
        """
        deadline = time.monotonic() + _SECONDS
        while True:
            size = int.from_bytes(self.read(4, deadline), "little")
            if size > _MAX_ANSWER:
                raise Died("has a result that is too large")
            message = marshal.loads(self.read(size, deadline))
            if message[0] != "running":
                self.running = None
                return message
            self.running = message[1:]

    def read(self, size: int, deadline: float) -> bytes:
        pieces = []
        while size:
            left = max(0, deadline - time.monotonic())
            if not self.poll.poll(1000 * left):
                raise Died(f"took longer than {_SECONDS:g} seconds", took_too_long=True)
            piece = os.read(self.output, min(size, 1 << 20))
            if not piece:
                raise Died(self.reason())
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def reason(self) -> str:
        status = self.process.wait()
        if status < 0:
            return f"ended its process: {signal.Signals(-status).name}"
        return "ended its process" if status == 0 else f"ended its process with status {status}"

    def end(self) -> None:
        _end(self.process, self.owner)


def _end(process: subprocess.Popen, owner: int) -> None:
    """End a child; a process that was forked from its owner only closes its copies of the pipes."""
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            pipe.close()
    if os.getpid() == owner:
        process.kill()
        process.wait()


def _remembered(key: str) -> tuple | None:
    """Return the answer that the child once gave to a question, if it is still in the cache."""
    content = Cache().read(key)
    if content is None:
        return None
    try:
        answer = marshal.loads(content)
    except (EOFError, ValueError, TypeError):
        return None
    return answer if isinstance(answer, tuple) and answer[:1] == ("value",) else None


def _remember(key: str, answer: tuple) -> None:
    """Keep an answer, unless it depends on files that are no sources."""
    match answer:
        case ("value", _, _, _, []):
            Cache().write(key, marshal.dumps(answer))


def open_session(modules: dict[str, Module]) -> None:
    """Say which modules make a program; its child starts when it is needed."""
    session = Session(modules)
    for module in modules.values():
        module.session = session


_recent: list[weakref.ref[Session]] = []


def _keep_few(session: Session) -> None:
    """Close the children of all but the sessions used last: tests open one for each program."""
    _recent[:] = [each for each in _recent if each() not in (None, session)]
    _recent.append(weakref.ref(session))
    while len(_recent) > _MAX_CHILDREN:
        oldest = _recent.pop(0)()
        if oldest is not None:
            oldest.close()


# Statements --------------------------------------------------------------------------------------


def _statements(module: Module) -> list[ast.stmt]:
    """Return the statements of a module that run, each in a form that can."""
    return list(_running(module))


def _running(module: Module) -> Iterator[ast.stmt]:
    for statement in module.tree.body:
        match statement:
            case ast.ImportFrom(module="__future__"):
                continue
            case (
                ast.Import() | ast.ImportFrom() | ast.ClassDef() | ast.FunctionDef() | ast.Assign()
            ):
                yield statement
            case ast.AnnAssign(target=ast.Name(), value=ast.expr()):
                yield statement
            case ast.AnnAssign(target=ast.Name() as target, annotation=annotation):
                yield _zeroed(target, annotation)
            case ast.If() if is_type_checking(statement):
                continue


def _zeroed(target: ast.Name, annotation: ast.expr) -> ast.stmt:
    """Return `target = zeroed(annotation)` for a variable without a start value."""
    text = annotation.value if isinstance(annotation, ast.Constant) else ast.unparse(annotation)
    made = f"{text}()" if text.startswith("PerCpu[") else f"__import__('lang').zeroed({text})"
    try:
        statement = ast.parse(f"{target.id}: zeroed = {made}").body[0]
    except (SyntaxError, ValueError):
        statement = ast.parse(f"{target.id}: zeroed = None").body[0]
    for each in ast.walk(statement):
        ast.copy_location(each, target)
    return statement


def _is_variable(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.AnnAssign):
        return False
    text = ast.unparse(statement.annotation).strip("'\"")
    return not text.startswith(("Final", "TypeAlias"))


def _bound_names(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases)
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            for target in targets:
                yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def _compiled(tree: ast.Module | ast.Expression, module: Module, mode: str) -> Any:
    """Return code, with annotations that are not evaluated; None if Python refuses the syntax."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            flags = __future__.annotations.compiler_flag
            return compile(tree, module.path, mode, flags, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
