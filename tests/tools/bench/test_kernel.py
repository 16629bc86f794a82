"""Instructions of the kernel's operations: what is measured, and that it is the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.machine.conftest import require_qemu
from tools.bench import kernel
from tools.bench.kernel import Operation, Result
from tools.failure import Failure


def test_every_function_of_that_name_is_an_operation() -> None:
    names = [each.name for each in kernel.operations()]
    assert len(names) == len(set(names)) > 10
    assert {"interrupt", "log_line", "page_allocate_free", "reserve_touch_unmap_50"} <= set(names)


def test_other_functions_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel.image, "ROOT", tmp_path)
    (tmp_path / "some.py").write_text("def helper(): ...\ndef bench_it(rounds): ...\nbench_x = 1\n")
    assert kernel.operations(tmp_path) == [Operation("some", "bench_it")]


def test_results_are_for_one_operation() -> None:
    text = f"ready\r\nmeasured a {kernel.ROUNDS * 7}\r\nmeasured b {kernel.ROUNDS // 2}\r\n"
    assert kernel.results(text) == [Result("a", 7), Result("b", 0.5)]


def test_an_operation_that_fails_is_named() -> None:
    with pytest.raises(Failure, match="'b'"):
        kernel.results("measured a 5\r\nfailed b\r\n")


def test_the_same_is_measured_each_time() -> None:
    require_qemu()
    wanted = [each for each in kernel.operations() if each.name in ("spin_lock", "interrupt")]
    first, second = (kernel.measure(wanted, "checked") for _ in range(2))
    assert [each.name for each in first] == ["interrupt", "spin_lock"]
    assert first == second
