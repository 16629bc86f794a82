"""`./patchwork bench kernel`: instructions for each operation of the kernel.

The functions `bench_...` of bench/kernel are built into a release kernel, in place of what it runs first.
QEMU counts instructions as nanoseconds, and so does the time stamp counter, so the figures are exact and the
same on every host. The processor is QEMU's plainest, on which a string instruction counts as one for each
word that it moves and no more.

Each operation is done ROUNDS times, after a tenth of that which does not count.

What the kernel does for programs is measured by a program, programs/benchmark.py, on the same machine; its figures stand beside those of
other systems (bench/kernel/peers.py).
"""

from __future__ import annotations

import ast
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.kernel.peers import PEERS
from compiler import render
from compiler.source import CompileFailed
from tools import image, program
from tools.failure import Failure
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

FOLDER = image.ROOT / "bench" / "kernel"
PROGRAM = image.ROOT / "programs" / "benchmark.py"
PROGRAM_TIMEOUT_S = 300
PREFIX = "bench_"
ROUNDS = 200
FIRST = "kernel.init.first"  # the module that the benchmarks replace
PROCESSOR = ("-cpu", "qemu64")
RESULT = re.compile(r"^measured (\w+) (\d+)\r?$", re.MULTILINE)
FAILED = re.compile(r"^failed (\w+)\r?$", re.MULTILINE)
END = "measured everything"

RUNNER = """\
from __future__ import annotations

from collections.abc import Callable

from core.text.buffer import TextBuffer
from kernel.cpu import instructions, machine
from kernel.io import serial
from lang import Array, Format, u8, u64
{imports}

ROUNDS: u64 = {rounds}


def run() -> None:
{calls}
    say("{end}")
    machine.exit_emulator(0)


def measure(name: str, operation: Callable[[u64], None]) -> None:
    try:
        operation(ROUNDS // 10)
        start = instructions.read_tsc()
        operation(ROUNDS)
        ticks = instructions.read_tsc() - start
        say(f"measured {{name}} {{ticks}}")
    except BaseException:
        say(f"failed {{name}}")


def say(line: Format) -> None:
    storage = Array[u8, 128]()
    out = TextBuffer(storage[:], flush_hook=serial.write)
    line.write_to(out)
    out.write(b"\\n")
    out.flush()
"""


@dataclass(frozen=True)
class Operation:
    """A function that does an operation of the kernel again and again."""

    module: str
    function: str

    @property
    def name(self) -> str:
        return self.function.removeprefix(PREFIX)


@dataclass(frozen=True)
class Result:
    name: str
    instructions: float  # for one operation


def run(json_path: Path | None = None) -> int:
    """Measure, report, and return 0."""
    console = Console()
    try:
        with console.status("measuring the kernel"):
            measured = measure(operations())
        with console.status("measuring what it does for programs"):
            for_programs = measure_program()
    except CompileFailed as failed:
        render.print_diagnostics(failed.diagnostics)
        raise Failure("the kernel with its benchmarks does not compile") from None
    console.print(table(measured))
    console.print(comparison(for_programs))
    if json_path is not None:
        rows = ",\n".join(json.dumps(asdict(each)) for each in [*measured, *for_programs])
        json_path.write_text(f"[\n{rows}\n]\n")
    return 0


def operations(folder: Path = FOLDER) -> list[Operation]:
    """Return what there is to measure, in the order of the files' names and of their lines."""
    found = []
    for path in sorted(folder.glob("*.py")):
        module = ".".join(path.relative_to(image.ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text(), str(path)).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith(PREFIX):
                found.append(Operation(module, node.name))
    return found


def measure(wanted: Sequence[Operation], build: str = "release") -> list[Result]:
    """Have a kernel do all operations on a machine that counts instructions.

    Raises:
        CompileFailed: with all diagnostics.
        Failure: the kernel did not come to the end.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        source, kernel = Path(directory) / "first.py", Path(directory) / "kernel.elf"
        source.write_text(runner(wanted))
        files = sorted(
            {image.ROOT.joinpath(*each.module.split(".")).with_suffix(".py") for each in wanted}
        )
        image.build_changed_kernel({FIRST: source}, kernel, build, files)
        config = MachineConfig(boot=DirectBoot(kernel), icount_shift=0, qemu_arguments=PROCESSOR)
        with Machine(config) as machine:
            machine.wait_for(END)
            return results(machine.transcript.text)


def measure_program() -> list[Result]:
    """Have a program do what programs ask the kernel for, on a machine that counts instructions.

    Raises:
        Failure: it does not compile, or did not come to the end.
    """
    executable = program.build(PROGRAM, "release")
    files = image.pack_initial_files(executable, (), executable.with_name("bench.img"), "release")
    kernel = image.build_kernel("release")
    config = MachineConfig(
        boot=DirectBoot(kernel, files),
        icount_shift=0,
        timeout_s=PROGRAM_TIMEOUT_S,
        qemu_arguments=PROCESSOR,
    )
    with Machine(config) as machine:
        machine.wait_for("init has ended: ")
        lines = machine.transcript.text.splitlines()
    rows = [json.loads(line) for line in lines if line.startswith('{"name"')]
    return [Result(row["name"], row.get("nanoseconds", row.get("bytes"))) for row in rows]


def comparison(measured: Sequence[Result]) -> Table:
    """Return the figures beside those of other systems, and their ratio to the better of these."""
    made = Table(title="What the kernel does for programs, instructions each", title_justify="left")
    made.add_column("operation")
    for column in ("here", "Linux", "C PatchworkOS", "ratio"):
        made.add_column(column, justify="right")
    for each in measured:
        peers = PEERS.get(each.name, (None, None))
        known = [figure for figure in peers if figure is not None]
        shown = ["" if figure is None else f"{figure:,.0f}" for figure in peers]
        ratio = f"{each.instructions / min(known):.2f}" if known else ""
        made.add_row(each.name, f"{each.instructions:,.0f}", *shown, ratio)
    return made


def runner(wanted: Sequence[Operation]) -> str:
    """Return the module that measures."""
    modules = sorted({each.module for each in wanted})
    names = {module: f"operations_{number}" for number, module in enumerate(modules)}
    imports = "\n".join(f"import {module} as {name}" for module, name in names.items())
    calls = "\n".join(
        f'    measure("{each.name}", {names[each.module]}.{each.function})' for each in wanted
    )
    return RUNNER.format(imports=imports, calls=calls, rounds=ROUNDS, end=END)


def results(text: str) -> list[Result]:
    """Return what the kernel printed.

    Raises:
        Failure: an exception ended an operation.
    """
    if failed := FAILED.search(text):
        raise Failure(f"an exception ended '{failed[1]}'")
    return [Result(name, int(ticks) / ROUNDS) for name, ticks in RESULT.findall(text)]


def table(measured: Sequence[Result]) -> Table:
    made = Table(title="Operations of the kernel, instructions each", title_justify="left")
    made.add_column("operation")
    made.add_column("instructions", justify="right")
    for each in measured:
        made.add_row(each.name, f"{each.instructions:,.0f}")
    return made
