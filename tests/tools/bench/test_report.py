"""The report: the limits decide the exit status, and the JSON file says what the table says."""

from __future__ import annotations

import io
import json
from pathlib import Path

from rich.console import Console

from tools.bench import report
from tools.bench.ratios import Ratio
from tools.bench.report import Row


def row(name: str, release: float, checked: float = 1.2) -> Row:
    same = Ratio(1.0, 0.9, 1.1)
    return Row(name, 600_000, Ratio(release, release - 0.01, release + 0.01), _at(checked), same)


def _at(median: float) -> Ratio:
    return Ratio(median, median, median)


def kept(rows: list[Row]) -> list[bool]:
    return [limit.is_kept for limit in report.limits(rows)]


def test_equal_speed_keeps_all_limits() -> None:
    assert kept([row("a", 1.0), row("b", 1.0)]) == [True, True, True, True]


def test_the_mean_of_release_may_be_a_twentieth_above() -> None:
    assert kept([row("a", 1.24), row("b", 0.88)]) == [True, True, True, True]
    assert kept([row("a", 1.06), row("b", 1.05)]) == [True, False, True, True]


def test_no_workload_may_be_a_quarter_slower() -> None:
    rows = [row("a", 1.26), row("b", 0.8)]
    assert kept(rows) == [True, True, False, True]
    assert "not a" in report.limits(rows)[2].text


def test_checks_may_cost_six_tenths_on_average() -> None:
    assert kept([row("a", 1.0, 4.0), row("b", 1.0, 0.6)]) == [True, True, True, True]
    assert kept([row("a", 1.0, 1.7), row("b", 1.0, 1.6)]) == [True, True, True, False]


def test_a_workload_that_fails_keeps_the_whole_from_passing() -> None:
    assert kept([row("a", 1.0), Row("b", failure="b.py:1: no")]) == [False, True, True, True]
    assert kept([Row("b", failure="no")]) == [False]


def test_the_json_file_is_a_list_with_names_ratios_and_spreads(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    report.write_json([row("a", 1.04, 1.5), Row("b", failure="b.py:1: no")], path)
    assert json.loads(path.read_text()) == [
        {
            "name": "a",
            "ratio": 1.04,
            "spread": [1.03, 1.05],
            "ratio_checked": 1.5,
            "spread_checked": [1.5, 1.5],
            "ratio_to_c_o3": 1.04,
            "c_ns": 600_000,
        },
        {"name": "b", "failure": "b.py:1: no"},
    ]


def test_the_table_shows_each_workload_and_each_limit() -> None:
    out = io.StringIO()
    rows = [row("sorting", 1.3), Row("searching", failure="searching.py:3: [u8] no such name")]
    report.show(rows, Console(file=out, width=120))
    text = out.getvalue()
    assert "1.300" in text
    assert "1.29-1.31" in text
    assert "searching.py:3: [u8] no such name" in text
    assert "✗ release, each <= 1.25, but not sorting" in text
