"""A listing reads well, and still assembles to the code that it lists."""

from __future__ import annotations

import pytest

from compiler.backend.elf import Elf, SymbolType
from compiler.backend.listing import listing
from compiler.backend.pool import BackendPool
from compiler.backend.target import TARGETS
from tests.compiler.backend.conftest import CompileUnit
from tests.compiler.backend.programs import INLINING, debug_unit

TEXT = (
    INLINING
    + debug_unit("kernel/example.py")
    + """
    @message = private constant [6 x i8] c"hello\\00"
    define dso_local ptr @say() { ret ptr @message }
    define dso_local i64 @count(i64 %n) {
    entry:
      br label %head
    head:
      %i = phi i64 [ 0, %entry ], [ %next, %head ]
      %s = call i64 asm sideeffect "nop", "={rax}"()
      %next = add i64 %i, 1
      %more = icmp ult i64 %next, %n
      br i1 %more, label %head, label %done
    done:
      ret i64 %s
    }
"""
)


def source_text(file: str, line: int) -> str:
    return f"statement {line}" if file == "kernel/example.py" else ""


@pytest.fixture(scope="module")
def made(pool: BackendPool) -> str:
    assembly = pool.submit("example", TEXT, TARGETS["kernel"], "checked", "asm").result()
    return listing(assembly.decode(), source_text)


def test_source_lines_stand_above_their_instructions(made: str) -> None:
    lines = made.splitlines()
    start = lines.index("kernel.example.outer:")
    assert [line.expandtabs(4) for line in lines[start : start + 7]] == [
        "kernel.example.outer:",
        "    # kernel/example.py:2: statement 2",
        "    leaq    (%rdi,%rdi,2), %rax",
        "    # kernel/example.py:3: statement 3",
        "    nop",
        "    # kernel/example.py:22: statement 22",
        "    retq",
    ]


def test_what_only_tools_want_is_left_out(made: str) -> None:
    for word in (".debug", ".cfi", ".loc", ".Lfunc_begin", ".Ltmp", ".ident", "APP"):
        assert word not in made


def test_a_listing_assembles_to_the_same_code(made: str, compile_unit: CompileUnit) -> None:
    quoted = made.replace("\\", "\\5C").replace('"', "\\22")
    module = "\n".join(f'module asm "{line}"' for line in quoted.splitlines())
    original = Elf(compile_unit("kernel", "example", TEXT).object)
    again = Elf(compile_unit("kernel", "again", module).object)
    functions = [each for each in original.symbols if each.type == SymbolType.FUNC]
    assert len(functions) == 9
    for each in functions:  # the padding between them may differ
        code = slice(each.value, each.value + each.size)
        assert again.contents(".text")[code] == original.contents(".text")[code]
