"""A new module's files are whole, and in nobody's way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools.commands import new
from tools.failure import Failure


@pytest.fixture(autouse=True)
def empty_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "modules" / "drivers").mkdir(parents=True)
    (tmp_path / "tests" / "system").mkdir(parents=True)
    monkeypatch.setattr(new, "ROOT", tmp_path)
    return tmp_path


def test_a_module_and_its_test_are_made(empty_root: Path, capsys) -> None:
    assert new.main(["module", "clock2"]) == 0
    paths = ["modules/clock2.py", "tests/system/test_module_clock2.py"]
    assert capsys.readouterr().out.split() == paths
    for path in paths:
        ast.parse((empty_root / path).read_text())
    assert 'name="clock2"' in (empty_root / paths[0]).read_text()


@pytest.mark.parametrize("name", ["Clock", "2clock", "a-b", "class", "x" * 33, "../x", ""])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(Failure, match="is no name for a module"):
        new.main(["module", name])


def test_a_name_that_is_taken_is_refused(empty_root: Path) -> None:
    (empty_root / "modules" / "drivers" / "rtc.py").write_text("")
    with pytest.raises(Failure, match="modules/drivers/rtc.py exists"):
        new.main(["module", "rtc"])


def test_a_new_module_is_what_the_tutorial_has(empty_root: Path) -> None:
    new.main(["module", "hello"])
    made = (empty_root / "modules" / "hello.py").read_text()
    shipped = Path(__file__).parents[3] / "modules" / "hello" / "hello.py"
    body = made[made.index("from __future__") : made.index("MODULE:")]
    assert body in shipped.read_text()
