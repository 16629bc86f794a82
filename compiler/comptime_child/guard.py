"""What compile-time code may do: only what has the same result everywhere and always.

Builtins that reach further refuse to be called, imports find the program and the vocabulary
only, and an audit hook stops what gets past that. None of it is a defence against malice, which has
better ways into a build; it turns what would not be reproducible into an error.
"""

from __future__ import annotations

import builtins
import hashlib
import os
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compiler.comptime_child.session import Session

PREFIX = "image."  # before the program's module names in sys.modules, where `lang` looks for them

_VOCABULARY = ("lang", "typing", "collections.abc", "abc", "enum", "dataclasses")
_REMOVED = frozenset(
    (
        *("open", "input", "exec", "eval", "compile", "breakpoint", "help", "exit", "quit"),
        *("print", "globals", "locals", "id", "memoryview"),
    )
)
_FORBIDDEN_EVENTS = ("open", "os.", "socket.", "subprocess.", "shutil.", "ctypes.", "glob.")


class Refused(Exception):
    """Compile-time code did what it may not; the message says what."""

    def __init__(self, message: str, hint: str = ""):
        super().__init__(message)
        self.hint = hint


class Broken(Exception):
    """What is needed failed before, and was reported then."""


class Guard:
    """The walls around one session."""

    def __init__(self, session: Session):
        self.session = session
        self.paths: set[str] = set()  # of the program's sources
        self.comptime: set[types.CodeType] = set()
        self.embedded: dict[tuple[str, str], str] = {}  # (module, file): digest
        self.is_embedding = False
        sys.addaudithook(self.audit)

    def audit(self, event: str, arguments: tuple) -> None:
        if self.is_embedding or not event.startswith(_FORBIDDEN_EVENTS):
            return
        what = f"opens {arguments[0]!r}" if event == "open" else f"uses '{event}'"
        raise Refused(f"compile-time code {what}", "files come in through embed(path)")

    def builtins(self, module: str) -> dict[str, Any]:
        """Return the builtins that a module of the program sees."""

        def importer(name: str, _: Any = None, __: Any = None, items: Any = (), *___: Any) -> Any:
            return self.imported(name, tuple(items or ()), module)

        removed = {name: _refusal(name) for name in _REMOVED}
        return {**vars(builtins), **removed, "__import__": importer}

    # Imports --------------------------------------------------------------------------------------

    def imported(self, name: str, items: tuple[str, ...], into: str) -> Any:
        """Do what `import name` (no items) or `from name import items` asks for."""
        if name == "lang":
            return self.lang_for(into)
        if name in _VOCABULARY:
            return sys.modules[name]
        if not items:
            return self.package(name)
        found = types.SimpleNamespace()
        for item in items:
            if f"{name}.{item}" in self.session.sources:
                setattr(found, item, self.session.module(f"{name}.{item}"))
                continue
            module = self.module(name)
            if (name, item) in self.session.failures:
                raise Broken
            if hasattr(module, item):
                setattr(found, item, getattr(module, item))
        return found

    def module(self, name: str) -> types.ModuleType:
        if name not in self.session.sources:
            raise Refused(
                f"compile-time code imports '{name}'",
                "it has the program's modules and 'lang', so that its result is always the same",
            )
        return self.session.module(name)

    def package(self, name: str) -> Any:
        """Return what `import a.b as c` walks through to reach its module: a, with b in it."""
        module = self.module(name)
        for part in reversed(name.split(".")[1:]):
            module = types.SimpleNamespace(**{part: module})
        return module

    def lang_for(self, module: str) -> Any:
        """Return `lang` with an `embed` that reads beside a module."""
        changed = types.SimpleNamespace(**vars(sys.modules["lang"]))
        changed.embed = lambda path: self.embed(path, module)
        return changed

    def embed(self, path: str, module: str) -> bytes:
        folder = os.path.dirname(self.session.sources[module][0])
        file = os.path.normpath(os.path.join(folder, path))
        self.is_embedding = True
        try:
            with open(file, "rb") as stream:
                data = stream.read()
        except OSError as error:
            raise Refused(f"cannot embed '{path}': {error.strerror}", f"it is {file}") from None
        finally:
            self.is_embedding = False
        self.embedded[module, file] = hashlib.sha256(data).hexdigest()
        return data

    def take_embedded(self) -> list:
        """Return the files embedded since the last answer."""
        taken = sorted(self.embedded.items())
        self.embedded.clear()
        return taken

    # Functions ------------------------------------------------------------------------------------

    def guarded(self, function: types.FunctionType) -> Any:
        """Return a module's function as compile-time code sees it: to be called if it is `@comptime`
        or a constructor is at work, and else only to be referred to."""
        if "comptime" in vars(function).get("__facts__", {}):
            self.comptime.add(function.__code__)
            return function

        def reference(*arguments: Any, **named: Any) -> Any:
            if not self.is_in_constructor():
                raise Refused(
                    f"'{function.__name__}' runs on the machine, not while compiling",
                    "a function that runs while compiling is marked @comptime",
                )
            return function(*arguments, **named)

        reference.__target__ = function
        return reference

    def is_in_constructor(self) -> bool:
        frame = sys._getframe(2)
        while frame is not None:
            code = frame.f_code
            if code.co_filename in self.paths and code.co_name == "__init__":
                return True
            if code in self.comptime:
                return False
            frame = frame.f_back
        return False


def _refusal(name: str) -> Any:
    """Return what stands in for a builtin that compile-time code may not use."""

    def refuse(*arguments: Any, **named: Any) -> Any:
        raise Refused(
            f"compile-time code calls '{name}'",
            "its result may depend on literals, constants and embedded files only",
        )

    return refuse
