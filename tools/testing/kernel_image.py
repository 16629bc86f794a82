"""Builds the kernel that runs machine tests: the kernel, with all tests in place of what it runs first.

Protocol, on the serial port, in lines that begin with MARK so that nothing else looks like one:

    kernel   MARK ready
    host     number of a test, newline
    kernel   MARK begin         then whatever the test and the kernel print
    kernel   MARK passed        or MARK raised, if an exception left the test

A panic ends the machine instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from compiler.backend.lines import link_with_symbols
from compiler.backend.link import LinkInput
from compiler.backend.target import TARGETS
from compiler.cache import digest
from compiler.image import crew_for, declared, world_files
from tools.image import KERNEL, ROOT

FIRST = "kernel.init.first"  # the module that the tests replace
MARK = "\x1e"
# What the assembly of a whole image calls by name; the rest is inlined or dropped.
ROOTS = ("pvh_entry", "pvh_start", "interrupt_dispatch", "__pw_trap", "__pw_trace")

HEAD = '''\
"""Runs the machine tests that the host asks for."""

from __future__ import annotations

from kernel.io import serial
from lang import u64
{imports}


def run() -> None:
    serial.write(b"\\x1eready\\n")
    while True:
        number = read_number()
        serial.write(b"\\x1ebegin\\n")
        try:
            call(number)
            serial.write(b"\\x1epassed\\n")
        except BaseException:
            serial.write(b"\\x1eraised\\n")


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
'''


@dataclass(frozen=True)
class TargetTest:
    """A test function, by the dotted name of its module and its own."""

    module: str
    function: str

    @property
    def path(self) -> Path:
        return ROOT.joinpath(*self.module.split(".")).with_suffix(".py")


def build(tests: Sequence[TargetTest], kind: str) -> Path:
    """Build the kernel with these tests, numbered in their order; return the ELF file.

    Raises:
        CompileFailed: with all diagnostics.
    """
    text = _runner(tests)
    folder = ROOT / "build" / "machine_tests" / digest([kind, text])[:16]
    folder.mkdir(parents=True, exist_ok=True)
    source, output = folder / "first.py", folder / "kernel.elf"
    source.write_text(text)

    # As roots of the image, files under tests/ may be imported.
    roots = [KERNEL, *world_files("kernel"), *sorted({test.path for test in tests})]
    image = declared(roots, "kernel", kind, {FIRST: source})
    with crew_for(image) as crew:
        image.survey(crew)
        if kind == "release":
            objects = [LinkInput("kernel", image.whole(crew, "obj", ROOTS))]
        else:
            objects = image.objects(crew)
    link_with_symbols(TARGETS["kernel"], objects, output, source_text=image.source_text)
    return output


def _runner(tests: Sequence[TargetTest]) -> str:
    names = {module: f"tests_{i}" for i, module in enumerate(sorted({t.module for t in tests}))}
    imports = [f"import {module} as {name}" for module, name in names.items()]
    cases = [
        f"        case {number}:\n            {names[test.module]}.{test.function}()"
        for number, test in enumerate(tests)
    ]
    return HEAD.format(imports="\n".join(imports), cases="\n".join(cases))
