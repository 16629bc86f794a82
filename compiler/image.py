"""An image: runs the passes over all units that make it, in parallel and only where it must.

Three steps, each over all units:

    survey    check a unit and summarise its effects; cached by the unit's text and the interfaces
              of the modules that it imports, directly or not
    solve     the image as a whole: promises, which functions may raise, which defer releases
    build     lower, raise, count, emit, and the back end; cached by what the survey was cached by
              and the facts that the image holds about the functions that the unit names

Which process does a unit, and when, has no influence on its object; objects are linked in the order
of the modules, which depends on the sources alone.
"""

from __future__ import annotations

import ast
import contextlib
import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from compiler import declare, infer, ir, module_body, phrases
from compiler.backend.link import CompileText, LinkInput
from compiler.backend.listing import listing
from compiler.backend.pool import BackendFailure, BackendPool
from compiler.backend.target import TARGETS, Target
from compiler.cache import PROJECT, Cache, compiler_digest, digest
from compiler.check.unit import check_unit
from compiler.count import quiet
from compiler.count.quiet import QuietSummary
from compiler.crew import Crew, Died
from compiler.effects.solve import Facts, solve
from compiler.effects.summary import UnitSummary, summarise
from compiler.passes import ir_of, llvm_of, lowered_ir
from compiler.read import BUILTINS, PROGRAM, read
from compiler.source import CompileError, CompileFailed, Diagnostic, OwnDefect, Span, place_of
from compiler.types import Module

_RUNTIME = ("core.memory", "core.integers128", "core.object")
_STARTED = (
    "host",
    "run",
    "program",
)  # targets whose programs have a `main`, and a system beneath them
_STD = PROJECT / "lib" / "std"
_SYSTEMS = {
    "host": {"core.world.current": _STD / "thread_pointer.py"},
    "run": {"core.world.current": _STD / "thread_pointer.py"},
    "program": {
        "core.world.system": _STD / "beneath.py",
        "core.world.current": _STD / "thread_pointer.py",
        "lib.python.system": _STD / "beneath_files.py",
        "lib.python.clock": _STD / "beneath_clock.py",
        "lib.python.thread_system": _STD / "beneath_threads.py",
    },
}
_THREADS = "lib.std.threads"  # with which a program may have several
_WITH_CONTAINERS = (
    "host",
    "run",
    "jit",
    "program",
)  # targets whose programs have Python's containers
_EXTENDED = ("kernel", "module")  # other images add classes to these
_LINES_PER_PROCESS = 1500  # below this, a second process costs more than it brings


@dataclass
class Survey:
    """What the first step knows of a unit."""

    summary: UnitSummary
    diagnostics: list[Diagnostic]
    quiet: QuietSummary = field(default_factory=QuietSummary)


Report = Callable[[str], None]


def silent(progress: str) -> None:
    """Report nothing."""


