"""Each case in the text files beside this one becomes what it says.

With UPDATE_CASES=1 in the environment the files are rewritten instead, for reading the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.compiler.check.cases import Case, cases_in, outcome, rewrite

FILES = sorted(Path(__file__).parent.glob("*.txt"))
CASES = [case for file in FILES for case in cases_in(file)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.stem}: {case.name}")
def test_case(case: Case, tmp_path: Path) -> None:
    target = "kernel" if case.file.stem.startswith("kernel") else "host"
    result = outcome(case.source, tmp_path, target, case.file.stem == "programs")
    if os.environ.get("UPDATE_CASES") == "1":
        rewrite(case.file, {case.name: result})
        return
    assert result == case.expected


def test_names_of_cases_differ() -> None:
    names = [(case.file, case.name) for case in CASES]
    assert len(names) == len(set(names))
