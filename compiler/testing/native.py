"""Compiles a module and all that it imports for this process, and shows it as a Python namespace."""

from __future__ import annotations

import ctypes
import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from compiler.backend.guard import Guard
from compiler.backend.jit import Import, JITLibrary
from compiler.backend.target import TARGETS
from compiler.cache import PROJECT
from compiler.image import Image, crew_for, declared, text_compiler, world_files
from compiler.testing.objects import Objects
from compiler.testing.values import Values
from compiler.types import (
    ClassDeclaration,
    ClassKind,
    ConstantDeclaration,
    FunctionDeclaration,
    FunctionInstance,
    VariableDeclaration,
)

_LIBC = ("calloc", "free", "write")
_SOURCES = PROJECT / "build" / "native"


def native(
    module: str | Path,
    *,
    replace: Mapping[str, str | Path] | None = None,
    build: str = "checked",
    step: Callable[[int], None] | None = None,
) -> Native:
    """Compile `module` (a dotted name, a file, or source text) and return what it holds.

    `replace` names other modules, files or texts for modules that it imports. `step` is called before each
    atomic operation and spin hint, in the thread that is about to do it, with a number (compiler/emit/memory.py: Step);
    an exception in it ends the call.

    Raises:
        CompileFailed: with all diagnostics.
    """
    replaced = tuple(sorted((name, _file_of(each)) for name, each in (replace or {}).items()))
    return _compiled(_file_of(module), replaced, build, step)


@cache
def _compiled(
    path: Path,
    replaced: tuple[tuple[str, Path], ...],
    build: str,
    step: Callable[[int], None] | None,
) -> Native:
    image = declared([path, *world_files("jit")], "jit", build, dict(replaced))
    imports = _imports()
    if step is not None:
        image = dataclasses.replace(image, target=dataclasses.replace(image.target, steps=True))
        imports = {**imports, "__pw_step": _guard().callback(step, [ctypes.c_uint64], None)}
    with crew_for(image) as crew:
        image.survey(crew)
        objects = image.objects(crew)
    return Native(image, _guard().load(objects, imports))


def _file_of(module: str | Path) -> Path:
    """Return the file of a module's name, of a path, or of source text."""
    if isinstance(module, Path):
        return module.resolve()
    if "\n" not in module:
        return PROJECT.joinpath(*module.split(".")).with_suffix(".py")
    _SOURCES.mkdir(parents=True, exist_ok=True)
    path = _SOURCES / f"text_{hashlib.sha256(module.encode()).hexdigest()[:16]}.py"
    if not path.exists():
        path.write_text(module)
    return path


@cache
def _imports() -> dict[str, Import]:
    library = ctypes.CDLL(None)
    return {
        name: Import(ctypes.cast(getattr(library, name), ctypes.c_void_p).value) for name in _LIBC
    }


@cache
def _guard() -> Guard:
    return Guard.of_process(text_compiler(TARGETS["jit"], "checked"))


class Native:
    """A compiled module: its functions, classes, constants and variables as attributes.

    Functions take and return Python values. A module-level variable is read and assigned as an
    attribute; one that is a place is an object that shows its fields.
    """

    def __init__(self, image: Image, library: JITLibrary):
        module = image.modules[image.root]
        objects = Objects(library, _guard())
        object.__setattr__(self, "_module", module)
        object.__setattr__(self, "_objects", objects)
        object.__setattr__(self, "_values", Values(objects))
        object.__setattr__(self, "_world", image.modules.get(TARGETS["jit"].world))

    def __getattr__(self, name: str) -> Any:
        meaning = self._module.scope.get(name)
        match meaning:
            case FunctionDeclaration():
                return self._objects.function(FunctionInstance(meaning))
            case ClassDeclaration(kind=ClassKind.INT_ENUM | ClassKind.INT_FLAG):
                return self._objects.enum(meaning)
            case ClassDeclaration() if meaning.parameters:
                raise AttributeError(
                    f"'{name}' is generic and has no code of its own; "
                    "test it through source text that uses it with a type"
                )
            case ClassDeclaration():
                return self._objects.native_class(meaning)
            case ConstantDeclaration():
                return meaning.value
            case VariableDeclaration():
                return self._objects.read_variable(meaning)
        raise AttributeError(f"{self._module.name} has no '{name}'")

    def __setattr__(self, name: str, value: Any) -> None:
        meaning = self._module.scope.get(name)
        if not isinstance(meaning, VariableDeclaration):
            raise AttributeError(f"{self._module.name} has no variable '{name}'")
        self._objects.write_variable(meaning, value)

    def __dir__(self) -> list[str]:
        return sorted(
            name
            for name, meaning in self._module.scope.items()
            if isinstance(meaning, FunctionDeclaration | ClassDeclaration | VariableDeclaration)
            and meaning.module is self._module
        )

    @property
    def live_objects(self) -> int:
        """How many counted objects exist that this module's code made."""
        return self._objects.read_variable(self._world.scope["live_objects"])

    def fail_allocation(self, number: int) -> None:
        """Let the allocation `number` from now on, counted from 1, raise MemoryError; 0: none."""
        made = self._objects.read_variable(self._world.scope["allocations"])
        chosen = made + number if number else 0
        self._objects.write_variable(self._world.scope["failing_allocation"], chosen)