@dataclass
class Image:
    """The units of one image, declared and ready to be built."""

    target: Target
    build: str
    modules: dict[str, Module]
    root: str
    cache: Cache = field(default_factory=Cache)
    report: Report = silent  # told of what is being done

    def __post_init__(self) -> None:
        self.lowered: dict[str, ir.Unit] = {}  # in a crew member: units surveyed, not yet built
        self.surveys: dict[str, Survey] = {}
        self.keys = survey_keys(self.modules, self.target, self.build)
        self.facts = Facts(frozenset(), frozenset())

    # Survey and solve ------------------------------------------------------------------------

    def survey(self, crew: Crew) -> None:
        """Check all units and prove the promises of the image.

        Raises:
            CompileFailed: with the diagnostics of all units.
        """
        missing = []
        for unit, key in self.keys.items():
            survey = self.cache.read_object(key)
            if survey is None:
                missing.append((unit, None))
            else:
                self.surveys[unit] = survey
        for done, (unit, result) in enumerate(crew.run(missing), 1):
            self.report(f"checked {done} of {len(missing)} files")
            if isinstance(result, Died):
                result = self._died(unit, result)
            elif not result.diagnostics:
                self.cache.write_object(self.keys[unit], result)
            self.surveys[unit] = result
        ordered = [self.surveys[unit] for unit in self.modules]
        errors = [each for survey in ordered for each in survey.diagnostics]
        self.facts, broken = solve(survey.summary for survey in ordered)
        is_closed = self.target.name not in _EXTENDED
        self.facts.has_threads = _THREADS in self.modules
        self.facts.quiet = quiet.solve((survey.quiet for survey in ordered), is_closed)
        if errors or broken:
            raise CompileFailed(errors + broken)

    def _died(self, unit: str, result: Died) -> Survey:
        error = OwnDefect(self.modules[unit].path, result.reason)
        return Survey(UnitSummary(unit), [error.diagnostic])

    # Work of a crew member ---------------------------------------------------------------------

    def work(self, unit: str, facts: Facts | None) -> Survey | str | Died:
        """Without facts: survey a unit. With them: make its LLVM text."""
        try:
            if facts is None:
                return self._check(unit)
            return llvm_of(self._lowered(unit), self.modules, facts, self.target, self.build)
        except CompileError as error:
            return Survey(UnitSummary(unit), [error.diagnostic])
        except CompileFailed as error:
            return Survey(UnitSummary(unit), error.diagnostics)
        except Exception as error:  # noqa: BLE001 - a defect of ours is no traceback of theirs
            return Died(place_of(error))

    def ir_text(self) -> str:
        """Return the IR of the root's unit, commented."""
        unit = self._lowered(self.root)
        return ir_of(unit, self.modules, self.facts, self.target, self.build)

    def llvm_text(self) -> str:
        """Return the LLVM text of the root's unit before LLVM sees it, commented."""
        unit = self._lowered(self.root)
        return llvm_of(unit, self.modules, self.facts, self.target, self.build, commented=True)

    def _check(self, unit: str) -> Survey:
        tree, diagnostics = check_unit(self.modules[unit], self.modules, self.target.name)
        if diagnostics:
            return Survey(UnitSummary(unit), diagnostics)
        lowered = self.lowered[unit] = lowered_ir(tree, self.target, self.build)
        effects = summarise(tree, checks_raise=not self.target.traps)
        return Survey(effects, [], quiet.summarise(lowered, tree))

    def _lowered(self, unit: str) -> ir.Unit:
        """Hand a lowered unit to the passes that change it."""
        if unit not in self.lowered:
            self._check(unit)
        return self.lowered.pop(unit)

    # Build ---------------------------------------------------------------------------------------

    def llvm_texts(self, crew: Crew, units: Iterable[str]) -> Iterable[tuple[str, str]]:
        """Yield (unit, LLVM text) as they are made."""
        tasks = [(unit, self.facts) for unit in units]
        for done, (unit, text) in enumerate(crew.run(tasks), 1):
            self.report(f"compiled {done} of {len(tasks)} files")
            if isinstance(text, Died):
                text = self._died(unit, text)
            if isinstance(text, Survey):
                raise CompileFailed(text.diagnostics)
            yield unit, text

    def objects(self, crew: Crew, units: Iterable[str] | None = None) -> list[LinkInput]:
        """Compile every unit by itself, what is cached excepted; in the order of the modules.

        units: only these.
        """
        keys = {unit: self._object_key(unit) for unit in units or self.modules}
        found = {unit: self.cache.read(key) for unit, key in keys.items()}
        missing = [unit for unit, content in found.items() if content is None]
        with BackendPool() as pool:
            pool.start(len(missing))  # which takes as long as making the first texts
            futures = {
                unit: pool.submit(unit, text, self.target, self.build, "obj")
                for unit, text in self.llvm_texts(crew, missing)
            }
            for unit, future in futures.items():
                found[unit] = self._settled(unit, future)
                self.cache.write(keys[unit], found[unit])
        return [LinkInput(unit, found[unit]) for unit in keys]

    def whole(
        self,
        crew: Crew,
        emit: str,
        roots: Iterable[str],
        units: Iterable[str] | None = None,
    ) -> bytes:
        """Compile all units as one, keeping what `roots` reach.

        units: only these.
        """
        wanted = list(units or self.modules)
        texts = self._cached_texts(crew, wanted)
        with BackendPool(1) as pool:
            ordered = [texts[unit] for unit in wanted]
            future = pool.submit_image(self.root, ordered, self.target, roots, emit)
            return self._settled(self.root, future)

    def _cached_texts(self, crew: Crew, units: list[str]) -> dict[str, str]:
        """Return the LLVM text of each unit; most of what a program imports is as other programs have it."""
        keys = {unit: digest([self._object_key(unit), "llvm"]) for unit in units}
        found = {unit: self.cache.read_text(key) for unit, key in keys.items()}
        missing = [unit for unit, text in found.items() if text is None]
        for unit, text in self.llvm_texts(crew, missing):
            found[unit] = text
            self.cache.write_text(keys[unit], text)
        return {unit: text for unit, text in found.items() if text is not None}

    def one(self, crew: Crew, emit: str) -> bytes:
        """Compile the root's unit by itself to `emit`."""
        [(unit, text)] = self.llvm_texts(crew, [self.root])
        with BackendPool(1) as pool:
            future = pool.submit(unit, text, self.target, self.build, emit)
            return self._settled(unit, future)

    def listing(self, crew: Crew) -> str:
        """Return the assembly of the root's unit, commented."""
        return listing(self.one(crew, "asm").decode(), self.source_text)

    def source_text(self, path: str, line: int) -> str:
        """Return a source line without its indentation; empty if there is no such line."""
        lines = self._source_lines.get(path, [])
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""

    @cached_property
    def _source_lines(self) -> dict[str, list[str]]:
        return {m.display_path: m.text.splitlines() for m in self.modules.values()}

    def reached(self, roots: Iterable[str]) -> set[str]:
        """Return the units that some of them reach by imports, with these."""
        reach: dict[str, set[str]] = {}
        found = {BUILTINS}
        for root in roots:
            _reached(root, self.modules, reach)
            found |= {root, *reach[root]}
        return found

    def _settled(self, unit: str, future: Future[bytes]) -> bytes:
        try:
            return future.result()
        except BackendFailure as failure:
            span = Span.whole_file(self.modules[unit].path)
            message = f"the back end did not compile this file: {failure.message}"
            hint = "look at the last `asm` that was changed; `--emit llvm` shows what it was given"
            raise CompileFailed([Diagnostic(span, message, hint)]) from None

    def _object_key(self, unit: str) -> str:
        """The survey's key and the facts about each function that the unit defines or calls."""
        summary = self.surveys[unit].summary
        names = {function.symbol for function in summary.functions}
        deferring = sorted(names & self.facts.deferring)
        names |= {call.callee for f in summary.functions for call in f.calls if call.callee}
        raising = sorted(names & self.facts.raising)
        still = sorted(self.surveys[unit].quiet.called & self.facts.quiet)
        parts = [*raising, "defers", *deferring, "quiet", *still]
        parts += ["threads"] if self.facts.has_threads else []
        return digest([self.keys[unit], "object", *parts])


