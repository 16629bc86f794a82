"""Each promise of the IR, broken once."""

from __future__ import annotations

from compiler import ir
from compiler.ir import I1, I32, I64, PTR, REF
from compiler.verify import verify_function, verify_unit
from tests.compiler.build_ir import Building, number, symbol, unit


def adding() -> Building:
    f = Building("add", [("a", I64), ("b", I64)], I64)
    f.ret(f.binary("add", f["a"], f["b"]))
    return f


def errors_of(f: Building) -> list[str]:
    return verify_function(f.function, {"sample": ir.FunctionType((I64,), I64, False)})


def only_error_of(f: Building) -> str:
    (error,) = errors_of(f)
    return error


def test_what_holds_is_not_reported() -> None:
    assert errors_of(adding()) == []


def test_a_block_ends_in_a_terminator() -> None:
    f = Building("f")
    f.binary("add", number(1), number(2))
    assert only_error_of(f) == "@f entry: does not end in a terminator"


def test_nothing_follows_a_terminator() -> None:
    f = adding()
    f.ret(number(0))
    assert "goes on after a terminator" in only_error_of(f)


def test_a_branch_stays_in_the_function() -> None:
    f = Building("f")
    f.branch(ir.Block("elsewhere"))
    assert "leads to elsewhere, which is not in the function" in errors_of(f)[0]


def test_operands_have_the_types_that_an_instruction_takes() -> None:
    f = Building("f", [("a", I64), ("b", I32)], I64)
    f.ret(f.add(ir.Binary(ir.Op.ADD, f["a"], f["b"], type=I64)))
    assert "binary: i64, i32 do not make i64" in only_error_of(f)


def test_a_result_has_the_type_of_the_function() -> None:
    f = Building("f", [("a", I32)], I64)
    f.ret(f["a"])
    assert "returns i32 for i64" in only_error_of(f)


def test_a_value_is_defined_on_every_way_to_its_use() -> None:
    f = Building("f", [("c", I1), ("a", I64)], I64)
    one, both = ir.Block("one"), ir.Block("both")
    f.branch_if(f["c"], one, both)
    f.at(one)
    value = f.binary("add", f["a"], number(1))
    f.branch(both)
    f.at(both)
    f.ret(value)
    assert "uses a binary that is not always there" in only_error_of(f)


def test_what_a_handled_block_defines_is_not_there_in_its_handler() -> None:
    f = Building("f", [("a", I64)], I64)
    handler = ir.Block("handler")
    f.branch(body := ir.Block("body"))
    f.at(body, on_error=handler)
    value = f.call("sample", [f["a"]], I64, may_raise=None)
    f.ret(value)
    f.at(handler)
    f.ret(value)
    assert "uses a call that is not always there" in only_error_of(f)


def test_a_handler_catches_first() -> None:
    f = Building("f", [("a", I64)], I64)
    handler = ir.Block("handler")
    f.branch(body := ir.Block("body"))
    f.at(body, on_error=handler)
    f.ret(f["a"])
    f.at(handler)
    f.binary("add", f["a"], number(1))
    f.add(ir.Caught(type=PTR))
    f.ret(f["a"])
    assert "catches after something else" in only_error_of(f)


def test_a_call_agrees_with_the_function() -> None:
    f = Building("f", [("a", I32)], I64)
    f.ret(f.call("sample", [f["a"]], I64))
    assert "calls @sample as something else" in only_error_of(f)


def test_storage_is_reached_by_address_only() -> None:
    f = Building("f")
    local = f.storage("local", 8)
    f.set(local, symbol("sample"))
    f.ret()
    assert "reaches local in the wrong way" in only_error_of(f)


def test_a_reference_is_no_pointer() -> None:
    f = Building("f", [("a", PTR)])
    local = f.local("local", REF)
    f.set(local, f["a"])
    f.ret()
    assert "setlocal: ptr do not make void" in only_error_of(f)


def test_a_symbol_is_defined_once() -> None:
    assert verify_unit(unit(adding(), adding())) == ["@add: defined twice"]


def test_content_fills_a_global() -> None:
    table = ir.Global("table", 8, 8, [bytes(4)])
    assert verify_unit(unit(globals=[table])) == ["@table: 4 bytes of content in 8"]
