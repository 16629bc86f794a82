"""Images are built by the compiler with the right options, here by one that notes them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from compiler.options import CompileOptions
from compiler.source import CompileFailed, Diagnostic, Span
from tools import image
from tools.disk import gpt
from tools.failure import Failure

Report = Callable[[str], None]
Compile = Callable[[CompileOptions, Report], Path]


def no_modules(kernel: tuple, roots: tuple, folder: Path, build: str, report: Report) -> None:
    folder.mkdir(parents=True)


@pytest.fixture
def compile_with(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Compile], None]:
    """Puts a function in the place of the compiler, and the results into a directory of the test."""
    monkeypatch.setattr(image, "ROOT", tmp_path)
    for name in ("KERNEL", "LOADER"):
        source = getattr(image, name).relative_to(root)
        monkeypatch.setattr(image, name, tmp_path / source)

    def use(compile_file: Compile) -> None:
        driver, render = ModuleType("compiler.driver"), ModuleType("compiler.render")
        driver.compile_file = compile_file  # type: ignore[attr-defined]
        driver.compile_modules = no_modules  # type: ignore[attr-defined]
        render.print_diagnostics = lambda all: print(*(each.message for each in all))  # type: ignore[attr-defined]
        for module in (driver, render):
            monkeypatch.setitem(sys.modules, module.__name__, module)
            monkeypatch.setattr(module.__name__, module, raising=False)

    return use


def test_the_kernel_is_compiled_for_its_target(
    compile_with: Callable[[Compile], None], tmp_path: Path
) -> None:
    compiled = []

    def compile_file(options: CompileOptions, report: Report) -> Path:
        compiled.append(options)
        assert options.output
        return options.output

    compile_with(compile_file)
    kernel = tmp_path / "build" / "release" / "kernel.elf"
    assert image.build_kernel("release") == kernel
    (options,) = compiled
    assert (options.source, options.output) == (image.KERNEL, kernel)
    assert (options.target, options.build, options.emit) == ("kernel", "release", "exe")
    assert options.imported == (image.MODULES,)
    assert kernel.parent.is_dir()


def test_the_disk_holds_the_loader_the_kernel_and_its_files(
    compile_with: Callable[[Compile], None], tmp_path: Path
) -> None:
    contents = {
        (image.LOADER, "uefi"): b"a loader with a stitch in time",
        (image.KERNEL, "kernel"): b"a kernel of cloth",
        (image.FIRST_PROGRAM, "program"): b"a program in a pocket",
    }

    def compile_file(options: CompileOptions, report: Report) -> Path:
        assert options.output
        options.output.write_bytes(contents[options.source, options.target])
        return options.output

    compile_with(compile_file)
    disk = image.build_disk("checked")
    assert disk == tmp_path / "build" / "checked" / "patchwork.img"
    written = disk.read_bytes()[gpt.FIRST_SECTOR * gpt.SECTOR :]
    for content in (*contents.values(), b"PWFILES1"):
        assert content in written


def test_errors_are_printed_and_end_the_build(
    compile_with: Callable[[Compile], None], capsys: pytest.CaptureFixture[str]
) -> None:
    def compile_file(options: CompileOptions, report: Report) -> Path:
        raise CompileFailed([Diagnostic(Span.whole_file("a.py"), "the needle is bent")])

    compile_with(compile_file)
    with pytest.raises(Failure, match=r"^kernel/cpu/pvh\.py does not compile$"):
        image.build_kernel("checked")
    assert capsys.readouterr().out == "the needle is bent\n"
