"""`compiler/declare/numbers.py`: the numbers of exceptions."""

from __future__ import annotations

from pathlib import Path

from compiler.declare import declare
from compiler.read import read
from compiler.source import Diagnostic
from compiler.types import Module

HEAD = "from __future__ import annotations\nfrom typing import Final\n"


def numbered(folder: Path, table: str) -> tuple[dict[str, Module], list[str]]:
    """Declare a program whose `core.errors` has a table; return its modules and errors."""
    errors_file, main = folder / "errors.py", folder / "main.py"
    errors_file.write_text(f"{HEAD}class Busy(OSError): ...\nclass Plain: ...\n{table}\n")
    main.write_text(f"{HEAD}from core import errors\n")
    errors: list[Diagnostic] = []
    modules = read(main, {"core.errors": errors_file}, errors)
    declare(modules, errors)
    return modules, [each.message for each in errors]


def test_classes_get_the_numbers_of_the_table(tmp_path: Path) -> None:
    modules, errors = numbered(tmp_path, "NUMBERS: Final = {1: OSError, 7: Busy}")
    assert errors == []
    assert modules["builtins"].scope["OSError"].number == 1
    assert modules["core.errors"].scope["Busy"].number == 7
    assert modules["builtins"].scope["ValueError"].number == 0


def test_numbers_are_positive_and_unique_and_of_exceptions(tmp_path: Path) -> None:
    table = "NUMBERS: Final = {1: OSError, 1: Busy, 0: ValueError, 2: Plain, 3: 4}"
    assert numbered(tmp_path, table)[1] == [
        "1 is the number of 'OSError'",
        "a number of an exception is above 0",
        "'Plain' is no exception",
        "only exception classes have numbers",
    ]


def test_the_table_of_the_project_has_no_errors(tmp_path: Path, root: Path) -> None:
    errors: list[Diagnostic] = []
    modules = read(root / "core" / "errors.py", errors=errors)
    declare(modules, errors)
    assert errors == []
    numbers = [each.number for module in modules.values() for each in module.classes]
    used = sorted(filter(None, numbers))
    assert used == list(range(1, len(used) + 1))
