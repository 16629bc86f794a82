"""`compiler/read.py`: which files make an image, in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.read import read
from compiler.source import CompileFailed

HEAD = "from __future__ import annotations\n"


def write(folder: Path, **sources: str) -> Path:
    """Write modules, named `a__b` for `a/b.py`, and return the path of `main`."""
    for name, text in sources.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(HEAD + text)
    return folder / "main.py"


def test_modules_follow_what_they_import(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        main="from left import a\nfrom right import b\n",
        left="from low import x\na = x\n",
        right="from low import x\nb = x\n",
        low="x = 1\n",
    )
    assert list(read(main)) == ["builtins", "low", "left", "right", "main"]


def test_a_name_may_be_a_module_of_the_package(tmp_path: Path) -> None:
    main = write(tmp_path, main="from pack import part\n", pack__part="x = 1\n")
    assert read(main)["main"].imports == ["builtins", "pack.part"]


def test_imports_for_types_may_be_circular(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        main="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from other import B\n",
        other="from main import x\nclass B: ...\n",
    )
    modules = read(main)
    assert list(modules) == ["builtins", "main", "other"]
    assert modules["main"].type_imports == ["other"]


def test_imports_at_run_time_may_not(tmp_path: Path) -> None:
    main = write(tmp_path, main="import a\n", a="import b\n", b="import a\n")
    with pytest.raises(CompileFailed) as caught:
        read(main)
    (error,) = caught.value.diagnostics
    assert error.message == "modules import each other: a -> b -> a"


def test_a_module_can_be_replaced(tmp_path: Path) -> None:
    main = write(
        tmp_path, main="from port import read\n", port="import nowhere\n", fake="read = 1\n"
    )
    modules = read(main, {"port": tmp_path / "fake.py"})
    assert modules["port"].text.endswith("read = 1\n")
