"""The driver: from a file and a target to an image, an object or text.

    compile_file    makes what the options ask for and returns where it is
    main_compile    the same for the command line: prints diagnostics, returns the exit status
    link_image      makes the executable of an image that was surveyed

An image is the root file, all that it imports, and the world of its target: the module that supplies
allocation and what a failed check does. When nothing changed since the last time, the output stands
and no pass runs: a stamp beside the cache holds the digests of all that went into it.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.cache import Cache, compiler_digest, digest
from compiler.options import CompileOptions
from compiler.source import CompileFailed, Diagnostic, Span

if TYPE_CHECKING:
    from compiler.backend.target import Target
    from compiler.crew import Crew
    from compiler.image import Image, Report

_SUFFIXES = {"ir": ".ir", "llvm": ".ll", "asm": ".s", "obj": ".o", "exe": ""}
_WITH_SYMBOLS = ("kernel", "program", "uefi")  # images that print tracebacks of their own
_TEXTS = ("ir", "llvm", "asm")


def main_compile(options: CompileOptions) -> int:
    """Compile as the options say. Errors go to standard error in the form of `compiler/render.py`;
    text without an output file goes to standard output."""
    from compiler.render import print_diagnostics

    try:
        if options.emit in _TEXTS and options.output is None:
            sys.stdout.write(compile_text(options))
        else:
            compile_file(options)
    except CompileFailed as failed:
        print_diagnostics(failed.diagnostics)
        return 1
    return 0


def compile_file(options: CompileOptions, report: Report | None = None) -> Path:
    """Compile and write the output; return its path.

    report: told of what is being done, in words.

    Raises:
        CompileFailed: with all errors of the run.
    """
    output = options.output or _default_output(options)
    stamp = _Stamp(options, output)
    if stamp.is_current():
        return output
    gc.disable()  # a compilation makes much and drops little
    try:
        content, files = _compile(options, output, report)
    finally:
        gc.enable()
    if content is not None:
        _write(output, content)
    stamp.write(files)
    Cache().remove_unused()
    return output


def compile_modules(
    kernel: tuple[Path, ...],
    roots: tuple[Path, ...],
    folder: Path,
    build: str,
    report: Report | None = None,
) -> None:
    """Compile modules into a folder that is theirs alone; see modules.py.

    kernel: the roots of the kernel's image. report: told of what is being done, in words.

    Raises:
        CompileFailed: with all errors of the run.
    """
    options = CompileOptions(folder, folder, "module", build, "exe", (*kernel, *roots))
    stamp = _Stamp(options, folder)
    if stamp.is_current():
        return
    from compiler import modules
    from compiler.image import silent

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    gc.disable()
    try:
        files = modules.compile_modules(kernel, roots, folder, build, report or silent)
    finally:
        gc.enable()
    stamp.write(files)
    Cache().remove_unused()


def compile_text(options: CompileOptions) -> str:
    """Return what `--emit ir|llvm|asm` shows."""
    content, _ = _compile(options, Path())
    return (content or b"").decode()


def _compile(
    options: CompileOptions, output: Path, report: Report | None = None
) -> tuple[bytes | None, list[Path]]:
    """Return the content to write (None: linked in place) and the files that it came from."""
    from compiler.backend.target import TARGETS
    from compiler.image import crew_for, program

    _require_file(options.source)
    image = program(options.source, options.target, options.build, options.imported)
    if report is not None:
        image.report = report
    files = [Path(module.path) for module in image.modules.values()]
    files += [Path(path) for m in image.modules.values() for path in m.embedded]
    with crew_for(image) as crew:
        image.survey(crew)
        if options.emit == "ir":
            return image.ir_text().encode(), files
        if options.emit == "llvm":
            return image.llvm_text().encode(), files
        if options.emit == "asm":
            return image.listing(crew).encode(), files
        target = TARGETS["module"] if options.emit == "obj" else image.target
        link_image(image, crew, output, target, has_text=options.build == "checked")
        return None, files


def link_image(
    image: Image, crew: Crew, output: Path, target: Target, *, has_text: bool = True
) -> None:
    """Link the units, or in a release build the one object that they became.

    target: the image's, or "module" to leave it relocatable. has_text: tracebacks show the source.

    Raises:
        CompileFailed: the back end refused a unit, or the objects do not make an image.
    """
    from compiler.backend.lines import link_with_symbols
    from compiler.backend.link import LinkFailure, LinkInput, link
    from compiler.backend.target import EVERYTHING
    from compiler.versions import shown, versions

    if image.build == "release":
        roots = exported(image) | {image.target.entry}
        if target.name == "kernel":
            roots |= {EVERYTHING, *shown(image.modules.values())}  # modules name it
        objects = [LinkInput(image.root, image.whole(crew, "obj", roots))]
    else:
        objects = image.objects(crew)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        if target.name in _WITH_SYMBOLS:
            source_text = image.source_text if has_text else None
            known = None
            if target.name == "kernel":
                known = versions(image.modules.values(), image.facts.raising, image.build)
            link_with_symbols(target, objects, output, source_text=source_text, versions=known)
        else:
            link(target, objects, output)
    except LinkFailure as failure:
        span = Span.whole_file(image.modules[image.root].path)
        raise CompileFailed([Diagnostic(span, str(failure))]) from None


def exported(image: Image) -> set[str]:
    """Return the C names that an image's functions export."""
    return {
        function.export
        for module in image.modules.values()
        for function in module.functions
        if function.export
    }


def _require_file(source: Path) -> None:
    if source.is_file():
        return
    what = "is a folder" if source.is_dir() else "does not exist"
    raise CompileFailed([Diagnostic(Span.whole_file(str(source)), f"{source} {what}")])


def _default_output(options: CompileOptions) -> Path:
    suffix = _SUFFIXES[options.emit]
    if options.emit == "exe":
        suffix = {"uefi": ".efi", "kernel": ".elf", "module": ".ko"}.get(options.target, "")
    return options.source.with_suffix(suffix)


def _write(output: Path, content: bytes) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(content)


class _Stamp:
    """Remembers what an output was made from, and tells whether it still is that."""

    def __init__(self, options: CompileOptions, output: Path):
        text = json.dumps({k: str(v) for k, v in asdict(options).items()}, sort_keys=True)
        key = digest([text, str(output.resolve()), str(options.source.resolve())])
        self.path = Cache().folder / "stamps" / key
        self.output = output

    def is_current(self) -> bool:
        try:
            saved = json.loads(self.path.read_text())
            files = saved["files"]
            return (
                saved["compiler"] == compiler_digest()
                and saved["output"] == _state(self.output)
                and all(_state(Path(path)) == state for path, state in files.items())
            )
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def write(self, files: list[Path]) -> None:
        saved = {
            "compiler": compiler_digest(),
            "output": _state(self.output),
            "files": {str(path.resolve()): _state(path) for path in files},
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(saved))
        temporary.replace(self.path)


def _state(path: Path) -> list[int]:
    """Return what changes when a file does, without reading it."""
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ino]
