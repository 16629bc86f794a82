"""A request to the interpreter of AML, and running it.

what is asked for       4 bytes, Wanted; with TRACE, what happens is shown, too
how many tables         4 bytes
each table              4 bytes of size, then the table; the first is the DSDT
text                    to the end: names, and arguments, a line each
"""

from __future__ import annotations

import struct
import subprocess
from enum import IntEnum
from pathlib import Path

from tools.failure import Failure

PROGRAM = Path(__file__).parent / "host.py"
TRACE = 0x100
HEADER_SIZE = 36
MOST_BYTES = 8 << 20


class Wanted(IntEnum):
    """What is asked for."""

    PATHS = 0  # each name, and what it stands for
    TREE = 1  # and its value
    EVALUATE = 2  # the value of each name of a list
    CALL = 3  # the value of a name, for some arguments
    RESOURCES = 4  # what devices use and could use, and where interrupts are led
    DEVICES = 5  # what and where devices are


def read_table(path: Path) -> bytes:
    """Return a table.

    Raises:
        Failure: there is none in the file.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Failure(f"cannot read {path}: {error.strerror}") from error
    size = int.from_bytes(content[4:8], "little")
    if len(content) < HEADER_SIZE or not HEADER_SIZE <= size <= len(content):
        raise Failure(f"{path} is no ACPI table: its length does not fit the file")
    return content[:size]


def encoded(wanted: int, tables: list[bytes], lines: list[str]) -> bytes:
    """Return a request.

    Raises:
        Failure: it is larger than requests may be.
    """
    parts = [struct.pack("<II", wanted, len(tables))]
    for table in tables:
        parts += [struct.pack("<I", len(table)), table]
    parts += [line.encode() + b"\n" for line in lines]
    request = b"".join(parts)
    if len(request) > MOST_BYTES:
        raise Failure("these tables are too large")
    return request


def run(program: Path, request: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run the interpreter with a request."""
    return subprocess.run([program], input=request, capture_output=True, check=False)
