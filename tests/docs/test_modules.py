"""The chapter on modules shows what is made and said."""

from __future__ import annotations

import re
from pathlib import Path

from tools.commands import new

ROOT = Path(__file__).parents[2]
CHAPTER = (ROOT / "docs" / "modules.md").read_text()


def test_the_module_is_the_one_that_is_made() -> None:
    [code] = re.findall(r"```python\n(.*?)```", CHAPTER, re.DOTALL)
    assert code == new.MODULE.format(name="greeter")


def test_the_files_that_it_names_are_there() -> None:
    made = {"modules/greeter.py", "tests/system/test_module_greeter.py"}
    for path in (
        set(re.findall(r"`((?:modules|compiler|kernel|tests)/[\w/.]+\.py)`", CHAPTER)) - made
    ):
        assert (ROOT / path).is_file(), path
