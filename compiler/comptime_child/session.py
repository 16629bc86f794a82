"""The child's main loop, and the program's modules as far as they have run."""

from __future__ import annotations

import dataclasses  # noqa: F401, the program may ask for it when nothing can be loaded any more
import marshal
import os
import resource
import sys
import types
from collections.abc import Callable
from typing import Any

import lang  # noqa: F401
from compiler.comptime_child.describe import Describer
from compiler.comptime_child.guard import PREFIX, Broken, Guard, Refused

MEMORY_BYTES = 768 << 20
_MAX_FRAMES = 10


class Session:
    """The modules of one program."""

    def __init__(self, send: Callable[[tuple], None]):
        self.send = send
        self.sources: dict[str, tuple[str, list]] = {}  # module: path, statements
        self.modules: dict[str, types.ModuleType] = {}
        self.failures: dict[tuple[str, str], BaseException] = {}  # by module and name
        self.guard = Guard(self)
        self.describer = Describer()

    def add_module(self, name: str, path: str, statements: list) -> None:
        self.sources[name] = (path, statements)
        self.guard.paths.add(path)

    def module(self, name: str) -> types.ModuleType:
        """Return a module of the program, having run it."""
        if name not in self.modules:
            _, statements = self.sources[name]
            module = types.ModuleType(PREFIX + name)
            vars(module)["__builtins__"] = self.guard.builtins(name)
            self.modules[name] = sys.modules[PREFIX + name] = module
            for number, statement in enumerate(statements):
                self.send(("running", name, number))
                self.run(name, module, *statement)
            self.send(("running", name, len(statements)))
        return self.modules[name]

    def run(
        self,
        name: str,
        module: types.ModuleType,
        names: tuple[str, ...],
        variables: tuple[str, ...],
        code: Any,
    ) -> None:
        """Run one statement. A failure is kept for those who ask for its names."""
        try:
            if code is None:
                raise Broken
            exec(code, vars(module))  # noqa: S102, running the program's text is the point
        except BaseException as error:  # noqa: BLE001, so that the session outlives it
            for bound in names:
                self.failures[name, bound] = self.blamed(name, error)
            return
        for bound in names:
            value = vars(module).get(bound)
            if isinstance(value, types.FunctionType) and value.__globals__ is vars(module):
                vars(module)[bound] = self.guard.guarded(value)
            try:
                self.describer.bind(value, name, bound, bound in variables)
            except Refused as error:
                self.failures[name, bound] = error

    def blamed(self, module: str, error: BaseException) -> BaseException:
        """Return Broken if an error only follows from an earlier one."""
        if isinstance(error, NameError) and (module, error.name) in self.failures:
            return Broken()
        return error

    def value(self, module: str, name: str) -> Any:
        """Return what a dotted name of a module is bound to."""
        value: Any = self.module(module)
        first = name.partition(".")[0]
        failure = self.failures.get((module, first))
        if failure is not None:
            self.failures[module, first] = Broken()  # reported once
            raise failure
        for part in name.split("."):
            value = getattr(value, part)
        return value

    def evaluate(self, module: str, code: bytes) -> Any:
        namespace = vars(self.module(module))
        try:
            return eval(marshal.loads(code), namespace)
        except NameError as error:
            raise self.blamed(module, error) from None

    def answer(self, kind: str, module: str, what: Any) -> tuple:
        """Serve one request."""
        try:
            value = self.value(module, what) if kind == "value" else self.evaluate(module, what)
            described = self.describer.describe(value)
            return ("value", *described, self.guard.take_embedded())
        except Broken:
            return ("broken",)
        except BaseException as error:  # noqa: BLE001
            return self.failure(error)

    def failure(self, error: BaseException) -> tuple:
        """Say what an exception was and where the program raised it, innermost last."""
        frames = []
        step = error.__traceback__
        while step is not None:
            code = step.tb_frame.f_code
            if code.co_filename in self.guard.paths:
                positions = list(code.co_positions())[step.tb_lasti // 2]
                frames.append((code.co_filename, code.co_name, *positions))
            step = step.tb_next
        name = "" if isinstance(error, Refused) else type(error).__name__
        try:
            message = str(error)
        except BaseException:  # noqa: BLE001
            message = ""
        hint = error.hint if isinstance(error, Refused) else ""
        return ("error", name, message, hint, frames[-_MAX_FRAMES:])


def main() -> None:
    """Serve the parent, over the first two descriptors, until it closes them."""
    requests, replies = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)

    def receive() -> tuple:
        size = int.from_bytes(_read(requests, 4), "little")
        return marshal.loads(_read(requests, size))

    def send(message: tuple) -> None:
        data = marshal.dumps(message)
        data = len(data).to_bytes(4, "little") + data
        while data:
            data = data[os.write(replies, data) :]

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    session = Session(send)
    while True:
        kind, *rest = receive()
        if kind == "module":
            session.add_module(*rest)
        else:
            answer = session.answer(kind, *rest)
            try:
                send(answer)
            except (MemoryError, ValueError):  # marshal writes no more than 2 GiB
                del answer
                send(("error", "MemoryError", "the result is too large", "", []))


def _read(descriptor: int, size: int) -> bytes:
    pieces = []
    while size:
        piece = os.read(descriptor, size)
        if not piece:
            os._exit(0)
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
