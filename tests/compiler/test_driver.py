"""The driver makes images that run, makes them again byte for byte, and makes no more than it must."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import pytest

from compiler import image
from compiler.backend.elf import Elf
from compiler.driver import compile_file, compile_text, main_compile
from compiler.options import CompileOptions
from compiler.source import CompileFailed

PROGRAM = """\
from __future__ import annotations

from lang import u64
from leaf import Counter


def main() -> int:
    counter = Counter()
    for i in range(u64(10)):
        counter.add(i)
    return int(counter.total)
"""

LEAF = """\
from __future__ import annotations

from lang import u64


class Counter:
    total: u64

    def __init__(self) -> None:
        self.total = 0

    def add(self, amount: u64) -> None:
        self.total += amount
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return write_program(tmp_path / "program")


def write_program(folder: Path) -> Path:
    folder.mkdir()
    (folder / "leaf.py").write_text(LEAF)
    (folder / "main.py").write_text(PROGRAM)
    return folder / "main.py"


def status_of(path: Path) -> int:
    return subprocess.run([path], timeout=10, check=False).returncode


@pytest.mark.parametrize("build", ["checked", "release"])
def test_a_host_program_runs(program: Path, tmp_path: Path, build: str) -> None:
    output = tmp_path / "out"
    assert compile_file(CompileOptions(program, output, "host", build)) == output
    assert status_of(output) == 45


