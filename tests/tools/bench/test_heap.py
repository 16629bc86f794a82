"""The benchmark of the heap: both programs build, and compute the same."""

from __future__ import annotations

from pathlib import Path

from tools.bench import heap


def test_both_programs_compute_the_same(tmp_path: Path) -> None:
    ours, malloc = (heap.processor_time(each) for each in heap.build(tmp_path))
    assert ours[0] == malloc[0]
    assert ours[1] > 0 and malloc[1] > 0


def test_the_ratio_is_that_of_ours_to_malloc() -> None:
    assert heap.Result(ours_s=1.0, malloc_s=2.0).ratio == 0.5
