"""Functions: parameters, result, and what their decorators say.

Every parameter and result has an annotation, but `self`, whose type is its class. A function is
generic if its signature mentions type variables that are not its class's.

A `@comptime` function runs under CPython only: its annotations may be any of Python's, and those
that name no type of the language become BROKEN.
"""

from __future__ import annotations

import ast
import copy
import difflib
from collections.abc import Iterator
from typing import Any

from compiler.comptime import evaluate
from compiler.declare.annotations import (
    Names,
    Place,
    effects_of,
    resolve_type,
    unquoted,
    word_of,
)
from compiler.read import LIBRARY
from compiler.source import AlreadyReported, CompileError, Diagnostic, Span
from compiler.types import (
    BOOL,
    BROKEN,
    NEVER,
    NONE,
    CallableType,
    CFunctionType,
    ClassKind,
    Effect,
    FloatType,
    FunctionDeclaration,
    GeneratorType,
    IntType,
    Module,
    NamedType,
    OptionalType,
    ParameterDeclaration,
    ParameterKind,
    PointerType,
    Type,
    TypeVariable,
    is_enum,
    variables_of,
)
from compiler.words import EFFECT_WORDS, VOCABULARY


def declare_function(
    function: FunctionDeclaration,
    names: Names,
    errors: list[Diagnostic],
    outer: tuple[TypeVariable, ...] = (),
) -> None:
    """Fill in a function's declaration. `outer`: the type variables of the function around it."""
    _Function(function, names, errors, outer).run()


def declare_nested(
    node: ast.FunctionDef, around: FunctionDeclaration, errors: list[Diagnostic]
) -> FunctionDeclaration:
    """Return the declaration of a function inside the body of another."""
    function = FunctionDeclaration(node.name, around.module, node, None)
    declare_function(function, Names(), errors, around.all_type_parameters)
    return function


