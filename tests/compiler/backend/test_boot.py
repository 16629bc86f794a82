"""A linked kernel starts in the emulator, and a debugger knows its lines."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from compiler.backend.link import link
from compiler.backend.target import TARGETS
from tests.compiler.backend.conftest import CompileUnit
from tests.compiler.backend.programs import INLINING, debug_unit

# In 32-bit mode, at its physical address: reads `word`, which the image brings along, and reports
# it through the port of the emulator's exit device.
DIRECT_BOOT = """
    module asm ".text"
    module asm ".code32"
    module asm ".globl pvh_entry"
    module asm "pvh_entry:"
    module asm "  movl word - 0xffffffff80000000, %eax"
    module asm "  outl %eax, $0xf4"
    module asm "  hlt"
    module asm ".code64"
    @word = dso_local global i32 21
    define dso_local void @_start() { ret void }
    define dso_local void @kernel_entry() { ret void }
"""

RUN = """
    define dso_local void @_start() naked !dbg !8 {
        call void asm sideeffect "call kernel.example.outer", ""(), !dbg !9
        call void asm sideeffect "movl $$60, %eax; xorl %edi, %edi; syscall", ""(), !dbg !9
        unreachable
    }
    declare dso_local i64 @kernel.example.outer(i64)
    @llvm.used = appending global [1 x ptr] [ptr @kernel.example.outer], section "llvm.metadata"
    !8 = distinct !DISubprogram(name: "_start", file: !3, line: 90, scopeLine: 90, type: !4,
            unit: !0, spFlags: DISPFlagDefinition)
    !9 = !DILocation(line: 91, scope: !8)
"""


@pytest.mark.skipif(not shutil.which("qemu-system-x86_64"), reason="needs QEMU")
def test_the_emulator_enters_a_kernel_by_its_note(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    kernel = tmp_path / "kernel.elf"
    link(TARGETS["kernel"], [compile_unit("kernel", "boot", DIRECT_BOOT)], kernel)
    machine = ["qemu-system-x86_64", "-machine", "q35", "-accel", "tcg", "-m", "64", "-nodefaults"]
    machine += ["-display", "none", "-no-reboot", "-device", "isa-debug-exit,iobase=0xf4,iosize=4"]
    done = subprocess.run([*machine, "-kernel", kernel], timeout=60, check=False)
    assert done.returncode == 21 << 1 | 1


@pytest.mark.skipif(not shutil.which("gdb"), reason="needs gdb")
def test_a_debugger_stops_at_a_line_and_shows_inlined_frames(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    example = INLINING.replace("@_start", "@unused")
    objects = [
        compile_unit("host", "start", RUN + debug_unit("start.py")),
        compile_unit("host", "example", example + debug_unit("example.py")),
    ]
    program = tmp_path / "program"
    link(TARGETS["host"], objects, program)
    (tmp_path / "example.py").write_text("".join(f"line_{n} = {n}\n" for n in range(1, 50)))

    commands = ["set debuginfod enabled off", "break example.py:3", "run", "bt", "list 3,3"]
    options = [option for command in commands for option in ("-ex", command)]
    done = subprocess.run(
        ["gdb", "-batch", "-nx", *options, program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "ptrace" in done.stderr:
        pytest.skip("may not trace processes here")
    frames = [line for line in done.stdout.splitlines() if line.startswith("#")]
    assert "inner" in frames[0]
    assert "example.py:3" in frames[0]
    assert "middle" in frames[1]
    assert "example.py:11" in frames[1]
    assert "outer" in frames[2]
    assert "example.py:21" in frames[2]
    assert "3\tline_3 = 3" in done.stdout
