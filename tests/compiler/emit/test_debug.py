"""Debug information: what a debugger reads out of the object file."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator

from elftools.elf.elffile import ELFFile

from compiler import ir
from compiler.backend.optimise import compile_unit
from compiler.backend.target import TARGETS
from compiler.emit import emit_unit
from compiler.ir import I8, I64, PTR, REF, aggregate
from compiler.layout import layout_of
from compiler.types import (
    BOOL,
    U8,
    U32,
    U64,
    ArrayType,
    BitsType,
    CallableType,
    ClassDeclaration,
    ClassKind,
    FieldDeclaration,
    Module,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    WrappedType,
)
from tests.compiler.build_ir import DISPLAY_PATHS, Building, number, span, unit

SLICE = aggregate(PTR, I64)


def class_of(name: str, kind: ClassKind, fields: dict[str, Type]) -> NamedType:
    module = Module("sample", "/x/sample.py", "sample.py", "", ast.parse(""))
    declaration = ClassDeclaration(name, module, None, kind)
    declaration.fields = {n: FieldDeclaration(n, type, span(1)) for n, type in fields.items()}
    return NamedType(declaration)


def debugged(*functions: Building, target: str = "jit", **words) -> list:
    """Return all entries of the DWARF of the functions' object."""
    text = emit_unit(unit(*functions, **words), TARGETS[target], "checked", DISPLAY_PATHS)
    dwarf = ELFFile(io.BytesIO(compile_unit(text, TARGETS[target], "obj"))).get_dwarf_info()
    return [die for cu in dwarf.iter_CUs() for die in cu.iter_DIEs() if die.tag]


def attribute(die, name: str):
    value = die.attributes[f"DW_AT_{name}"].value
    return value.decode() if isinstance(value, bytes) else value


def named(dies: list, name: str):
    return next(d for d in dies if "DW_AT_name" in d.attributes and attribute(d, "name") == name)


def members(die) -> dict[str, int]:
    return {attribute(m, "name"): attribute(m, "data_member_location") for m in die.iter_children()}


def target_of(die):
    return die.get_DIE_from_attribute("DW_AT_type")


def lines_of(text: str, target: str) -> Iterator[tuple[str, int]]:
    elf = ELFFile(io.BytesIO(compile_unit(text, TARGETS[target], "obj")))
    for cu in elf.get_dwarf_info().iter_CUs():
        program = cu.dwarfinfo.line_program_for_CU(cu)
        files = [entry.name.decode() for entry in program["file_entry"]]
        for entry in program.get_entries():
            if entry.state:
                yield files[entry.state.file - 1], entry.state.line


def test_instructions_know_their_lines_by_display_path() -> None:
    f = Building("sample.f", [("a", I64)], I64)
    f.line = 3
    doubled = f.binary("add", f["a"], f["a"])
    f.line = 7
    f.ret(f.binary("mul", doubled, doubled))
    text = emit_unit(unit(f), TARGETS["kernel"], "release", DISPLAY_PATHS)
    assert {("sample.py", 3), ("sample.py", 7)} <= set(lines_of(text, "kernel"))
    assert "/home/somebody" not in text


def test_parameters_and_locals_have_the_types_of_the_source() -> None:
    point = class_of("Point", ClassKind.STRUCT, {"x": U32, "y": PointerType(U8)})
    f = Building("sample.Thing.f", [("a", I64), ("s", SLICE)], I64, source_name="Thing.f")
    f.function.source_signature = CallableType((U64, SliceType(U8)), U64)
    f["a"].source_type = U64
    f["s"].source_type = SliceType(U8)
    f.storage("p", 16, source_type=point, span=span(4))
    flag = f.local("flag", ir.I1, source_type=BOOL, span=span(5))
    f.set(flag, number(1, ir.I1))
    f.ret(f["a"])
    dies = debugged(f)

    function = named(dies, "Thing.f")
    assert attribute(function, "linkage_name") == "sample.Thing.f"
    children = {attribute(d, "name"): d for d in function.iter_children()}
    assert [d.tag for d in children.values()].count("DW_TAG_formal_parameter") == 2
    assert attribute(target_of(children["a"]), "name") == "u64"
    assert members(target_of(children["s"])) == {"pointer": 0, "length": 8}
    assert members(target_of(children["p"])) == {"x": 0, "y": 8}
    assert attribute(children["p"], "decl_line") == 4
    assert attribute(target_of(children["flag"]), "name") == "bool"


