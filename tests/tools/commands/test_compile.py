"""The arguments of `./patchwork compile` become the compiler's options."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.options import CompileOptions
from tools.commands import compile as command
from tools.failure import Failure


def test_a_file_alone_becomes_a_checked_program_for_this_host() -> None:
    assert command.parse(["a.py"]) == CompileOptions(Path("a.py"), None, "host", "checked", "exe")


def test_every_option_arrives() -> None:
    arguments = [
        "a.py",
        "-o",
        "a.txt",
        "--target",
        "kernel",
        "--build",
        "release",
        "--emit",
        "llvm",
    ]
    expected = CompileOptions(Path("a.py"), Path("a.txt"), "kernel", "release", "llvm")
    assert command.parse(arguments) == expected


def test_an_unknown_target_is_answered_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        command.parse(["a.py", "--target", "uef"])
    error = capsys.readouterr().err
    assert "argument --target: invalid choice: 'uef'" in error
    assert "uefi" in error


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"there is no file .*/nothing\.py"):
        command.main([str(tmp_path / "nothing.py")])
