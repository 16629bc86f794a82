"""The page of all files is what the sources' tables say, and the running system has these files and no others."""

from __future__ import annotations

import re

import pytest

from tests.machine.test_programs_run import run
from tests.system.test_threads import PROGRAMS
from tools import file_table

OPTIONAL = (
    "/proc/self",  # which is walked as if it were a folder
    "/sys/fs/netfs/",  # of those that are mounted
    "/sys/acpi/",
    "/dev/kbd/",
    "/dev/mouse/",
    "/proc/<n>/env/",
    "/dev/fb/",
    "/dev/pci/",
    "/dev/power_button",
    "/dev/serial/",
)


def test_the_page_is_made_from_the_tables() -> None:
    assert file_table.PAGE.read_text() == file_table.page(), "run: python -m tools.file_table"


def test_no_file_is_in_two_tables() -> None:
    paths = [row.path for row in file_table.read()]
    assert len(paths) == len(set(paths)) > 30


@pytest.fixture(scope="module")
def found() -> list[str]:
    """Return the paths of the running system's files, folders with a slash at the end."""
    output = run(PROGRAMS / "tree.py").stdout
    return [re.sub(r"^/proc/self", "/proc/1", line) for line in output.splitlines()]


def test_each_file_of_the_system_is_in_a_table(found: list[str]) -> None:
    rows = file_table.read()
    unknown = [
        path
        for path in found
        if not any(row.matches(path.rstrip("/")) or row.has_below(path.rstrip("/")) for row in rows)
    ]
    assert unknown == []


def test_each_file_of_a_table_is_in_the_system(found: list[str]) -> None:
    missing = [
        row.path
        for row in file_table.read()
        if not row.path.startswith(OPTIONAL) and not any(row.matches(path) for path in found)
    ]
    assert missing == []
