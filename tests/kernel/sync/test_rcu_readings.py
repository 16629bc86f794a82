"""What may be read inside of `with rcu.read():` alone is refused elsewhere, before there is a kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.image import crew_for, declared, world_files
from compiler.source import CompileFailed
from tools import image

UNIT = "kernel.fs.view"
SOURCE = image.ROOT / "kernel" / "fs" / "view.py"
READING = "        with rcu.read():\n            namespace = "


def survey(source: Path) -> None:
    roots = [image.KERNEL, *world_files("kernel"), image.MODULES]
    kernel = declared(roots, "kernel", "checked", {UNIT: source})
    with crew_for(kernel) as crew:
        kernel.survey(crew)


def test_what_needs_a_reading_is_refused_without_one(tmp_path: Path) -> None:
    source = tmp_path / SOURCE.name
    text = SOURCE.read_text()
    assert text.count(READING) == 1
    source.write_text(text.replace(READING, READING.replace("with rcu.read():", "if True:")))
    with pytest.raises(CompileFailed) as failed:
        survey(source)
    assert any("is_seen" in each.message for each in failed.value.diagnostics)
