"""Objects load into this process, find what they import, and share nothing by accident."""

from __future__ import annotations

import ctypes

import pytest

from compiler.backend import jit
from compiler.backend.jit import Import, JITLibrary
from compiler.backend.link import LinkFailure, LinkInput
from tests.compiler.backend.conftest import CompileUnit

COUNTER = """
    @count = dso_local global i64 10
    define dso_local i64 @next() {
        %a = load i64, ptr @count
        %b = add i64 %a, 1
        store i64 %b, ptr @count
        ret i64 %b
    }
"""
CALLER = """
    declare dso_local i64 @answer(i64)
    define dso_local i64 @ask(i64 %a) { %b = call i64 @answer(i64 %a) ret i64 %b }
"""
ANSWER = "define dso_local i64 @answer(i64 %a) { ret i64 1 }"
SYSTEM_CALLS = """
    declare dso_local i32 @getpid()
    define dso_local i32 @process() { %a = call i32 @getpid() ret i32 %a }
"""


@pytest.fixture
def compile_text(compile_unit: CompileUnit) -> jit.CompileText:
    return lambda unit, text: compile_unit("jit", unit, text)


def function(library: JITLibrary, name: str) -> ctypes._CFuncPtr:
    return ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(library.address(name))


def test_units_call_each_other(compile_text: jit.CompileText) -> None:
    objects = [compile_text("caller", CALLER), compile_text("answer", ANSWER)]
    assert function(jit.load(objects, {}, compile_text), "ask")(0) == 1


def test_each_load_has_variables_of_its_own(compile_text: jit.CompileText) -> None:
    objects = [compile_text("counter", COUNTER)]
    image = jit.link_library(objects, [], compile_text)
    first, second = JITLibrary(image, {}), JITLibrary(image, {})
    assert [function(first, "next")(0) for _ in range(3)] == [11, 12, 13]
    assert function(second, "next")(0) == 11


def test_variables_can_be_reached(compile_text: jit.CompileText) -> None:
    library = jit.load([compile_text("counter", COUNTER)], {}, compile_text)
    function(library, "next")(0)
    assert ctypes.c_int64.from_address(library.address("count")).value == 11


def test_code_calls_a_native_function_of_this_process(compile_text: jit.CompileText) -> None:
    libc = ctypes.CDLL(None)
    address = ctypes.cast(libc.getpid, ctypes.c_void_p).value
    imports = {"getpid": Import(address)}
    library = jit.load([compile_text("calls", SYSTEM_CALLS)], imports, compile_text)
    assert function(library, "process")(0) == libc.getpid()


def test_an_import_replaces_what_another_unit_defines(compile_text: jit.CompileText) -> None:
    callback = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(lambda a: a * 2)
    imports = {"answer": Import(ctypes.cast(callback, ctypes.c_void_p).value, owner=callback)}
    objects = [compile_text("caller", CALLER), compile_text("answer", ANSWER)]
    assert function(jit.load(objects, imports, compile_text), "ask")(21) == 42


def test_a_symbol_that_nobody_gives_is_named(compile_text: jit.CompileText) -> None:
    with pytest.raises(
        LinkFailure, match="nothing defines answer, which is needed by ask in caller"
    ):
        jit.load([compile_text("caller", CALLER)], {}, compile_text)


def test_an_unknown_name_is_a_lookup_error(compile_text: jit.CompileText) -> None:
    library = jit.load([compile_text("counter", COUNTER)], {}, compile_text)
    with pytest.raises(LookupError, match="exports no 'missing'"):
        library.address("missing")


def test_thread_local_variables_and_odd_names_load(compile_text: jit.CompileText) -> None:
    text = """
        @local = thread_local(initialexec) global i64 5
        @"a.B:type" = dso_local constant i64 7
        define dso_local i64 @sum() {
            %a = load i64, ptr @local
            %b = load i64, ptr @"a.B:type"
            %c = add i64 %a, %b
            ret i64 %c
        }
    """
    library = jit.load([LinkInput("odd", compile_text("odd", text).object)], {}, compile_text)
    assert function(library, "sum")(0) == 12
    assert library.address("a.B:type")
