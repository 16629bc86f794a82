"""Nothing that target code does ends this process: it all comes back as exceptions."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from compiler.backend import failures
from compiler.backend.failures import NativeFailure
from compiler.backend.frames import Frame
from compiler.backend.guard import Guard
from compiler.backend.jit import JITLibrary
from compiler.trap import TrapKind
from tests.compiler.backend.conftest import CompileUnit
from tests.compiler.backend.programs import source

ADD = """
    %a = load i64, ptr %arguments
    %p = getelementptr i64, ptr %arguments, i64 1
    %b = load i64, ptr %p
    %c = add i64 %a, %b
    store i64 %c, ptr %results
    ret void
"""
READ = """
    %p = load ptr, ptr %arguments
    %a = load volatile i64, ptr %p
    store i64 %a, ptr %results
    ret void
"""
JUMP = """
    %p = load ptr, ptr %arguments
    call void %p()
    ret void
"""
DIVIDE = """
    %a = load i64, ptr %arguments
    %b = sdiv i64 100, %a
    store i64 %b, ptr %results
    ret void
"""
RECURSE = """
    call void @recurse.thunk(ptr %arguments, ptr %results)
    store i64 1, ptr %results
    ret void
"""
LOOP = """
    br label %again
    again:
    br label %again
"""
ASK_PYTHON = """
    %a = load i64, ptr %arguments
    %b = call i64 @python(i64 %a)
    store i64 %b, ptr %results
    ret void
"""
SMASH = """
    call void asm sideeffect "movl $$0x1000, %esp; movl $$0x1008, %ebp; ud2", "~{memory}"()
    ret void
"""
LOCATION = """
    @file = private constant [11 x i8] c"example.py\\00"
    @function = private constant [10 x i8] c"pick.item\\00"
    @location = private constant { ptr, ptr, i32, i32 }
        { ptr @file, ptr @function, i32 7, i32 4 }
