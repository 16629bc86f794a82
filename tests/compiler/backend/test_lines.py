"""The table in an image leads from any address to the lines and calls that it stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.backend import lines, symbols
from compiler.backend.elf import Elf
from compiler.backend.frames import Frame
from compiler.backend.symbols import Symbols
from compiler.backend.target import TARGETS
from tests.compiler.backend.conftest import CompileUnit
from tests.compiler.backend.programs import INLINING, debug_unit

FILE = "kernel/example.py"
IMAGES = ["kernel", "module", "program", "uefi", "host"]


def text_of(file: str, line: int) -> str:
    return f"source of {file}:{line}"


@pytest.fixture(scope="module")
def linked(
    compile_unit: CompileUnit, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[bytes, Symbols]]:
    """The example as every kind of image, with its table."""
    directory = tmp_path_factory.mktemp("images")
    made = {}
    for target in IMAGES:
        unit = compile_unit(target, "kernel.example", INLINING + debug_unit(FILE))
        output = directory / target
        table = lines.link_with_symbols(TARGETS[target], [unit], output, source_text=text_of)
        made[target] = (output.read_bytes(), table)
    return made


@pytest.mark.parametrize("target", IMAGES)
def test_an_address_stands_for_its_line_and_the_calls_inlined_around_it(
    target: str, linked: dict[str, tuple[bytes, Symbols]]
) -> None:
    _, table = linked[target]
    outer = next(each for each in table.functions if each.name == "kernel.example.outer")
    chains = [table.frames_at(outer.start + at) for at in range(outer.size)]
    assert [
        Frame("kernel.example.inner", FILE, 3),
        Frame("kernel.example.middle", FILE, 11),
        Frame("kernel.example.outer", FILE, 21),
    ] in chains
    assert chains[-1][-1].function == "kernel.example.outer"


@pytest.mark.parametrize("target", IMAGES)
def test_the_image_holds_the_table(target: str, linked: dict[str, tuple[bytes, Symbols]]) -> None:
    image, table = linked[target]
    assert symbols.encode(table) in image


def test_the_table_reads_back(linked: dict[str, tuple[bytes, Symbols]]) -> None:
    _, table = linked["kernel"]
    assert symbols.decode(symbols.encode(table)) == table


def test_the_table_knows_the_text_of_its_lines(linked: dict[str, tuple[bytes, Symbols]]) -> None:
    _, table = linked["kernel"]
    assert table.texts[FILE, 21] == text_of(FILE, 21)
    assert table.texts[FILE, 3] == text_of(FILE, 3)


def test_addresses_outside_functions_stand_for_nothing(
    linked: dict[str, tuple[bytes, Symbols]],
) -> None:
    _, table = linked["kernel"]
    last = max(each.start + each.size for each in table.functions)
    assert table.frames_at(0) == []
    assert table.frames_at(last) == []


def test_a_function_without_debug_information_has_only_its_name(
    linked: dict[str, tuple[bytes, Symbols]],
) -> None:
    _, table = linked["kernel"]
    entry = next(each for each in table.functions if each.name == "pvh_entry")
    assert table.frames_at(entry.start) == [Frame("pvh_entry")]


def test_code_finds_the_table_by_symbols_around_it(
    linked: dict[str, tuple[bytes, Symbols]],
) -> None:
    image, table = linked["kernel"]
    elf = Elf(image)
    bounds = {each.name: each.value for each in elf.symbols if each.name.startswith("__symbols")}
    section = elf.section(".symbols")
    assert bounds["__symbols_start"] == section.address
    assert bounds["__symbols_end"] - section.address == len(symbols.encode(table))


def test_the_table_is_the_same_in_every_directory(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    unit = compile_unit("kernel", "kernel.example", INLINING + debug_unit(FILE))
    outputs = [tmp_path / "a" / "image", tmp_path / "b" / "c" / "image"]
    for output in outputs:
        lines.link_with_symbols(TARGETS["kernel"], [unit], output, source_text=text_of)
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


def shared_function(user: str) -> str:
    """Return a unit with a function that every unit has, long enough to reach any address."""
    nops = "\n".join('call void asm sideeffect "nop", ""(), !dbg !9' for _ in range(5000))
    return f"""
        $shared = comdat any
        define linkonce_odr dso_local void @shared() comdat !dbg !8 {{
          {nops}
          ret void, !dbg !9
        }}
        define dso_local void @{user}() !dbg !10 {{
          call void @shared(), !dbg !11
          ret void, !dbg !11
        }}
        !8 = distinct !DISubprogram(name: "shared", file: !3, line: 1, scopeLine: 1, type: !4,
                unit: !0, spFlags: DISPFlagDefinition)
        !9 = !DILocation(line: 2, scope: !8)
        !10 = distinct !DISubprogram(name: "{user}", file: !3, line: 5, scopeLine: 5, type: !4,
                unit: !0, spFlags: DISPFlagDefinition)
        !11 = !DILocation(line: 6, scope: !10)
        {debug_unit(f"{user}.py")}
    """


def test_lines_of_functions_that_the_linker_dropped_are_left_out(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    units = [compile_unit("program", user, shared_function(user)) for user in ("_start", "other")]
    table = lines.link_with_symbols(TARGETS["program"], units, tmp_path / "program")
    for each in table.functions:
        file = "other.py" if each.name == "other" else "_start.py"
        named = {
            frame.file for at in range(each.size) for frame in table.frames_at(each.start + at)
        }
        assert named == {file}
    assert min(row.start for row in table.rows) >= min(each.start for each in table.functions)


def test_debug_information_of_other_versions_is_passed_over(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    foreign = shared_function("other").replace('!"Dwarf Version", i32 4', '!"Dwarf Version", i32 5')
    units = [
        compile_unit("host", "a", INLINING + debug_unit(FILE)),
        compile_unit("host", "b", foreign),
    ]
    table = lines.link_with_symbols(TARGETS["host"], units, tmp_path / "host")
    functions = {each.name: each for each in table.functions}
    assert table.frames_at(functions["other"].start) == [Frame("other")]
    assert table.frames_at(functions["_start"].start)[-1].file == FILE


def test_a_position_that_does_not_fit_is_refused() -> None:
    far = Symbols(rows=[symbols.Row(0, "long.py", 1 << 20, 0)])
    with pytest.raises(ValueError, match="long.py:1048576 is too far"):
        symbols.encode(far)
