"""Lines: the table of functions and source lines that an image carries for its own tracebacks.

The image is linked once with an empty table; the table is made from the symbols and the debug
information of that link, and goes in with a second one. It is the image's last section
(`script.py`), so nothing else moves. Code finds it between `__symbols_start` and `__symbols_end`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from compiler.backend import dwarf, exports
from compiler.backend.data_object import data_object
from compiler.backend.dwarf import InlinedCall
from compiler.backend.elf import Elf, SectionFlag, SymbolType
from compiler.backend.link import LinkInput, link, write_objects
from compiler.backend.pe import IMAGE_SCN_CNT_CODE, Pe
from compiler.backend.symbols import Function, Row, Scope, SourceText, Symbols, encode
from compiler.backend.target import ObjectFormat, Target


def link_with_symbols(
    target: Target,
    objects: Sequence[LinkInput],
    output: Path,
    *,
    entry: str | None = None,
    source_text: SourceText | None = None,
    versions: Mapping[str, int] | None = None,
) -> Symbols:
    """Link an image that carries its symbol table; return the table.

    source_text: puts the text of the source lines into the table, too. versions: of its declarations, with which
    it carries the table of what it exports (`exports.py`).

    Raises:
        LinkFailure: the objects do not make an image.
    """
    with tempfile.TemporaryDirectory(prefix="link-") as directory:
        objects = write_objects(objects, Path(directory))
        link(target, [*objects, _table(target, Symbols())], output, entry=entry)
        first = output.read_bytes()
        symbols = collect(target, first)
        if source_text is not None:
            symbols.add_texts(source_text)
        tables = [_table(target, symbols)]
        if versions is not None:
            table = exports.encode(versions, exports.offsets_of(Elf(first)))
            tables.append(
                LinkInput("exports", data_object(target.format, exports.SECTION, table, {}))
            )
        link(target, [*objects, *tables], output, entry=entry)

    if _code(target, first) != _code(target, output.read_bytes()):
        raise AssertionError(f"{output.name}: the second link moved the code")
    return symbols


def collect(target: Target, image: bytes) -> Symbols:
    """Read functions, lines and inlined calls out of an image with debug information."""
    if target.format == ObjectFormat.COFF:
        pe = Pe(image)
        return _symbols(pe.base, _functions_of_pe(pe), pe.contents)
    elf = Elf(image)
    if elf.is_relocatable:
        text = elf.section_index(".text") or 0
        elf = elf.relocated()
        return _symbols(elf.sections[text].address, _functions_of_elf(elf, text), elf.contents)
    start = next((each.value for each in elf.symbols if each.name == "__image_start"), 0)
    return _symbols(start, _functions_of_elf(elf, None), elf.contents)


def _table(target: Target, symbols: Symbols) -> LinkInput:
    data = encode(symbols)
    bounds = {"__symbols_start": 0, "__symbols_end": len(data)}
    return LinkInput("symbols", data_object(target.format, ".symbols", data, bounds))


def _symbols(base: int, functions: Iterable[Function], contents: dwarf.Contents) -> Symbols:
    """Make the table of an image that starts at `base` from absolute addresses."""
    information = dwarf.read(contents)
    found = sorted(functions, key=lambda each: each.start)
    symbols = Symbols([Function(each.start - base, each.size, each.name) for each in found])
    line_at = _line_changes(information.lines, {each.start for each in found})
    scope_at = _scope_changes(information.inlined, symbols.scopes)

    last = ("", 0, 0)
    file, line, scope = last
    for address in sorted(line_at.keys() | scope_at.keys()):
        file, line = line_at.get(address, (file, line))
        scope = scope_at.get(address, scope)
        if (file, line, scope) != last:
            last = (file, line, scope)
            symbols.rows.append(Row(address - base, *last))
    return symbols


def _line_changes(
    lines: Iterable[tuple[int, str, int]], function_starts: set[int]
) -> dict[int, tuple[str, int]]:
    """Return the line that begins at each address, ("", 0) where none does.

    What the compiler added inside a function has line 0 and counts as part of the line before.
    """
    changes: dict[int, tuple[str, int]] = {}
    for address, file, line in lines:
        if line:
            changes[address] = (file, line)
        elif not file or address in function_starts:
            changes[address] = ("", 0)
    return changes


def _scope_changes(calls: Iterable[InlinedCall], scopes: list[Scope]) -> dict[int, int]:
    """Return the addresses at which the innermost inlined call changes, and to which scope.

    The stretches of calls nest, and of two equal ones the outer call comes first, so a stack that
    is swept along the addresses holds the calls around each address. Appends to `scopes`.
    """
    numbers: dict[Scope, int] = {}
    changes: dict[int, int] = {}
    open_calls: list[tuple[int, int]] = []  # end, scope

    def close_up_to(address: int) -> None:
        while open_calls and open_calls[-1][0] <= address:
            end, _ = open_calls.pop()
            changes[end] = open_calls[-1][1] if open_calls else 0

    for call in sorted(calls, key=lambda call: (call.start, -call.end)):
        close_up_to(call.start)
        parent = open_calls[-1][1] if open_calls else 0
        scope = Scope(call.function, call.call_file, call.call_line, parent)
        if scope not in numbers:
            numbers[scope] = len(scopes)
            scopes.append(scope)
        changes[call.start] = numbers[scope]
        open_calls.append((call.end, numbers[scope]))
    close_up_to(1 << 64)
    return changes


def _functions_of_elf(elf: Elf, section: int | None) -> Iterable[Function]:
    """Return the functions of an image, or of one section of a relocatable file."""
    known: dict[int, Function] = {}
    for each in elf.symbols:
        if each.type != SymbolType.FUNC or not each.section or each.name.startswith(".L"):
            continue
        if section is None or each.section == section:
            known.setdefault(each.value, Function(each.value, each.size, each.name))
    return known.values()


def _functions_of_pe(pe: Pe) -> Iterable[Function]:
    """Return the functions of a PE image, each up to the next, since COFF knows no sizes."""
    for number, section in enumerate(pe.sections, 1):
        if section.flags & IMAGE_SCN_CNT_CODE:
            names = {
                each.address: each.name
                for each in pe.symbols
                if each.section == number and each.is_function
            }
            starts = sorted(names)
            for start, end in zip(
                starts, [*starts[1:], section.address + section.size], strict=True
            ):
                yield Function(start, end - start, names[start])


def _code(target: Target, image: bytes) -> list[tuple[str, int, int]]:
    """Return name, address and size of each section that holds instructions."""
    if target.format == ObjectFormat.COFF:
        return [
            (each.name, each.address, each.size)
            for each in Pe(image).sections
            if each.flags & IMAGE_SCN_CNT_CODE
        ]
    return [
        (each.name, each.address, each.size)
        for each in Elf(image).sections
        if each.flags & SectionFlag.EXECINSTR
    ]