@pytest.mark.parametrize("build", ["checked", "release"])
def test_an_unhandled_exception_is_reported(tmp_path: Path, build: str) -> None:
    source = tmp_path / "fails.py"
    source.write_text(
        "from __future__ import annotations\n"
        "from lang import Array, u64\n\n\n"
        "def main() -> None:\n"
        "    table = Array[u64, 4]()\n"
        "    for i in range(10):\n"
        "        table[i] = 1\n"
    )
    compile_file(CompileOptions(source, tmp_path / "out", "host", build))
    done = subprocess.run([tmp_path / "out"], timeout=10, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith(b"IndexError: list index out of range\n")
    assert (b"fails.py" in done.stderr) == (build == "checked")
    assert (b"in main\n    table[i] = 1\n" in done.stderr) == (build == "checked")


@pytest.mark.parametrize("build", ["checked", "release"])
def test_the_same_sources_give_the_same_bytes(
    tmp_path: Path, build: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = []
    for name, processes in (("one", 1), ("two", 3)):
        (tmp_path / name).mkdir()
        monkeypatch.setenv("PATCHWORK_CACHE", str(tmp_path / name / "cache"))
        monkeypatch.setattr(image, "_LINES_PER_PROCESS", 10 if processes > 1 else 10**9)
        source = write_program(tmp_path / name / "source")
        output = compile_file(CompileOptions(source, tmp_path / name / "out", "host", build))
        contents.append(output.read_bytes())
    assert contents[0] == contents[1]


def test_nothing_is_done_when_nothing_changed(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = CompileOptions(program, tmp_path / "out", "host", "checked")
    compile_file(options)
    before = (tmp_path / "out").stat().st_mtime_ns
    monkeypatch.setattr(image, "declared", lambda *_: pytest.fail("a pass ran"))
    compile_file(options)
    assert (tmp_path / "out").stat().st_mtime_ns == before


def test_a_changed_leaf_is_the_only_unit_compiled(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = CompileOptions(program, tmp_path / "out", "host", "checked")
    compile_file(options)
    compiled = []
    real = image.llvm_of

    def noted(unit, *rest, **named):
        compiled.append(unit.name)
        return real(unit, *rest, **named)

    monkeypatch.setattr(image, "llvm_of", noted)
    monkeypatch.setattr(image, "_LINES_PER_PROCESS", 10**9)
    leaf = program.parent / "leaf.py"
    new = time.time_ns() % 1_000_000 + 1  # no run before has left such a leaf in the cache
    leaf.write_text(LEAF.replace("+= amount", f"+= amount + {new} - {new - 1}"))
    compile_file(options)
    assert compiled == ["leaf"]
    assert status_of(tmp_path / "out") == 55


def test_a_changed_interface_reaches_its_importers(program: Path, tmp_path: Path) -> None:
    options = CompileOptions(program, tmp_path / "out", "host", "checked")
    compile_file(options)
    leaf = program.parent / "leaf.py"
    leaf.write_text(LEAF.replace("def add(self, amount: u64)", "def add(self, amount: str)"))
    with pytest.raises(CompileFailed) as failure:
        compile_file(options)
    assert {Path(d.span.path).name for d in failure.value.diagnostics} == {"main.py", "leaf.py"}


@pytest.mark.parametrize("emit", ["ir", "llvm", "asm"])
def test_stages_show_the_source(program: Path, emit: str) -> None:
    text = compile_text(CompileOptions(program.parent / "leaf.py", None, "host", "checked", emit))
    assert "Counter.add" in text
    assert "self.total += amount" in text


@pytest.mark.parametrize("build", ["checked", "release"])
@pytest.mark.parametrize("target", ["kernel", "uefi"])
def test_a_freestanding_image_has_no_undefined_symbol(
    root: Path, tmp_path: Path, target: str, build: str
) -> None:
    source = root / ("kernel/cpu/pvh.py" if target == "kernel" else "boot/loader.py")
    output = compile_file(CompileOptions(source, tmp_path / "image", target, build))
    data = output.read_bytes()
    if target == "kernel":
        undefined = [s.name for s in Elf(data).symbols if s.name and s.section == 0]
        assert undefined == []
    else:
        assert data[:2] == b"MZ"


def test_a_missing_file_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main_compile(CompileOptions(tmp_path / "none.py", None, "host")) == 1
    assert "does not exist" in capsys.readouterr().err


BARE = """\
from __future__ import annotations

from lang import export, no_raise, u32


def main() -> None:
    pass


@export("sum_of")
@no_raise
def sum_of(a: u32, b: u32) -> u32:
    return a // 2 + b // 2
"""


@pytest.mark.parametrize("build", ["checked", "release"])
@pytest.mark.parametrize(("target", "relocatable"), [("program", False), ("module", True)])
def test_programs_and_modules_are_elf_files(
    tmp_path: Path, target: str, relocatable: bool, build: str
) -> None:
    source = tmp_path / "bare.py"
    source.write_text(BARE)
    output = compile_file(CompileOptions(source, tmp_path / "out", target, build))
    elf = Elf(output.read_bytes())
    assert elf.is_relocatable == relocatable
    assert "sum_of" in {symbol.name for symbol in elf.symbols}


@pytest.mark.parametrize("build", ["checked", "release"])
def test_print_writes_lines(tmp_path: Path, build: str) -> None:
    source = tmp_path / "prints.py"
    source.write_text(
        "from __future__ import annotations\n\n\n"
        "def main() -> None:\n"
        "    for i in range(3):\n"
        '        print(f"line {i:03d} of {3:#x}")\n'
        f'    print("{"long " * 400}")\n'
    )
    compile_file(CompileOptions(source, tmp_path / "out", "host", build))
    done = subprocess.run([tmp_path / "out"], timeout=10, capture_output=True, check=True)
    expected = [f"line {i:03d} of 0x3" for i in range(3)] + ["long " * 400]
    assert done.stdout.decode().split("\n") == [*expected, ""]


def test_failed_checks_of_one_function_are_told_apart_in_a_release(tmp_path: Path) -> None:
    source = tmp_path / "checks.py"
    source.write_text(
        "from __future__ import annotations\n"
        "from lang import export, no_raise, u64\n\n\n"
        '@export("look")\n'
        "@no_raise\n"
        "def look(a: u64, b: u64) -> None:\n"
        "    assert a == 1\n"
        "    assert b == 2\n"
    )
    text = compile_text(CompileOptions(source, None, "kernel", "release", "asm"))
    assert len(re.findall(r"call\w*\s+__pw_trap", text)) == 2
