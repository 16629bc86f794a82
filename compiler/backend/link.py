"""Link: objects in, an image out; and what is missing, in words.

Runs the LLVM linker that the `ziglang` package carries, as a process of its own. The scripts are
ours (`script.py`), so the layout does not depend on the linker's mood; neither time nor directory
gets into the output, and the file appears under its name only when it is whole.

Source: https://lld.llvm.org (options, diagnostics).
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from compiler.backend import script
from compiler.backend.elf import Elf, SectionFlag
from compiler.backend.target import ObjectFormat, Target

LINKER_TIMEOUT_S = 120


@dataclass(frozen=True)
class LinkInput:
    """The object of one unit: its bytes, or the file that holds them."""

    unit: str
    object: bytes | Path

    def contents(self) -> bytes:
        return self.object.read_bytes() if isinstance(self.object, Path) else self.object


# Compiles LLVM text for one target, perhaps out of a cache: (unit, text) -> object.
CompileText = Callable[[str, str], LinkInput]


@dataclass(frozen=True)
class Reference:
    """One place that needs a symbol."""

    unit: str
    function: str  # empty for data
    line: str = ""  # "file.py:12" where debug information tells

    def __str__(self) -> str:
        place = f" ({self.line})" if self.line else ""
        return f"{self.function or 'data'} in {self.unit}{place}"


@dataclass
class LinkFailure(Exception):
    """The objects do not make an image."""

    output: str
    undefined: dict[str, list[Reference]] = field(default_factory=dict)
    duplicate: dict[str, list[str]] = field(default_factory=dict)  # symbol -> units
    other: str = ""  # what the linker said beyond that

    def __str__(self) -> str:
        lines = [f"{self.output} cannot be linked"]
        for symbol, references in self.undefined.items():
            needed = "; ".join(map(str, references)) or "the image itself"
            lines.append(f"  nothing defines {symbol}, which is needed by {needed}")
        for symbol, units in self.duplicate.items():
            lines.append(f"  {symbol} is defined more than once: by {' and by '.join(units)}")
        if self.other:
            lines.append(f"  {self.other}")
        return "\n".join(lines)


def link(
    target: Target,
    objects: Sequence[LinkInput],
    output: Path,
    *,
    entry: str | None = None,
    first_definition_wins: bool = False,
    has_debug: bool = True,
) -> None:
    """Link the objects into the image `output` of the target's kind.

    entry: the symbol where execution starts; the target's own unless given.
    first_definition_wins: a symbol that is defined twice is no failure (only ELF).
    has_debug: False leaves out what debuggers read (only of modules).

    Raises:
        LinkFailure: a symbol is missing or defined twice, or the linker refused.
    """
    with tempfile.TemporaryDirectory(prefix="link-") as directory:
        scratch = Path(directory)
        objects = write_objects(objects, scratch)
        units = {each.object.resolve(): each.unit for each in objects}
        made = scratch / "image"
        command = _command(target, objects, entry or target.entry, scratch, has_debug)
        if first_definition_wins:
            command += ["-z", "muldefs"]
        answers = scratch / "answers"
        answers.write_text("".join(f'"{path}"\n' for path in units))
        _run([*command, *_output_option(target, made), f"@{answers}"], output.name, units)
        _move(made, output)


def write_objects(objects: Sequence[LinkInput], directory: Path) -> list[LinkInput]:
    """Give every object a file, which saves writing it for each of several links."""
    written = []
    for number, each in enumerate(objects):
        if not isinstance(each.object, Path):
            path = directory / f"{number}.o"
            path.write_bytes(each.object)
            each = LinkInput(each.unit, path)
        written.append(each)
    return written


def _command(
    target: Target, objects: Sequence[LinkInput], entry: str, scratch: Path, has_debug: bool
) -> list[str]:
    if target.format == ObjectFormat.COFF:
        return [
            *(linker(), "lld-link", "/subsystem:efi_application", f"/entry:{entry}"),
            *("/nodefaultlib", "/machine:x64", "/brepro", "/debug:dwarf", "/errorlimit:0"),
            "/alternatename:__image_start=__ImageBase",
        ]
    common = [linker(), "ld.lld", "--build-id=none", "--error-limit=0", "-z", "noexecstack"]
    if target.name == "jit":
        return [*common, "-shared", "-Bsymbolic", "--no-undefined", "-z", "now", "-O0"]

    script_path = scratch / "script.ld"
    if target.name == "module":
        script_path.write_text(script.module_script(has_debug=has_debug))
        return [*common, "-r", "--force-group-allocation", "-T", str(script_path)]

    layout = script.LAYOUTS[target.name]
    script_path.write_text(script.image_script(layout, entry, _sections(objects)))
    common += ["-T", str(script_path), "-z", f"max-page-size={script.PAGE_SIZE}"]
    common += ["--no-dynamic-linker", "--fatal-warnings"]
    if layout.is_position_independent:
        return [*common, "-pie", "--no-undefined", "-z", "text"]
    if target.name == "kernel":
        common.append("--emit-relocs")  # the boot loader puts it at another address
    return [*common, "-static"]


def _sections(objects: Sequence[LinkInput]) -> dict[str, int]:
    """Return the sections that the objects have in memory, and what one of them at least asks for."""
    in_memory = int(SectionFlag.ALLOC)  # a plain number: there are thousands to look at
    flags: dict[str, int] = {}
    for each in objects:
        for section in Elf(each.contents()).sections:
            if section.flags & in_memory:
                flags[section.name] = flags.get(section.name, 0) | section.flags
    return flags


def _output_option(target: Target, path: Path) -> list[str]:
    return [f"/out:{path}"] if target.format == ObjectFormat.COFF else ["-o", str(path)]


def _run(command: list[str], output: str, units: dict[Path, str]) -> None:
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LINKER_TIMEOUT_S,
        )
    except subprocess.TimeoutExpired:
        message = f"the linker was still at work after {LINKER_TIMEOUT_S} s"
        raise LinkFailure(output, other=message) from None
    if done.returncode != 0:
        raise _explain(output, done.stdout + done.stderr, units)


def _move(made: Path, output: Path) -> None:
    """Put the finished file under its name in one step, whatever file systems lie between."""
    output.parent.mkdir(parents=True, exist_ok=True)
    nearby = output.with_name(f".{output.name}.{os.getpid()}")
    nearby.write_bytes(made.read_bytes())
    nearby.chmod(made.stat().st_mode & 0o777)
    nearby.replace(output)


@cache
def linker() -> str:
    """Return the path of the program that contains the linker."""
    found = importlib.util.find_spec("ziglang")
    if found is None or found.origin is None:
        raise RuntimeError("the Python package 'ziglang', which carries the linker, is missing")
    return str(Path(found.origin).with_name("zig"))


_NO_ENTRY = re.compile(  # of ELF, of PE, of the note in our script
    r"(?:cannot find entry symbol|<root>: undefined symbol:|symbol not found:) (?P<symbol>[^;]+)"
)
_MESSAGE = re.compile(r"^(?:ld\.lld|lld-link): error: ", re.MULTILINE)
_REFERENCE = re.compile(r"^>>> +(?:referenced by )?(?P<path>/.*\.o(?:bj)?):\((?P<where>.*)\)$")
_LINE = re.compile(r"^>>> referenced by (?P<line>[^ ]+:\d+)")
_DEFINITION = re.compile(r"^>>> +(?:defined (?:at|in) )?(?P<path>/.*\.o(?:bj)?)(?::\(.*\))?$")


def _explain(output: str, said: str, units: dict[Path, str]) -> LinkFailure:
    """Turn the linker's messages into ours."""
    failure = LinkFailure(output)
    others = []
    for message in _MESSAGE.split(said)[1:]:
        first, *rest = message.strip().splitlines()
        kind, _, symbol = first.partition(": ")
        if match := _NO_ENTRY.search(first):
            failure.undefined[match["symbol"]] = []
        elif kind.startswith("undefined") and symbol:
            failure.undefined[symbol] = _references(rest, units)
        elif kind.startswith("duplicate symbol"):
            matches = (_DEFINITION.match(line) for line in rest)
            found = [units.get(Path(match["path"]), "?") for match in matches if match]
            failure.duplicate[symbol] = found
        else:
            others.append(message.strip())
    failure.other = "\n  ".join(others)
    if not failure.undefined and not failure.duplicate and not failure.other:
        failure.other = said.strip() or "the linker failed without a word"
    return failure


def _references(lines: list[str], units: dict[Path, str]) -> list[Reference]:
    references = []
    position = ""
    for line in lines:
        if match := _REFERENCE.match(line):
            where = match["where"]
            function = "" if where.startswith(".") else where
            unit = units.get(Path(match["path"]), match["path"])
            references.append(Reference(unit, function, position))
            position = ""
        elif match := _LINE.match(line):
            position = match["line"]
    return references
