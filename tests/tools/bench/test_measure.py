"""Measuring: known programs must come out in their known proportion, and failures be told."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.bench import measure, ratios, toolchain
from tools.bench.executable import Executable, WorkloadError

Executables = Callable[[str, str], list[Path]]

STEPS = """
    u64 total = 0;
    for (u64 i = 0; i < rounds * {times}; i++) {{
        total = total * 3 + i % {times};
        __asm__ volatile("" : "+r"(total));
    }}
    return {result};
"""


@pytest.fixture
def processor() -> int:
    return min(os.sched_getaffinity(0))


def test_a_program_with_twice_the_steps_takes_twice_as_long(
    make_executables: Executables,
) -> None:
    once = make_executables("once", STEPS.format(times=50, result="rounds"))
    twice = make_executables("twice", STEPS.format(times=100, result="rounds"))
    times = measure.compare({"once": once, "twice": twice}, "once", turns=4)
    assert len(times["once"]) == len(times["twice"]) == 4 * toolchain.LAYOUTS
    assert ratios.paired(times["twice"], times["once"]).median == pytest.approx(2.0, rel=0.15)


def test_different_checksums_are_no_measurement(make_executables: Executables) -> None:
    honest = make_executables("honest", STEPS.format(times=50, result="total"))
    wrong = make_executables("wrong", STEPS.format(times=50, result="total + 1"))
    with pytest.raises(WorkloadError, match=r"wrong\.0 computes .* and honest\.0"):
        measure.compare({"honest": honest, "wrong": wrong}, "honest", turns=1)


def test_work_that_was_optimised_away_is_noticed(
    make_executables: Executables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "CALIBRATION_LIMIT", 1 << 10)
    nothing = make_executables("nothing", "return rounds;")
    with pytest.raises(WorkloadError, match="takes no longer for more rounds"):
        measure.compare({"nothing": nothing}, "nothing")


def test_a_run_is_as_long_as_it_should_be(make_executables: Executables, processor: int) -> None:
    path = make_executables("calibrated", STEPS.format(times=50, result="total"))[0]
    with Executable(path, processor) as executable:
        rounds = measure.calibrate(executable)
        took = min(executable.measure(rounds, 5).nanoseconds for _ in range(5))
    assert measure.TARGET_NS / 3 < took < 3 * measure.TARGET_NS


TRAP = "void __pw_trap(i64, const void *, i64, i64); __pw_trap(0, NULL, 0, 0); return rounds;"
CRASH = "return *(volatile u64 *)8 + rounds;"


@pytest.mark.parametrize(
    ("name", "body", "ending"), [("trap", TRAP, "a failed check"), ("crash", CRASH, "signal 11")]
)
def test_a_failed_check_is_told_from_a_crash(
    name: str, body: str, ending: str, make_executables: Executables, processor: int
) -> None:
    path = make_executables(name, body)[0]
    message = rf"^{name}\.0 ended with {ending}$"
    with Executable(path, processor) as executable, pytest.raises(WorkloadError, match=message):
        executable.measure(1, 1)


def test_the_allocator_gives_zeroed_memory_back_and_again(
    make_executables: Executables, processor: int
) -> None:
    churn = """
    void *__pw_allocate(i64, const void *);
    void __pw_free(void *, const void *);
    static const u64 type[7] = {40};
    u64 sum = 0;
    for (u64 i = 0; i < rounds; i++) {
        u64 *first = __pw_allocate(40, type);
        u64 *second = __pw_allocate(40, type);
        for (u64 j = 0; j < 5; j++)
            sum += first[j] + second[j];
        first[4] = second[4] = i;
        sum += first == second || ((u64)first | (u64)second) % 16 != 0;
        __pw_free(first, type);
        __pw_free(second, type);
    }
    return sum;
    """
    with Executable(make_executables("churn", churn)[0], processor) as executable:
        assert executable.measure(1_000_000, 1).checksum == 0


def test_layouts_shift_the_code(make_executables: Executables) -> None:
    images = [path.read_bytes() for path in make_executables("shift", "return rounds * 7;")]
    assert len(set(images)) == toolchain.LAYOUTS


def test_a_mistake_in_a_c_file_is_shown(tmp_path: Path) -> None:
    source = tmp_path / "mistake.c"
    source.write_text("int mistake(void) { return x; }\n")
    with pytest.raises(toolchain.BuildError, match="undeclared identifier 'x'"):
        toolchain.compile_c(source, tmp_path / "mistake.o")
