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


def mutated(chance: random.Random, table: bytes) -> bytes:
    """Return a table with some bytes changed, moved or cut off; its header is left as it is."""
    changed = bytearray(table)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        place = chance.randrange(36, len(changed))
        match chance.randrange(5):
            case 0:
                changed[place] = chance.randrange(256)
            case 1:
                changed[place] ^= 1 << chance.randrange(8)
            case 2:
                changed[place] = chance.choice((0, 1, 0x5B, 0x70, 0xA2, 0x5C, 0x2F, 0xFF, 0x88))
            case 3:
                size = chance.randrange(1, 40)
                source = chance.randrange(36, len(changed))
                piece = changed[source : source + size]
                changed[place : place + len(piece)] = piece[: len(changed) - place]
            case _:
                size = chance.randrange(1, 16)
                del changed[place : place + size]
                changed += bytes(len(table) - len(changed))
    if chance.randrange(20) == 0:
        changed = changed[: chance.randrange(36, len(changed) + 1)]
        changed[4:8] = len(changed).to_bytes(4, "little")
    return bytes(changed)


def test_changed_machines(subject) -> None:
    folders = sorted(each for each in Path(FOLDER or "").iterdir() if each.is_dir())
    machines = [machine(each) for each in folders]
    before = subject.live_objects
    for number in range(FIRST, FIRST + CASES):
        chance = random.Random(number)
        tables, names = chance.choice(machines)
        victim = chance.randrange(len(tables))
        subject.begin()
        for index, table in enumerate(tables):
            subject.load(mutated(chance, table) if index == victim else table, index == 0)
        subject.initialise()
        for each in chance.sample(names, min(MOST_NAMES, len(names))):
            answer = bytes(subject.evaluate(each, []))
            is_value = answer[1:2] in (b":", b"[") or answer == b"N"
            assert is_value or answer == b"NotFound" or subject.trouble()[0], (number, answer)
        assert subject.end() == 0, f"case {number} leaves memory"
        assert subject.live_objects == before, f"case {number} leaves objects"