def declared(
    roots: list[Path],
    target: str,
    build: str,
    replaced: dict[str, Path] | None = None,
    has_containers: bool | None = None,
) -> Image:
    """Read and declare everything that the roots reach; the first root is the image's.

    has_containers: Python's containers come with what uses them; None for what the target says.

    Raises:
        CompileFailed: the sources do not parse, or declare something wrong.
    """
    errors: list[Diagnostic] = []
    if has_containers is None:
        has_containers = target in _WITH_CONTAINERS
    modules = read(roots, replaced or {}, errors, has_containers)
    if errors:
        raise CompileFailed(errors)
    declare.declare(modules, errors)
    if errors:
        raise CompileFailed(errors + _errors_in_bodies(modules, target))
    first = roots[0].resolve()
    root = next(m.name for m in modules.values() if Path(m.path).resolve() == first)
    return Image(TARGETS[target], build, modules, root)


def _errors_in_bodies(modules: dict[str, Module], target: str) -> list[Diagnostic]:
    """Return what else is wrong where declarations are, so that one run shows all errors. What they
    broke has no type, about which check says nothing."""
    errors: list[Diagnostic] = []
    for module in modules.values():
        with contextlib.suppress(Exception):  # what is broken may surprise a pass
            errors += check_unit(module, modules, target)[1]
    return errors