class _Function:
    def __init__(
        self,
        function: FunctionDeclaration,
        names: Names,
        errors: list[Diagnostic],
        outer: tuple[TypeVariable, ...],
    ):
        self.function = function
        self.node = function.node
        self.module: Module = function.module
        self.names = names
        self.errors = errors
        self.outer = outer
        self.owner: NamedType | None = None
        if function.owner is not None:
            self.owner = NamedType(function.owner, function.owner.parameters)

    def run(self) -> None:
        for decorator in self.node.decorator_list:
            self.attempt(self.decorator, decorator)
        if getattr(self.node, "type_params", None):
            self.report(self.node.type_params[0], "type parameters", 'write T = TypeVar("T")')
        self.attempt(self.parameters, self.node.args)
        self.function.is_generator = contains_yield(self.node)
        self.function.takes_throws = getattr(self.node, "takes_throws", False)
        self.attempt(self.result, self.node)
        self.collect_type_parameters()
        for check in (self.check_generator, self.check_special, self.check_c_interface):
            self.attempt(check, self.node)

    def attempt(self, step: Any, node: Any) -> None:
        try:
            step(node)
        except AlreadyReported:
            pass
        except CompileError as error:
            self.errors.append(error.diagnostic)
        except RecursionError:
            self.report(self.node, "this is nested too deeply", "split its expressions")

    def error(self, node: ast.AST, message: str, hint: str = "") -> CompileError:
        return CompileError(self.span(node), message, hint)

    def report(self, node: ast.AST, message: str, hint: str = "") -> None:
        self.errors.append(Diagnostic(self.span(node), message, hint))

    def span(self, node: ast.AST) -> Span:
        """Return where to point at: for the function itself, its name."""
        if node is not self.node:
            return Span.of(self.module.path, node)
        column = node.col_offset + 4
        return Span(
            self.module.path, node.lineno, column, node.lineno, column + len(node.name.encode())
        )

    # Decorators -----------------------------------------------------------------------------------

    def decorator(self, node: ast.expr) -> None:
        function = self.function
        if isinstance(node, ast.Attribute) and node.attr in ("setter", "getter", "deleter"):
            return self.accessor(node)
        call = node if isinstance(node, ast.Call) else None
        word = word_of(call.func if call else node, self.module, self.names)
        if call is not None and word in _WITH_ARGUMENTS:
            return self.with_arguments(call, word)
        if call is None and word in EFFECT_WORDS:
            function.effects |= {Effect(word)}
        elif call is None and word in _FLAGS:
            setattr(function, _FLAGS[word], True)
            self.check_owner(node, word)
        elif call is None and word in ("takes_lock", "takes_interrupt_lock"):
            function.takes_lock = "interrupt" if word == "takes_interrupt_lock" else "sleeping"
        else:
            raise self.unknown(node, word)

    def check_owner(self, node: ast.expr, word: str) -> None:
        of_module = word == "property" and self.function.module.path.startswith(str(LIBRARY))
        if self.function.owner is None and word in _OF_METHODS and not of_module:
            raise self.error(node, f"'@{word}' is for methods")

    def accessor(self, node: ast.Attribute) -> None:
        if node.attr != "setter":
            raise self.error(node, f"a property has no '{node.attr}'", "it has a setter at most")
        getter = self.function.owner and self.function.owner.methods.get(self.node.name)
        if getter is None or getter.setter is not self.function:
            raise self.error(node, "a setter follows the property of its name")

    def with_arguments(self, node: ast.Call, word: str) -> None:
        function = self.function
        form = _WITH_ARGUMENTS[word]
        if node.keywords or not node.args:
            raise self.error(node, f"@{word} takes its arguments by position", f"write {form}")
        values = [evaluate(each, self.module, self.names) for each in node.args]
        match word, values:
            case "holds", [*locks] if all(isinstance(lock, str) for lock in locks):
                function.holds += tuple(locks)
            case "export", [str() as name] if name.isidentifier():
                function.export = name
            case "section", [str() as name] if name.startswith("."):
                function.section = name
            case "syscall", [int() as number] if number >= 0:
                function.syscall = int(number)
            case _:
                raise self.error(node, f"wrong argument of @{word}", f"write {form}")

    def unknown(self, node: ast.expr, word: str) -> CompileError:
        name = ast.unparse(node.func if isinstance(node, ast.Call) else node)
        known = [*_WITH_ARGUMENTS, *_FLAGS, *EFFECT_WORDS, "takes_lock", "takes_interrupt_lock"]
        if word in _WITH_ARGUMENTS:
            return self.error(node, f"@{word} without arguments", f"write {_WITH_ARGUMENTS[word]}")
        if word in known:
            return self.error(node, f"@{word} takes no arguments", f"write @{word}")
        for module, words in VOCABULARY.items():
            if name in words and name in known:
                return self.error(
                    node, f"'{name}' is not imported", f"write 'from {module} import {name}'"
                )
        close = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean '@{close[0]}'?" if close else "a decorator declares a fact; see lang"
        return self.error(node, f"unknown decorator '@{name}'", hint)

    # Signature ------------------------------------------------------------------------------------

    def parameters(self, arguments: ast.arguments) -> None:
        """Declare the parameters. `*error` of an `__exit__` is what CPython passes beyond `self`,
        which compiled code has no use for."""
        ignored = self.function.name == "__exit__" and not arguments.kwarg
        is_program = "core.containers.list" in self.module.type_imports
        if (arguments.vararg or arguments.kwarg) and not ignored and not is_program:
            star, extra = ("*", arguments.vararg) if arguments.vararg else ("**", arguments.kwarg)
            self.report(
                extra,
                f"'{star}{extra.arg}': a function has a fixed number of parameters",
                "take a Slice[T]",
            )
        positional = [*arguments.posonlyargs, *arguments.args]
        defaults = [None] * (len(positional) - len(arguments.defaults)) + arguments.defaults
        for index, (node, default) in enumerate(zip(positional, defaults, strict=True)):
            only = index < len(arguments.posonlyargs)
            kind = ParameterKind.POSITIONAL_ONLY if only else ParameterKind.POSITIONAL
            if index == 0 and self.takes_receiver(node):
                self.receiver(node, kind)
            else:
                self.parameter(node, kind, default)
        if arguments.vararg is not None and is_program and not ignored:
            self.collecting(arguments.vararg, "*")
        for node, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            self.parameter(node, ParameterKind.KEYWORD_ONLY, default)
        if arguments.kwarg is not None and is_program:
            self.collecting(arguments.kwarg, "**")
        if self.function.owner and not self.function.is_static and not positional:
            name = "cls" if self.function.is_class_method else "self"
            raise self.error(
                self.node,
                f"method '{self.function.name}' has no '{name}'",
                "or write @staticmethod",
            )

    def takes_receiver(self, node: ast.arg) -> bool:
        return self.function.owner is not None and not self.function.is_static

    def receiver(self, node: ast.arg, kind: ParameterKind) -> None:
        """`self` has its class's type. `cls` names the class at compile time: no parameter."""
        if self.function.is_class_method:
            return
        if node.arg != "self" and self.function.name != "__new__":
            self.report(node, f"the first parameter of a method is 'self', not '{node.arg}'")
        self.function.parameters.append(
            ParameterDeclaration(node.arg, self.owner, Span.of(self.module.path, node), kind)
        )

    def collecting(self, node: ast.arg, stars: str) -> None:
        """Declare `*args: T`, a tuple[T, ...], or `**options: T`, a dict[str, T]."""
        written = copy.copy(node)
        if node.annotation is not None:
            form = "tuple[None, ...]" if stars == "*" else "dict[str, None]"
            made = ast.parse(form, mode="eval").body
            for each in ast.walk(made):
                if isinstance(each, ast.expr):
                    ast.copy_location(each, node)
            made.slice.elts[0 if stars == "*" else 1] = node.annotation
            written.annotation = made
        self.parameter(written, ParameterKind.KEYWORD_ONLY, None)
        self.function.parameters[-1].collects = stars

    def parameter(self, node: ast.arg, kind: ParameterKind, default: ast.expr | None) -> None:
        span = Span.of(self.module.path, node)
        parameter = ParameterDeclaration(node.arg, BROKEN, span, kind, default)
        self.function.parameters.append(parameter)
        if node.annotation is None:
            if not self.function.is_comptime:
                self.report(node, f"parameter '{node.arg}' has no type", f"write {node.arg}: T")
            return
        try:
            parameter.type = self.resolve(node.annotation, Place.PARAMETER)
            if parameter.type in (NONE, NEVER):
                raise self.error(node.annotation, f"'{parameter.type}' is no type of a parameter")
        except CompileError as error:
            if not self.function.is_comptime:
                self.errors.append(error.diagnostic)

    def result(self, node: ast.FunctionDef) -> None:
        function = self.function
        function.result = BROKEN
        if node.returns is None:
            if function.name == "__init__":
                function.result = NONE
            elif not function.is_comptime:
                hint = "write '-> Iterator[T]'" if function.is_generator else "write '-> None'"
                raise self.error(node, f"'{function.name}' does not say what it returns", hint)
            return
        annotation = unquoted(node.returns, self.module)
        if (
            function.name == "__enter__"
            and word_of(annotation, self.module, self.names) == "Annotated"
        ):
            parts = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else []
            if len(parts) > 1:
                function.block_effects = effects_of(parts[1:], self.module, self.names)
                annotation = parts[0]
        try:
            function.result = self.resolve(annotation, Place.RESULT)
        except CompileError:
            if not function.is_comptime:
                raise

    def resolve(self, node: ast.expr, place: Place) -> Type:
        return resolve_type(
            node, self.module, None, place=place, owner=self.owner, names=self.names
        )

    def collect_type_parameters(self) -> None:
        """The function's own type variables: those that its parameters mention, in that order.

        In Python's library the context of a call may decide them: `d: dict[str, int] = defaultdict(int)`.
        """
        function = self.function
        known = {*self.outer, *(function.owner.parameters if function.owner else ())}
        own: dict[TypeVariable, None] = {}
        for parameter in function.parameters:
            own.update((each, None) for each in variables_of(parameter.type) if each not in known)
        if function.module.path.startswith(str(LIBRARY)):
            own.update((each, None) for each in variables_of(function.result) if each not in known)
        function.type_parameters = tuple(own)
        for each in variables_of(function.result):
            if each not in known and each not in own:
                self.report(
                    self.node.returns,
                    f"type variable '{each}' is not bound here",
                    "a parameter must mention it, so that a call decides what it is",
                )
                function.result = BROKEN

    # Checks ---------------------------------------------------------------------------------------

    def check_generator(self, node: ast.FunctionDef) -> None:
        function = self.function
        if not function.is_generator or function.is_comptime or function.result is BROKEN:
            return
        if isinstance(function.result, CallableType):  # Iterable[T]
            function.result = function.result.result
        if not isinstance(function.result, GeneratorType):
            function.result, written = BROKEN, function.result
            raise self.error(
                node.returns or node,
                f"'{function.name}' yields, so it returns no {written}",
                "write '-> Iterator[T]'",
            )

    def check_special(self, node: ast.FunctionDef) -> None:
        """The methods that the language itself calls have fixed forms."""
        function = self.function
        owner = function.owner
        if owner is None:
            return
        if function.name in ("__init__", "__del__") and function.result not in (NONE, BROKEN):
            raise self.error(node.returns, f"'{function.name}' returns None")
        if function.name == "__del__" and len(function.parameters) > 1:
            raise self.error(node, "'__del__' takes only 'self'")
        if function.name == "__del__" and owner.kind is not ClassKind.CLASS:
            raise self.error(node, "only a class has '__del__'", "let a class own the struct")
        if function.name == "__del__":
            function.effects |= {Effect.NO_RAISE}
        if function.is_property and len(function.parameters) > 1:
            raise self.error(node, f"property '{function.name}' takes only 'self'")
        if function.is_abstract and owner.kind is not ClassKind.CLASS:
            raise self.error(node, "only a class has abstract methods")
        if function.name == "__new__" or function.name in _UNSUPPORTED_METHODS:
            raise self.error(
                node, f"'{function.name}' is not part of the language", "objects have fixed fields"
            )

    def check_c_interface(self, node: ast.FunctionDef) -> None:
        """@export, @naked, @interrupt and @syscall say how others call the function."""
        function = self.function
        if function.export or function.interrupt:
            function.effects |= {Effect.NO_RAISE}
        word = next((w for w in ("export", "interrupt", "naked", "syscall") if self.has(w)), None)
        if word is None:
            return
        if function.owner is not None and not function.is_static:
            raise self.error(node, f"a method cannot be @{word}", "make it a function")
        if function.all_type_parameters:
            raise self.error(node, f"a generic function cannot be @{word}")
        if function.is_generator:
            raise self.error(node, f"a generator cannot be @{word}")
        if function.export:
            self.check_exported(node)
        if function.interrupt:
            self.check_interrupt(node)
        if function.naked:
            self.check_naked(node)

    def has(self, word: str) -> bool:
        value = getattr(self.function, word)
        return value is not None and value is not False

    def check_exported(self, node: ast.FunctionDef) -> None:
        for parameter in self.function.parameters:
            if not is_c_type(parameter.type):
                raise CompileError(
                    parameter.span,
                    f"'{parameter.type}' has no C equivalent, and '{node.name}' is exported",
                    "pass integers, floats, bools, enums and Ptr",
                )
        if self.function.result is not NONE and not is_c_type(self.function.result):
            raise self.error(
                node.returns,
                f"'{self.function.result}' has no C equivalent, and '{node.name}' is exported",
                "return an integer, float, bool, enum, Ptr or None",
            )

    def check_interrupt(self, node: ast.FunctionDef) -> None:
        """The processor pushes a frame and, for some vectors, an error code."""
        types = [parameter.type for parameter in self.function.parameters]
        if self.function.result not in (NONE, NEVER):
            raise self.error(node.returns, "an interrupt handler returns None")
        match types:
            case [PointerType()] | [PointerType(), IntType(bits=64)]:
                return
        if BROKEN not in types:
            raise self.error(
                node,
                "an interrupt handler takes the frame, and the error code of vectors that have one",
                "write (frame: Ptr[Frame]) or (frame: Ptr[Frame], error: u64)",
            )

    def check_naked(self, node: ast.FunctionDef) -> None:
        """Without a prologue there is nothing but the instructions written."""
        for statement in node.body:
            match statement:
                case ast.Expr(value=ast.Constant()) | ast.Pass():
                    continue
                case ast.Expr(value=ast.Call(func=callee)):
                    if word_of(callee, self.module, self.names) in ("asm", "unreachable"):
                        continue
            raise self.error(
                statement,
                "a @naked function has no frame, so its body is 'asm' only",
                "put the rest into a function that the asm calls",
            )


