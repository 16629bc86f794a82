"""Source -> IR, one file of `cases` for each idea.

A case is a source, then sections `---- NAME [release]` with the IR of the function NAME; without a
word it is that of a checked build. After a change that is meant to change the IR, run with
UPDATE_CASES=1 in the environment, and read the difference before you commit it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.compiler import pipeline

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
SECTION = re.compile(r"^---- (\w[\w.]*)(?: (release))?$", re.MULTILINE)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_source_becomes_this_ir(path: Path) -> None:
    source, *sections = SECTION.split(path.read_text())
    made = source
    units = {}
    for name, build in zip(sections[0::3], sections[1::3], strict=True):
        build = build or "checked"
        if build not in units:
            units[build] = pipeline.lowered(source, build)
        title = f"---- {name}" if build == "checked" else f"---- {name} {build}"
        made += f"{title}\n{pipeline.text_of(units[build], name)}"
    if os.environ.get("UPDATE_CASES"):
        path.write_text(made)
    assert made == path.read_text()
