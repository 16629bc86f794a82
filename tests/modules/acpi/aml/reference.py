"""The reference implementation of AML, ACPICA: its compiler iasl, and acpiexec, which runs tables on this computer."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

TIMEOUT_S = 60
ERROR = "error"
STARTS = re.compile(r"^Evaluating (\S+)", re.MULTILINE)
INTEGER = re.compile(r"\[Integer\] = ([0-9A-F]+)")
STRING = re.compile(r'\[String\] Length [0-9A-F]+ = (".*")')
NOTICE = re.compile(r"Notify on \[(\w+)\] \S+ Value (0x[0-9A-Fa-f]+)")

needed = pytest.mark.skipif(
    shutil.which("iasl") is None or shutil.which("acpiexec") is None,
    reason="acpica-tools are not installed",
)


def compiled(folder: Path, name: str, source: str) -> bytes:
    """Return the table that a source in ASL makes."""
    path = folder / f"{name}.asl"
    path.write_text(source)
    done = subprocess.run(
        ["iasl", path.name],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return path.with_suffix(".aml").read_bytes()


class Answers:
    """What acpiexec says of names, evaluated one after the other, and the notices that it hears."""

    def __init__(self, folder: Path, tables: list[bytes], names: list[str]):
        files = [folder / f"table{index}.aml" for index in range(len(tables))]
        for file, content in zip(files, tables, strict=True):
            file.write_bytes(content)
        lines = "".join(f"evaluate {name}\n" for name in names) + "quit\n"
        done = subprocess.run(
            ["acpiexec", *files],
            input=lines,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        parts = STARTS.split(done.stdout)
        assert parts[1::2] == names, done.stdout
        self.values = [value_in(part) for part in parts[2::2]]
        heard = NOTICE.findall(done.stdout)
        self.notices = [(device.rstrip("_"), int(number, 16)) for device, number in heard]


def value_in(text: str) -> str:
    """Return the value that is printed for one name, as the tests of AML write it."""
    if found := INTEGER.search(text):
        return f"I:{int(found[1], 16):X}"
    if found := STRING.search(text):
        return f"S:{found[1]}"
    return ERROR if "failed with status" in text else "N"