def program(source: Path, target: str, build: str, imported: Iterable[Path] = ()) -> Image:
    """Read and declare what makes an image of `source`: the file, the runtime, the target's world,
    and for a program that has a `main` what calls it.

    imported: files that become part of it, too.
    """
    start = _start_file(source) if target in _STARTED else None
    others = [*world_files(target), *imported]
    system = _SYSTEMS.get(target, {})
    if start is None:
        return declared([source, *others], target, build, system)
    image = declared([start, *others], target, build, {PROGRAM: source, **system})
    image.root = PROGRAM
    return image


def _start_file(source: Path) -> Path | None:
    """Return the file that runs a source's body, or calls its `main`; None if there is neither."""
    try:
        tree = infer.with_annotations(phrases.prepared(ast.parse(source.read_bytes())))
        tree = phrases.reworded(tree, is_main=True)
    except Exception:  # noqa: BLE001 - reported once the file is read
        return None
    if module_body.runs(tree):
        return PROJECT / "core" / "world" / "start_module.py"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "main":
            plain = isinstance(node.returns, ast.Constant) and node.returns.value is None
            name = "start_without_status" if plain else "start"
            return PROJECT / "core" / "world" / f"{name}.py"
    return None


def world_files(target: str) -> list[Path]:
    """Return what compiled code for a target calls by name: the runtime, and the target's world."""
    names = [*_RUNTIME, TARGETS[target].world]
    paths = [PROJECT.joinpath(*name.split(".")).with_suffix(".py") for name in names]
    return [path for path in paths if path.exists()]


def text_compiler(target: Target, build: str) -> CompileText:
    """Return what compiles LLVM text that is not a unit's, such as a table of symbols; cached."""
    cache = Cache()

    def compile_text(unit: str, text: str) -> LinkInput:
        key = digest([compiler_digest(), target.name, build, unit, text])
        content = cache.read(key)
        if content is None:
            with BackendPool(1) as pool:
                content = pool.submit(unit, text, target, build, "obj").result()
            cache.write(key, content)
        return LinkInput(unit, content)

    return compile_text


def crew_for(image: Image) -> Crew:
    """Return as many processes as the image is worth."""
    lines = sum(module.text.count("\n") for module in image.modules.values())
    size = min(os.cpu_count() or 1, 1 + lines // _LINES_PER_PROCESS)
    return Crew(size, image.work)


def survey_keys(modules: dict[str, Module], target: Target, build: str) -> dict[str, str]:
    """Return each unit's key: its text, and the interfaces of all modules that it reaches. Its own, too, since
    which of its classes' methods are overridden is decided by others."""
    interfaces = {name: declare.interface_digest(module) for name, module in modules.items()}
    reach: dict[str, set[str]] = {}
    for name in modules:
        _reached(name, modules, reach)
    common = digest([compiler_digest(), repr(replace(target, world="")), build])
    return {
        name: digest(
            [common, name, module.display_path, module.digest, interfaces[name]]
            + [part for other in sorted(reach[name]) for part in (other, interfaces[other])]
        )
        for name, module in modules.items()
    }


def _reached(name: str, modules: dict[str, Module], reach: dict[str, set[str]]) -> set[str]:
    """Fill `reach` for `name`: the modules that it imports, directly or not, types included."""
    seen: set[str] = set()
    pending = [name]
    while pending:
        module = modules.get(pending.pop())
        if module is None:
            continue
        for imported in (*module.imports, *module.type_imports):
            if imported in modules and imported not in seen:
                seen.add(imported)
                pending.append(imported)
    reach[name] = seen
    return seen
