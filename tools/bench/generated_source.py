"""Source to compile: some twenty thousand lines that look like a kernel, the same on every machine.

Each module is a variant of one of the patterns in `bench/build`, with other names for its classes,
other sizes, and imports of modules that were made before it. All are reached from `main.py`:

    main                 imports every area, and is entered as a kernel is
    generated/AREA/area  imports every module of the area
    generated/AREA/...   each imports up to three modules, of any area, made before it

Generated from fixed numbers alone: the same text whenever and wherever it is made.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

PATTERNS = Path(__file__).resolve().parent.parent.parent / "bench" / "build"
AREAS = ("block", "display", "input", "memory", "network", "sound", "storage", "usb")
WORDS = (
    *("Audio", "Backup", "Boot", "Camera", "Clock", "Console", "Crypto", "Debug", "Disk", "Event"),
    *("Frame", "Guest", "Host", "Journal", "Keyboard", "Log", "Mirror", "Modem", "Mouse", "Panel"),
    *("Power", "Printer", "Radio", "Remote", "Scanner", "Sensor", "Session", "Shadow", "Shared"),
    *(
        "Signal",
        "Snapshot",
        "Socket",
        "Sound",
        "Tape",
        "Tenant",
        "Timer",
        "Touch",
        "Trace",
        "Video",
    ),
)
IMPORTS = 3
SEED = 1969

_CLASS = re.compile(r"^class (\w+)", re.MULTILINE)
_CHOICE = re.compile(r"= (\d+)(.*?)  # or ([\d, ]+)$", re.MULTILINE)
_LAST_IMPORT = re.compile(r"^from lang import (?:\([^)]*\)|[^\n(]*)\n", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """Generated files: `main` reaches all, and `bottom` imports no other but is imported."""

    main: Path
    bottom: Path
    files: list[Path]

    def lines(self) -> int:
        return sum(path.read_text().count("\n") for path in self.files)


def generate(directory: Path, lines: int) -> Source:
    """Write at least `lines` lines below a directory."""
    numbers = random.Random(SEED)
    patterns = {path.stem: path.read_text() for path in sorted(PATTERNS.glob("[a-z]*.py"))}
    modules: list[str] = []
    texts: dict[Path, str] = {}
    written = 0
    while written < lines:
        pattern = sorted(patterns)[len(modules) % len(patterns)]
        imports = sorted(numbers.sample(modules, min(len(modules), numbers.randint(0, IMPORTS))))
        text = variant(patterns[pattern], imports, numbers)
        module = f"generated.{numbers.choice(AREAS)}.{pattern}_{len(modules):03}"
        texts[path_of(module, directory)] = text
        modules.append(module)
        written += text.count("\n")

    areas = [f"generated.{area}.area" for area in AREAS]
    for area in areas:
        members = [module for module in modules if module.startswith(area.removesuffix("area"))]
        texts[path_of(area, directory)] = gathering("One area of the system.", members)
    main = directory / "main.py"
    whole = gathering("The whole system.", areas)
    texts[main] = whole.replace(IMPORT_U64, IMPORT_EXPORT) + RUN
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Source(main, path_of(modules[0], directory), list(texts))


def path_of(module: str, directory: Path) -> Path:
    return directory.joinpath(*module.split(".")).with_suffix(".py")


def variant(pattern: str, imports: list[str], numbers: random.Random) -> str:
    """Return a module made from a pattern."""
    for name in sorted(set(_CLASS.findall(pattern))):
        pattern = re.sub(rf"\b{name}\b", numbers.choice(WORDS) + name, pattern)

    def choose(match: re.Match[str]) -> str:
        choices = [match[1], *match[3].split(", ")]
        return f"= {numbers.choice(choices)}{match[2]}"

    return with_imports(_CHOICE.sub(choose, pattern), imports)


def with_imports(text: str, imports: list[str]) -> str:
    """Add imports, and a function `exercise_all` that uses them."""
    found = _LAST_IMPORT.search(text)
    assert found is not None
    lines = "".join(f"from {folder(m)} import {last(m)}\n" for m in imports)
    text = text[: found.start()] + lines + text[found.start() :]
    calls = [f"    total = total * 31 % 65537 + {last(m)}.exercise(total)\n" for m in imports]
    return text + EXERCISE_ALL + "".join(calls) + "    return total\n"


def gathering(summary: str, modules: list[str]) -> str:
    """Return a module that only calls others."""
    imports = "".join(
        f"from {folder(module)} import {last(module)} as {alias(module)}\n" for module in modules
    )
    calls = [f"    total ^= {alias(m)}.exercise_all(seed + {n})\n" for n, m in enumerate(modules)]
    return (
        f'"""{summary}"""\n\nfrom __future__ import annotations\n\n{imports}'
        f"{IMPORT_U64}\n\n"
        "def exercise_all(seed: u64) -> u64:\n"
        '    """Exercise everything; return a checksum."""\n'
        f"    total = u64(0)\n{''.join(calls)}    return total\n"
    )


def folder(module: str) -> str:
    return module.rpartition(".")[0]


def last(module: str) -> str:
    return module.rpartition(".")[2]


def alias(module: str) -> str:
    """Return a name that is unique: areas are all called `area`."""
    return "_".join(module.split(".")[1:])


EXERCISE_ALL = '''

def exercise_all(seed: u64) -> u64:
    """Exercise this and what it imports; return a checksum."""
    total = exercise(seed)
'''

IMPORT_U64 = "from lang import u64\n"
IMPORT_EXPORT = "from lang import export, u64\n"

RUN = '''

@export("run")
def run(rounds: u64) -> u64:
    """Exercise everything `rounds` times."""
    total = u64(0)
    for round in range(rounds):
        total = total * 31 % 1000003 + exercise_all(u64(round))
    return total


@export("pvh_entry")
def enter() -> None:
    """Where a kernel is entered directly."""
    run(1)


@export("kernel_entry")
def enter_from_loader() -> None:
    """Where the boot loader enters it."""
    run(1)
'''
