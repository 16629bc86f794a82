"""Whole machines: the same names and values as the reference implementation's.

PATCHWORK_ACPI_TABLES is a folder with one folder for each machine: dsdt.aml, ssdt*.aml, paths.txt.gz, eval.txt.gz and
config.json, whose load_errors says whether the results count.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path

import pytest

from tools.acpi import request
from tools.acpi.request import Wanted
from tools.commands.jit import compile_program

FOLDER = os.environ.get("PATCHWORK_ACPI_TABLES")
MACHINES = sorted(Path(FOLDER).iterdir()) if FOLDER else []

pytestmark = pytest.mark.skipif(not FOLDER, reason="PATCHWORK_ACPI_TABLES is not set")


@pytest.fixture(scope="session")
def program() -> Path:
    made = compile_program(request.PROGRAM, "checked")
    assert made is not None
    return made


def in_natural_order(path: Path) -> list[str | int]:
    return [int(each) if each.isdigit() else each for each in re.split(r"(\d+)", path.name)]


def answer(program: Path, folder: Path, wanted: Wanted, lines: list[str]) -> list[str]:
    files = [folder / "dsdt.aml", *sorted(folder.glob("ssdt*.aml"), key=in_natural_order)]
    tables = [request.read_table(each) for each in files]
    done = request.run(program, request.encoded(wanted, tables, lines))
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().splitlines()


@pytest.mark.parametrize("folder", MACHINES, ids=lambda each: each.name)
def test_a_machine(program: Path, folder: Path) -> None:
    paths = gzip.decompress((folder / "paths.txt.gz").read_bytes()).decode().splitlines()
    values = gzip.decompress((folder / "eval.txt.gz").read_bytes()).decode().splitlines()
    found = answer(program, folder, Wanted.PATHS, [])
    names = [line.partition("\t")[0] for line in values]
    evaluated = answer(program, folder, Wanted.EVALUATE, names)
    if json.loads((folder / "config.json").read_text())["load_errors"] == 0:
        assert sorted(found) == paths
        assert evaluated == values
