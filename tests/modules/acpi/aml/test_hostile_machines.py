"""Tables of whole machines, changed at random: each load and each evaluation ends, and nothing is left.

PATCHWORK_ACPI_TABLES is a folder with one folder for each machine (test_machines.py), PATCHWORK_LONG says that there is time,
PATCHWORK_AML_CASES how many cases are tried, PATCHWORK_SEED with which one to begin.
"""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import pytest

from compiler.testing import Native

FOLDER = os.environ.get("PATCHWORK_ACPI_TABLES")
CASES = int(os.environ.get("PATCHWORK_AML_CASES", "2000"))
FIRST = int(os.environ.get("PATCHWORK_SEED", "0"))
MOST_NAMES = 20  # that one case evaluates

pytestmark = pytest.mark.skipif(
    not (FOLDER and os.environ.get("PATCHWORK_LONG")),
    reason="PATCHWORK_ACPI_TABLES or PATCHWORK_LONG is not set",
)


def machine(folder: Path) -> tuple[list[bytes], list[bytes]]:
    """Return the tables of a machine, and the names that can be evaluated."""
    files = [folder / "dsdt.aml", *sorted(folder.glob("ssdt*.aml"))]
    lines = gzip.decompress((folder / "eval.txt.gz").read_bytes()).splitlines()
    return [each.read_bytes() for each in files], [each.partition(b"\t")[0] for each in lines]


def load(subject: Native, content: bytes, is_first: bool) -> None:
    """Load a table; one that is none is left out, as the system does."""
    try:
        subject.load(content, is_first)
    except Exception as error:
        if "BadTable" not in repr(error):
            raise


def test_changed_machines(subject, hostile: Native) -> None:
    folders = sorted(each for each in Path(FOLDER or "").iterdir() if each.is_dir())
    machines = [machine(each) for each in folders]
    before = subject.live_objects
    for number in range(FIRST, FIRST + CASES):
        chance = random.Random(number)
        tables, names = chance.choice(machines)
        victim = chance.randrange(len(tables))
        subject.begin()
        for index, table in enumerate(tables):
            content = bytes(hostile.mutated(table, number)) if index == victim else table
            load(subject, content, index == 0)
        subject.initialise()
        for each in chance.sample(names, min(MOST_NAMES, len(names))):
            answer = bytes(subject.evaluate(each, []))
            is_value = answer[1:2] in (b":", b"[") or answer == b"N"
            assert is_value or answer == b"NotFound" or subject.trouble()[0], (number, answer)
        assert subject.end() == 0, f"case {number} leaves memory"
        assert subject.live_objects == before, f"case {number} leaves objects"