def test_variables_survive_optimisation() -> None:
    f = Building("sample.f", [("a", I64), ("n", PTR)], I64)
    total = f.local("total", I64, source_type=U64, span=span(2))
    f.set(total, f["a"])
    f.call("sample.g", [])
    f.line = 3
    f.set(total, f.binary("add", f.get(total), f["a"]))
    f.call("sample.g", [])
    f.ret(f.get(total))
    dies = debugged(f, target="kernel")
    assert "DW_AT_location" in named(dies, "total").attributes


def test_an_aggregate_local_is_put_together_from_its_leaves() -> None:
    f = Building("sample.f", [("s", SLICE)], I64)
    s = f.local("view", SLICE, source_type=SliceType(U8), span=span(2))
    f.set(s, f["s"])
    f.ret(f.extract(f.get(s), 1))
    location = attribute(named(debugged(f), "view"), "location")
    assert location.count(0x93) == 2  # DW_OP_piece


def test_every_kind_of_type_has_a_description() -> None:
    node = class_of("Node", ClassKind.CLASS, {"next": U64})
    node.declaration.fields["next"].type = OptionalType(node)
    flags = class_of("Flags", ClassKind.STRUCT, {"a": BitsType(U32, 3), "b": BitsType(U32, 5)})
    color = class_of("Color", ClassKind.INT_ENUM, {})
    color.declaration.representation = U8
    color.declaration.members = {"RED": 1, "BLUE": 2}
    shared = class_of("Shared", ClassKind.UNION, {"a": U32, "b": ArrayType(U8, 4)})
    types = {
        "node": node,
        "flags": flags,
        "color": color,
        "shared": shared,
        "pair": TupleType((U8, U64)),
        "maybe": OptionalType(U32),
        "table": ArrayType(U32, 5),
        "count": WrappedType("Atomic", U64),
        "call": CallableType((U8,), U8),
    }
    made = []
    for name, type in types.items():
        layout = layout_of(type)
        content = ir.Global(f"sample.{name}", layout.size, layout.align)
        content.span, content.source_type = span(1), type
        made.append(content)
    f = Building("sample.f")
    f.ret()
    dies = debugged(f, globals=made)

    of = {name: target_of(named(dies, name)) for name in types}
    assert of["node"].tag == "DW_TAG_pointer_type"
    structure = target_of(of["node"])
    assert members(structure) == {"strong": 0, "weak": 4, "type": 8, "next": 16}
    assert [attribute(m, "bit_size") for m in of["flags"].iter_children()] == [3, 5]
    values = {
        attribute(m, "name"): attribute(m, "const_value") for m in of["color"].iter_children()
    }
    assert values == {"RED": 1, "BLUE": 2}
    assert of["shared"].tag == "DW_TAG_union_type"
    assert members(of["pair"]) == {"_0": 0, "_1": 8}
    assert members(of["maybe"]) == {"is_some": 0, "value": 4}
    assert of["table"].tag == "DW_TAG_array_type"
    assert attribute(of["count"], "name") == "u64"
    assert members(of["call"]) == {"code": 0, "state": 8}


def test_code_from_another_file_keeps_its_file() -> None:
    f = Building("sample.f", [], I8)
    elsewhere = span(9)._replace(path="/home/somebody/other.py")
    f.add(ir.Fence(ir.Order.SEQ_CST, span=elsewhere))
    f.ret(number(0, I8))
    paths = DISPLAY_PATHS | {elsewhere.path: "other.py"}
    text = emit_unit(unit(f), TARGETS["kernel"], "release", paths)
    assert ("other.py", 9) in set(lines_of(text, "kernel"))


def test_source_lines_are_comments_when_wanted() -> None:
    f = Building("sample.f", [("x", REF)])
    f.line = 2
    f.ret()
    text = emit_unit(
        unit(f),
        TARGETS["kernel"],
        "release",
        DISPLAY_PATHS,
        source_line=lambda path, line: f" line {line} ",
    )
    assert "  ; 2: line 2" in text
