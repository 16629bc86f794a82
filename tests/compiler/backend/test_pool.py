"""Whatever a unit does to LLVM, the pool answers, and goes on."""

from __future__ import annotations

import os
import signal
import time

import pytest

from compiler.backend.pool import BackendFailure, BackendPool
from compiler.backend.target import TARGETS

KERNEL = TARGETS["kernel"]
GOOD = "define dso_local i64 @good(i64 %a) { %b = add i64 %a, 1 ret i64 %b }"
BAD_ASSEMBLY = 'define void @bad() { call void asm sideeffect "frobnicate %rax", ""() ret void }'
BAD_CONSTRAINT = 'define void @bad(i64 %a) { call void asm "", "{nowhere}"(i64 %a) ret void }'
BAD_MODULE_ASSEMBLY = 'module asm "frobnicate"'
BAD_SYNTAX = "define i64 @bad() { ret i32 0 }"


def slow(functions: int) -> str:
    """Text that keeps LLVM busy for seconds: wide division, unrolled by hand."""
    step = "define i64 @slow{n}(i2048 %a, i2048 %b) {{ {body} %z = trunc i2048 %x9 to i64 ret i64 %z }}"
    body = " ".join(
        f"%x{i} = sdiv i2048 {f'%x{i - 1}' if i else '%a'}, {'%b' if i % 2 else '%a'}"
        for i in range(10)
    )
    return "\n".join(step.format(n=n, body=body) for n in range(functions))


def compile_in(pool: BackendPool, text: str, emit: str = "obj") -> bytes:
    return pool.submit("unit", text, KERNEL, "checked", emit).result(timeout=60)


def test_a_unit_becomes_an_object(pool: BackendPool) -> None:
    assert compile_in(pool, GOOD).startswith(b"\x7fELF")


def test_a_unit_becomes_assembly(pool: BackendPool) -> None:
    assert b"leaq\t1(%rdi), %rax" in compile_in(pool, GOOD, "asm")


def test_a_unit_becomes_optimised_text(pool: BackendPool) -> None:
    dead = "define dso_local i64 @f(i64 %a) { %b = mul i64 %a, %a ret i64 %a }"
    assert b"mul" not in compile_in(pool, dead, "llvm")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BAD_ASSEMBLY, "invalid instruction mnemonic 'frobnicate'"),
        (BAD_CONSTRAINT, "couldn't allocate input reg for constraint '{nowhere}'"),
        (BAD_MODULE_ASSEMBLY, "invalid instruction mnemonic 'frobnicate'"),
        (BAD_SYNTAX, "value doesn't match function result type"),
    ],
)
def test_what_llvm_refuses_is_a_failure_of_that_unit_only(
    pool: BackendPool, text: str, said: str
) -> None:
    before = pool.submit("before", GOOD, KERNEL, "checked", "obj")
    bad = pool.submit("kernel.bad", text, KERNEL, "checked", "obj")
    after = pool.submit("after", GOOD, KERNEL, "checked", "obj")

    with pytest.raises(BackendFailure) as failure:
        bad.result(timeout=60)
    assert failure.value.unit == "kernel.bad"
    assert said in failure.value.message
    assert before.result(timeout=60) == after.result(timeout=60)


def test_a_hang_ends_at_the_time_limit() -> None:
    with BackendPool(1, timeout_s=0.5) as pool:
        start = time.monotonic()
        with pytest.raises(BackendFailure, match="still at work after 0.5 s"):
            compile_in(pool, slow(200))
        assert time.monotonic() - start < 10


def test_a_worker_that_runs_out_of_memory_says_so() -> None:
    with BackendPool(1, memory_limit=400 << 20) as pool:
        with pytest.raises(BackendFailure, match="(?i)memory"):
            compile_in(pool, f'@big = global [300000000 x i8] c"{"a" * 300_000_000}"')
        assert compile_in(pool, GOOD)


def test_the_same_text_gives_the_same_bytes_in_every_worker() -> None:
    with BackendPool(1) as first, BackendPool(1) as second:
        texts = [GOOD, slow(1)]
        made = [compile_in(first, text) for text in texts]
        assert made[::-1] == [compile_in(second, text) for text in texts[::-1]]


def test_an_image_is_optimised_across_its_units(pool: BackendPool) -> None:
    caller = """
        define dso_local i64 @root(i64 %a) { %b = call i64 @callee(i64 %a) ret i64 %b }
        declare dso_local i64 @callee(i64)
    """
    callee = "define dso_local i64 @callee(i64 %a) { %b = mul i64 %a, 3 ret i64 %b }"
    image = pool.submit_image("image", [caller, callee], KERNEL, ["root"], "llvm").result(60)
    assert b"@root" in image
    assert b"@callee" not in image


def test_an_image_keeps_what_code_generation_may_call(pool: BackendPool) -> None:
    text = "define dso_local ptr @memcpy(ptr %to, ptr %from, i64 %n) { ret ptr %to }"
    image = pool.submit_image("image", [GOOD, text], KERNEL, ["good"], "llvm").result(60)
    assert b"@memcpy" in image


def test_abandoning_cancels_what_waits_and_stops_what_runs() -> None:
    pool = BackendPool(1)
    jobs = [pool.submit("slow", slow(100), KERNEL, "checked", "obj") for _ in range(3)]
    start = time.monotonic()
    pool.abandon()
    assert time.monotonic() - start < 10
    assert all(job.done() for job in jobs)


def test_no_worker_starts_before_there_is_work() -> None:
    with BackendPool(2) as pool:
        assert pool.threads == []


def test_a_child_of_fork_has_workers_of_its_own(pool: BackendPool) -> None:
    compile_in(pool, GOOD)
    child = os.fork()
    if child == 0:
        signal.alarm(30)
        os._exit(0 if compile_in(pool, GOOD).startswith(b"\x7fELF") else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert compile_in(pool, GOOD).startswith(b"\x7fELF")


def test_a_process_forked_meanwhile_does_not_keep_workers_alive() -> None:
    pool = BackendPool(1)
    compile_in(pool, GOOD)
    child = os.fork()
    if child == 0:
        time.sleep(30)
        os._exit(0)
    try:
        start = time.monotonic()
        pool.close()
        assert time.monotonic() - start < 4
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