"""


@pytest.fixture(scope="module")
def compile_thunk(guard: Guard, compile_unit: CompileUnit) -> object:
    """Load a unit of one thunk and return a function that calls it."""
    loaded: dict[str, JITLibrary] = {}

    def compile_thunk(name: str, body: str, extra: str = "", **imports: object) -> object:
        text = source(name, body, line=7) + extra
        library = guard.load([compile_unit("jit", name, text)], imports)
        loaded[name] = library
        address = library.address(f"{name}.thunk")
        return lambda *arguments: guard.call(address, arguments)[0]

    return compile_thunk


def instruction(name: str) -> str:
    return f'call void asm sideeffect "{name}", ""()\nret void'


def test_a_function_is_called_with_words_and_gives_words(compile_thunk) -> None:
    add = compile_thunk("add", ADD)
    assert add(3, 4) == 7
    assert add(1, -2) == (1 << 64) - 1


@pytest.mark.parametrize("kind", TrapKind)
def test_a_failed_check_is_pythons_exception(compile_thunk, kind: TrapKind) -> None:
    body = f"call void @__pw_trap(i32 {int(kind)}, ptr @location, i64 7, i64 3)\nunreachable"
    declaration = "declare dso_local void @__pw_trap(i32, ptr, i64, i64) cold noreturn"
    fail = compile_thunk("fail", body, LOCATION + declaration)
    with pytest.raises(failures.FailedCheck) as failure:
        fail()
    error = failure.value
    assert kind.exception in {each.__name__ for each in type(error).__mro__}
    assert error.kind is kind
    assert error.message == kind.message.format(a=7, b=3, text="")
    assert error.frames[-1].file == "example.py"
    assert error.frames[-1].line == 7


def test_an_exception_that_nobody_may_raise_is_named(compile_thunk) -> None:
    declarations = """
        @name = private constant [12 x i8] c"ValueError\\00\\00"
        @type_info = private global { i64, ptr, ptr, ptr } { i64 0, ptr null, ptr null, ptr @name }
        declare dso_local void @__pw_trap(i32, ptr, i64, i64) cold noreturn
    """
    body = f"""
        %a = ptrtoint ptr @type_info to i64
        call void @__pw_trap(i32 {int(TrapKind.UNCAUGHT)}, ptr @location, i64 %a, i64 0)
        unreachable
    """
    with pytest.raises(failures.FailedCheck, match="must not raise: ValueError"):
        compile_thunk("leak", body, LOCATION + declarations)()


def test_the_thunk_is_no_frame_of_the_traceback(compile_thunk) -> None:
    extra = """
        define dso_local void @pick(ptr %arguments) noinline #0 !dbg !11 {
          %p = load ptr, ptr %arguments, !dbg !12
          %a = load volatile i64, ptr %p, !dbg !12
          ret void, !dbg !12
        }
        !11 = distinct !DISubprogram(name: "pick", file: !3, line: 20, scopeLine: 20, type: !4,
                unit: !0, spFlags: DISPFlagDefinition)
        !12 = !DILocation(line: 21, scope: !11)
    """
    body = "call void @pick(ptr %arguments)\nret void"
    with pytest.raises(failures.WildPointer) as failure:
        compile_thunk("call", body, extra)(0)
    assert failure.value.frames == (Frame("pick", "example.py", 21),)


def test_a_failure_shows_file_line_function_and_source(
    compile_thunk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "example.py").write_text("#\n" * 6 + "    value = items[index]\n")
    monkeypatch.syspath_prepend(tmp_path)
    read = compile_thunk("read", READ)
    with pytest.raises(failures.WildPointer) as failure:
        read(0x10)
    assert str(failure.value).splitlines() == [
        "no access to address 0x10",
        "Target traceback (most recent call last):",
        '  File "example.py", line 7, in read.thunk',
        "    value = items[index]",
    ]


@pytest.mark.parametrize(
    ("body", "argument", "expected"),
    [
        (READ, 0, failures.WildPointer),
        (READ, 0xDEAD_0000_0000_0000, failures.WildPointer),
        (JUMP, 0, failures.WildPointer),
        (JUMP, 0x1234_5678, failures.WildPointer),
        (DIVIDE, 0, failures.ArithmeticFault),
        (instruction("ud2"), 0, failures.IllegalInstruction),
        (instruction("int3"), 0, failures.Breakpoint),
        (instruction("hlt"), 0, failures.WildPointer),
        (SMASH, 0, failures.IllegalInstruction),
    ],
)
def test_what_the_processor_refuses_is_an_exception(
    compile_thunk, body: str, argument: int, expected: type[NativeFailure]
) -> None:
    crash = compile_thunk("crash", body)
    with pytest.raises(expected):
        crash(argument)
    assert compile_thunk("add", ADD)(1, 2) == 3


def test_a_wild_call_shows_its_caller(compile_thunk) -> None:
    with pytest.raises(failures.WildPointer) as failure:
        compile_thunk("jump", JUMP)(0)
    assert failure.value.frames == (Frame("jump.thunk", "example.py", 7),)


def test_a_used_up_stack_is_a_recursion_error(compile_thunk) -> None:
    recurse = compile_thunk("recurse", RECURSE)
    for _ in range(3):
        with pytest.raises(RecursionError, match="the stack is used up") as failure:
            recurse()
        assert isinstance(failure.value, failures.StackOverflow)
    assert "[the same frame 6" in str(failure.value)


def test_an_endless_loop_ends_at_the_time_limit(
    compile_thunk, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "time_limit_s", 0.05)
    loop = compile_thunk("loop", LOOP)
    for _ in range(2):
        with pytest.raises(failures.TimeLimitExceeded) as failure:
            loop()
        assert failure.value.frames[-1] == Frame("loop.thunk", "example.py", 7)


def test_the_time_limit_waits_for_python_to_return(
    compile_thunk, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished = []

    def busy(_: int) -> int:
        end = time.thread_time() + 0.2
        while time.thread_time() < end:
            pass
        finished.append(True)
        return 0

    monkeypatch.setattr(guard, "time_limit_s", 0.05)
    declaration = "declare dso_local i64 @python(i64)"
    ask = compile_thunk(
        "ask", ASK_PYTHON, declaration, python=guard.callback(busy, [ctypes.c_uint64])
    )
    with pytest.raises(failures.TimeLimitExceeded):
        ask(1)
    assert finished == [True]


def test_python_and_target_code_call_each_other(compile_thunk, guard: Guard) -> None:
    add = compile_thunk("add", ADD)

    def answer(depth: int) -> int:
        return add(ask(depth - 1), 10) if depth else 5

    declaration = "declare dso_local i64 @python(i64)"
    python = guard.callback(answer, [ctypes.c_uint64])
    ask = compile_thunk("ask", ASK_PYTHON, declaration, python=python)
    assert ask(4) == 45


def test_an_exception_in_python_reaches_the_caller_of_the_target_code(
    compile_thunk, guard: Guard
) -> None:
    def answer(depth: int) -> int:
        if depth:
            return ask(depth - 1)
        raise KeyError("deep down")

    python = guard.callback(answer, [ctypes.c_uint64])
    ask = compile_thunk("ask", ASK_PYTHON, "declare dso_local i64 @python(i64)", python=python)
    with pytest.raises(KeyError, match="deep down"):
        ask(5)


def test_a_failure_inside_is_caught_in_python_and_the_outer_call_goes_on(
    compile_thunk, guard: Guard
) -> None:
    read = compile_thunk("read", READ)

    def answer(address: int) -> int:
        with pytest.raises(failures.WildPointer):
            read(address)
        return 99

    python = guard.callback(answer, [ctypes.c_uint64])
    ask = compile_thunk("ask", ASK_PYTHON, "declare dso_local i64 @python(i64)", python=python)
    assert ask(0) == 99


def test_threads_fail_on_their_own(compile_thunk) -> None:
    recurse, add = compile_thunk("recurse", RECURSE), compile_thunk("add", ADD)
    outcomes: list[object] = []

    def work() -> None:
        for _ in range(5):
            try:
                recurse()
            except failures.StackOverflow:
                outcomes.append(add(1, 1))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [2] * 20


def test_threads_that_have_ended_leave_no_memory_behind(compile_thunk) -> None:
    add = compile_thunk("add", ADD)

    def mappings() -> int:
        return len(Path("/proc/self/maps").read_text().splitlines())

    def live() -> None:
        thread = threading.Thread(target=add, args=(1, 1))
        thread.start()
        thread.join()

    live()
    before = mappings()
    for _ in range(50):
        live()
    assert mappings() < before + 10


def test_the_way_of_an_exception_is_kept_from_its_raise(guard: Guard, compile_thunk) -> None:
    body = """
        call void @__pw_trace(ptr @location)
        call void @__pw_trace(ptr null)
        call void @__pw_trace(ptr @location)
        call void @__pw_trace(ptr @location)
        ret void
    """
    compile_thunk("pass_on", body, LOCATION + "declare dso_local void @__pw_trace(ptr)")()
    assert guard.trace() == [Frame("pick.item", "example.py", 7)] * 2


def test_a_child_of_fork_can_be_limited_too(compile_thunk, guard: Guard) -> None:
    loop = compile_thunk("loop", LOOP)
    child = os.fork()
    if child == 0:
        guard.time_limit_s = 0.05
        try:
            loop()
        except failures.TimeLimitExceeded:
            os._exit(42)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 42


OTHERS_FAULT = """
import ctypes, faulthandler
faulthandler.enable()
from compiler.backend.guard import Guard
from compiler.backend.link import LinkInput
from compiler.backend.pool import BackendPool
from compiler.backend.target import TARGETS
with BackendPool(1) as pool:
    def compile_text(unit, text):
        return LinkInput(unit, pool.submit(unit, text, TARGETS["jit"], "checked", "obj").result())
    Guard.of_process(compile_text)
ctypes.string_at(0)
"""


def test_a_fault_of_somebody_else_still_reaches_faulthandler(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OTHERS_FAULT],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -11
    assert "Fatal Python error: Segmentation fault" in done.stderr
    assert "string_at" in done.stderr


def test_a_python_function_takes_at_most_six_arguments(guard: Guard) -> None:
    with pytest.raises(ValueError, match="at most six"):
        guard.callback(lambda *arguments: 0, [ctypes.c_uint64] * 7)
