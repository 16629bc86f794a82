"""Builds the kernel that runs machine tests: the kernel, with all tests in place of what it runs first, and
with requests for memory that fail when a test asks for it.

Protocol, on the serial port, in lines that begin with MARK so that nothing else looks like one:

    kernel   MARK ready
    host     number of a test, newline
    kernel   MARK begin         then whatever the test and the kernel print
    kernel   MARK passed        or, if an exception left the test, its class in a line, and MARK raised

A panic ends the machine instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools import image

FIRST = "kernel.init.first"  # the modules that the tests replace
REFUSAL = "kernel.mem.refusal"
REFUSALS = image.ROOT / "tests" / "kernel" / "mem" / "refusals.py"
MARK = "\x1e"

RUNNER = """\
from __future__ import annotations

from core import trap
from core.object import TypeInfo
from kernel.io import serial
from lang import handled_class, no_raise, u64
{imports}


@no_raise
def run() -> None:
    serial.write({ready!r})
    while True:
        number = read_number()
        serial.write({begin!r})
        try:
            call(number)
            serial.write({passed!r})
        except BaseException:
            serial.write(trap.text_at(handled_class().cast(TypeInfo).name))
            serial.write(b"\\n")
            serial.write({raised!r})


def read_number() -> u64:
    number: u64 = 0
    digit = serial.read()
    while digit != 10:
        number = number * 10 + (digit - 48)
        digit = serial.read()
    return number


def call(number: u64) -> None:
    match number:
{cases}
"""


@dataclass(frozen=True)
class TargetTest:
    """A test function, by the dotted name of its module and its own."""

    module: str
    function: str

    @property
    def path(self) -> Path:
        return image.ROOT.joinpath(*self.module.split(".")).with_suffix(".py")


def build(tests: Sequence[TargetTest], folder: Path, kind: str) -> Path:
    """Build the kernel with these tests, numbered in their order, in a folder; return the ELF file.

    Raises:
        CompileFailed: with all diagnostics.
    """
    source, output = folder / "first.py", folder / "kernel.elf"
    source.write_text(_runner(tests))
    files = sorted({test.path for test in tests})
    image.build_changed_kernel({FIRST: source, REFUSAL: REFUSALS}, output, kind, files)
    return output


def _runner(tests: Sequence[TargetTest]) -> str:
    names = {module: f"tests_{i}" for i, module in enumerate(sorted({t.module for t in tests}))}
    imports = [f"import {module} as {name}" for module, name in names.items()]
    cases = [
        f"        case {number}:\n            {names[test.module]}.{test.function}()"
        for number, test in enumerate(tests)
    ]
    words = {word: f"{MARK}{word}\n".encode() for word in ("ready", "begin", "passed", "raised")}
    return RUNNER.format(imports="\n".join(imports), cases="\n".join(cases), **words)