# The attribute that each decorator without arguments sets.
_FLAGS = {
    "staticmethod": "is_static",
    "classmethod": "is_class_method",
    "property": "is_property",
    "abstractmethod": "is_abstract",
    "comptime": "is_comptime",
    "inline": "inline",
    "noinline": "noinline",
    "cold": "cold",
    "naked": "naked",
    "interrupt": "interrupt",
    "final": "is_final",
    "virtual": "is_virtual",
    "override": "is_override",
    "sleeps": "sleeps",
}
_OF_METHODS = (
    "staticmethod",
    "classmethod",
    "property",
    "abstractmethod",
    "final",
    "virtual",
    "override",
)
_WITH_ARGUMENTS = {
    "holds": '@holds("lock")',
    "export": '@export("c_name")',
    "section": '@section(".name")',
    "syscall": "@syscall(number)",
}
_UNSUPPORTED_METHODS = frozenset(
    f"__{name}__"
    for name in (
        "getattr",
        "getattribute",
        "setattr",
        "delattr",
        "get",
        "set",
        "delete",
        "init_subclass",
        "prepare",
        "instancecheck",
        "subclasscheck",
        "class_getitem",
        "reduce",
        "reduce_ex",
        "getstate",
        "setstate",
        "dir",
        "await",
        "aiter",
        "anext",
    )
)


def is_c_type(type: Type) -> bool:
    """True if C has the type too, and passes it in the same way."""
    if isinstance(type, OptionalType):
        return isinstance(type.inner, PointerType | CFunctionType)
    return (
        isinstance(type, IntType | FloatType | PointerType | CFunctionType)
        or type in (BOOL, BROKEN, NEVER)
        or is_enum(type)
    )


def contains_yield(node: ast.FunctionDef) -> bool:
    """True if a statement of the function is, assigns or returns a `yield`."""
    return any(
        isinstance(getattr(statement, "value", None), ast.Yield | ast.YieldFrom)
        for statement in own_statements(node.body)
    )


def own_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a function in order, without those of functions inside it."""
    waiting = body[::-1]
    while waiting:
        statement = waiting.pop()
        yield statement
        if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            continue
        blocks = [getattr(statement, name, ()) for name in ("body", "orelse", "finalbody")]
        if isinstance(statement, ast.Try | ast.TryStar):
            blocks[1:1] = [handler.body for handler in statement.handlers]
        elif isinstance(statement, ast.Match):
            blocks = [case.body for case in statement.cases]
        for block in reversed(blocks):
            waiting += block[::-1]
