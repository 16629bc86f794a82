"""Raise: calls that may raise are followed by a test, and exceptions find their way."""

from __future__ import annotations

from textwrap import dedent

from llvmlite import binding as llvm

from compiler import ir
from compiler.backend.target import TARGETS
from compiler.effects.solve import Facts
from compiler.emit import emit_unit
from compiler.ir import I1, I64, PTR, REF
from compiler.ir_text import function_text
from compiler.raising import raise_unit
from tests.compiler.build_ir import DISPLAY_PATHS, Building, number, unit


def raised(
    f: Building, *, raising: tuple[str, ...] = (), target: str = "kernel", build: str = "release"
) -> str:
    """Return the raised function as text; LLVM has verified what becomes of it."""
    made = unit(f)
    raise_unit(made, Facts(frozenset(raising), frozenset()), TARGETS[target], build)
    text = emit_unit(made, TARGETS[target], build, DISPLAY_PATHS)
    llvm.parse_assembly(text, llvm.create_context()).verify()
    return function_text(f.function)


def is_text(text: str, expected: str) -> bool:
    assert dedent(text.lstrip("\n")).strip() == dedent(expected).strip()
    return True


def calling(may_raise: bool | None = None) -> Building:
    f = Building("sample.f", [], I64, may_raise=may_raise)
    f.ret(f.call("sample.g", [], I64, may_raise=None))
    return f


def test_a_call_that_raises_nothing_gets_no_test() -> None:
    assert is_text(
        raised(calling()),
        """
        function @sample.f() -> i64
        entry:
            %0 = call @sample.g(): i64
            return %0
        """,
    )


def test_a_call_that_may_raise_ends_its_block() -> None:
    assert is_text(
        raised(calling(), raising=("sample.f", "sample.g")),
        """
        function @sample.f() -> i64 raises
          local raise.class: ptr
        entry:
            %0 = call @sample.g(): i64 raises
            branchonerror %0 entry.1 error
        entry.1:
            return %0
        error:
            %1 = callerror %0: ptr
            setlocal raise.class %1
            branch raise
        raise:
            %2 = getlocal raise.class: ptr
            returnerror %2 0
        """,
    )


def test_programs_pass_the_exception_object_on_and_checked_builds_trace() -> None:
    text = raised(calling(), raising=("sample.f", "sample.g"), target="program", build="checked")
    assert is_text(
        text.split("error:")[1],
        """
            trace
            %1 = callerror %0: ptr
            %2 = callerrorobject %0: ref
            setlocal raise.class %1
            setlocal raise.object %2
            branch raise
        raise:
            %3 = getlocal raise.class: ptr
            %4 = getlocal raise.object: ref
            returnerror %3 %4
        """,
    )


def test_an_exception_goes_to_the_handler_of_its_block() -> None:
    f = Building("sample.f")
    handler, done = ir.Block("handler"), ir.Block("done")
    f.block.on_error = handler
    f.call("sample.g", may_raise=None)
    f.branch(done)
    f.at(handler)
    f.call("sample.log", [f.add(ir.Caught(type=PTR))])
    f.branch(done)
    f.at(done)
    f.ret()
    assert is_text(
        raised(f, raising=("sample.g",)),
        """
        function @sample.f() -> void
          local handler.class: ptr
        entry:
            %0 = call @sample.g(): void raises
            branchonerror %0 entry.1 error
        entry.1:
            branch done
        handler:
            %1 = getlocal handler.class: ptr
            call @sample.log(%1)
            branch done
        done:
            return
        error:
            %2 = callerror %0: ptr
            setlocal handler.class %2
            branch handler
        """,
    )


def test_a_handler_that_nothing_reaches_is_removed() -> None:
    f = Building("sample.f")
    handler = ir.Block("handler")
    f.block.on_error = handler
    f.call("sample.g", may_raise=None)
    f.ret()
    f.at(handler)
    caught = f.add(ir.Caught(type=PTR))
    f.raise_(caught)
    assert "handler" not in raised(f)


def test_raise_leaves_by_the_block_that_all_share() -> None:
    f = Building("sample.f", [("x", I1)], may_raise=None)
    first, second = ir.Block("first"), ir.Block("second")
    f.branch_if(f["x"], first, second)
    f.at(first)
    f.raise_("builtins.KeyError:type")
    f.at(second)
    f.raise_("builtins.ValueError:type")
    text = raised(f, raising=("sample.f",), build="checked")
    assert text.count("returnerror") == 1
    assert text.count("trace starts") == 2


def test_what_is_raised_again_keeps_its_trace_and_adds_no_place() -> None:
    f = Building("sample.f", may_raise=True)
    handler = ir.Block("handler")
    f.block.on_error = handler
    f.call("sample.g", may_raise=True)
    f.ret()
    f.at(handler)
    f.raise_(f.add(ir.Caught(type=PTR)), f.add(ir.CaughtObject(type=REF)))
    text = raised(f, target="program", build="checked")
    assert "trace starts" not in text
    assert text.count("trace") == 1
    assert "setlocal raise.object" in text


def test_a_path_that_raises_out_of_what_cannot_raise_is_a_trap() -> None:
    f = Building("sample.f", may_raise=False)
    f.call("sample.g", may_raise=True)
    f.ret()
    assert is_text(
        raised(f).split("error:")[1],
        """
            %1 = callerror %0: ptr
            %2 = convert ptrtoint %1: i64
            check 0 UNCAUGHT [%2]
            unreachable
        """,
    )


def test_no_memory_is_an_exception_and_a_new_object_gets_its_header() -> None:
    f = Building("sample.f", [], REF, may_raise=True)
    f.ret(f.new("sample.Thing:type", 32))
    assert is_text(
        raised(f),
        """
        function @sample.f() -> ref raises
          local raise.class: ptr
        entry:
            %0 = new sample.Thing:type 32: ref
            branchonerror %0 entry.1 error
        entry.1:
            %1 = offset %0 0: ptr
            store %1 1 initialises
            %2 = offset %0 4: ptr
            store %2 1 initialises
            %3 = offset %0 8: ptr
            store %3 @sample.Thing:type initialises
            return %0
        error:
            setlocal raise.class @builtins.MemoryError:type
            branch raise
        raise:
            %4 = getlocal raise.class: ptr
            returnerror %4 0
        """,
    )


def test_a_failed_check_traps_in_the_kernel_and_raises_in_a_program() -> None:
    def dividing() -> Building:
        f = Building("sample.f", [("x", I64)], I64, may_raise=True)
        f.check(f.compare("ne", f["x"], number(0)), "DIVISION")
        f.ret(f.binary("udiv", number(100), f["x"]))
        return f

    assert "check %0 DIVISION" in raised(dividing())
    program = raised(dividing(), target="program")
    assert "branchif %0 entry.1 error likely" in program
    assert "setlocal raise.class @builtins.ZeroDivisionError:type" in program


def test_an_indirect_call_may_raise_unless_its_type_says_otherwise() -> None:
    f = Building("sample.f", [("code", PTR)], may_raise=True)
    f.call(f["code"], may_raise=None)
    f.call(f["code"], may_raise=False)
    f.ret()
    assert raised(f).count("branchonerror") == 1
