"""Writes what follows from the table of system calls: the kernel's dispatcher, the programs' stubs, the
header for C, and the manual.

    python -m tools.system_calls          writes the files; the header under build, where C programs look for it
    python -m tools.system_calls --check  says whether they are what it would write

The table is kernel/syscall/calls.py: its functions are read, not run.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.image import ROOT

TABLE = ROOT / "kernel" / "syscall" / "calls.py"
DISPATCHER = ROOT / "kernel" / "syscall" / "dispatch.py"
STUBS = ROOT / "lib" / "std" / "system.py"
HEADER = ROOT / "build" / "include" / "patchwork.h"
MANUAL = ROOT / "docs" / "system-calls.md"

REGISTERS = ("rdi", "rsi", "rdx", "r10", "r8", "r9")
WORDS = ("a", "b", "c", "d", "e", "f")
MADE = "Made by tools/system_calls.py from kernel/syscall/calls.py; change that."

RECORDS = {
    "ClockRate": "core.clock_rate",
    "PollEntry": "core.ring_records",
    "RingPlace": "core.ring_records",
    "Stat": "core.file_records",
}  # structures that cross, and where they are declared

STAT_RECORD = """\
/* What there is to know of a file; core/file_records.py. */
struct stat_record {
    uint64_t number, size;
    uint32_t kind, links;
    uint32_t permissions, mount;
};
"""

CLOCK_RATE_RECORD = """\
/* How the time stamp counter becomes the uptime; core/clock_rate.py. */
struct clock_rate_record {
    uint64_t first_ticks, scale;
};
"""

POLL_ENTRY = """\
/* One file that poll waits for; core/ring_records.py. */
struct poll_entry {
    uint64_t file;
    uint32_t wanted, ready;
};
"""

RING_PLACE = """\
/* Where a ring lies; core/ring_records.py. */
struct ring_place {
    uint64_t control, submissions, completions;
    uint32_t submission_count, completion_count;
};
"""

C_TYPES = {
    "ClockRate": "struct clock_rate_record",
    "PollEntry": "struct poll_entry",
    "RingPlace": "struct ring_place",
    "Stat": "struct stat_record",
    "u8": "uint8_t",
    "u32": "uint32_t",
    "u64": "uint64_t",
    "i64": "int64_t",
    "bool": "_Bool",
}


@dataclass(frozen=True)
class Parameter:
    name: str
    type: str  # as written

    @property
    def is_slice(self) -> bool:
        return self.type.startswith("UserSlice[")

    @property
    def is_pointer(self) -> bool:
        return self.type.startswith("UserPtr[")

    @property
    def element(self) -> str:
        return self.type[self.type.index("[") + 1 : -1]


@dataclass(frozen=True)
class Call:
    """One system call."""

    number: int
    name: str
    parameters: tuple[Parameter, ...]
    result: str  # "None" for none
    documentation: str


def read_table() -> list[Call]:
    """Return the calls in the order of their numbers."""
    tree = ast.parse(TABLE.read_text())
    calls = [
        call for node in tree.body if isinstance(node, ast.FunctionDef) for call in _call(node)
    ]
    return sorted(calls, key=lambda call: call.number)


def _call(node: ast.FunctionDef) -> Iterator[Call]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "syscall":
            number = ast.literal_eval(decorator.args[0])
            parameters = tuple(
                Parameter(each.arg, ast.unparse(each.annotation)) for each in node.args.args
            )
            yield Call(
                number, node.name, parameters, ast.unparse(node.returns), ast.get_docstring(node)
            )


# The kernel's side --------------------------------------------------------------------------


def dispatcher(calls: list[Call]) -> str:
    types = {"u64"} | {t for call in calls for p in call.parameters for t in _kernel_types(p)}
    lines = [
        f'"""From the number of a system call to its function.\n\n{MADE}\n"""',
        "",
        "from __future__ import annotations",
        "",
        "from core.errors import NotSupported",
        *_record_imports(types),
        "from kernel.syscall import calls",
        f"from lang import {', '.join(sorted(types - RECORDS.keys()))}",
        "",
        "",
        f"def call(number: u64, {', '.join(f'{w}: u64' for w in WORDS)}) -> u64:",
        '    """Call a function with the words that a program gave; return its result, or 0.',
        "",
        "    Raises:",
        "        NotSupported: there is no such call.",
        '        BaseException: whatever the call raises.\n    """',
        "    match number:",
    ]
    for call in calls:
        lines += [f"        case {call.number}:", *_kernel_call(call)]
    lines += ["    raise NotSupported", ""]
    return "\n".join(lines)


def _record_imports(types: set[str]) -> list[str]:
    return [f"from {RECORDS[each]} import {each}" for each in sorted(types & RECORDS.keys())]


def _kernel_types(parameter: Parameter) -> set[str]:
    if parameter.is_slice:
        return {"UserSlice", parameter.element}
    if parameter.is_pointer:
        return {"UserPtr", parameter.element}
    casts = {"u32": {"truncate"}, "i64": {"bit_cast"}}
    return {parameter.type} | casts.get(parameter.type, set())


def _kernel_call(call: Call) -> list[str]:
    words = iter(WORDS)
    arguments = ", ".join(_kernel_argument(p, words) for p in call.parameters)
    made = f"calls.{call.name}({arguments})"
    if call.result == "None":
        return [f"            {made}", "            return 0"]
    return [
        f"            return {made}" if call.result == "u64" else f"            return u64({made})"
    ]


def _kernel_argument(parameter: Parameter, words: Iterator[str]) -> str:
    word = next(words)
    if parameter.is_slice:
        element = parameter.element
        return f"UserSlice[{element}]({word}, {next(words)})"
    if parameter.is_pointer:
        return f"UserPtr[{parameter.element}]({word})"
    match parameter.type:
        case "u32":
            return f"truncate(u32, {word})"
        case "i64":
            return f"bit_cast(i64, {word})"
    return word


# The programs' side -----------------------------------------------------------------------------


def stubs(calls: list[Call]) -> str:
    types = {"u64"} | {t for call in calls for p in call.parameters for t in _stub_types(p)}
    lines = [
        f'"""The system calls, as functions that raise what the kernel raised.\n\n{MADE}\n"""',
        "",
        "from __future__ import annotations",
        "",
        *_record_imports(types),
        f"from lang import {', '.join(sorted(types - RECORDS.keys()))}",
        "from lib.std.system_call import system_call",
        "",
    ]
    for call in calls:
        lines += ["", *_stub(call), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _stub(call: Call) -> list[str]:
    parameters = ", ".join(f"{p.name}: {_program_type(p)}" for p in call.parameters)
    words = [word for p in call.parameters for word in _program_words(p)]
    words += ["0"] * (len(WORDS) - len(words))
    made = f"system_call({call.number}, {', '.join(words)})"
    documentation = "\n    ".join(call.documentation.splitlines()).replace("\n    \n", "\n\n")
    end = '\n    """' if "\n" in documentation else '"""'
    return [
        f"def {call.name}({parameters}) -> {call.result}:",
        f'    """{documentation}{end}',
        f"    {made}" if call.result == "None" else f"    return {made}",
    ]


def _program_type(parameter: Parameter) -> str:
    if parameter.is_slice:
        return f"Slice[{parameter.element}]"
    return f"Ptr[{parameter.element}]" if parameter.is_pointer else parameter.type


def _stub_types(parameter: Parameter) -> set[str]:
    if parameter.is_slice:
        return {"Slice", parameter.element}
    if parameter.is_pointer:
        return {"Ptr", parameter.element}
    return {parameter.type} | ({"bit_cast"} if parameter.type == "i64" else set())


def _program_words(parameter: Parameter) -> list[str]:
    if parameter.is_slice:
        return [f"{parameter.name}.pointer.address", f"u64(len({parameter.name}))"]
    if parameter.is_pointer:
        return [f"{parameter.name}.address"]
    if parameter.type == "i64":
        return [f"bit_cast(u64, {parameter.name})"]
    return [f"u64({parameter.name})"]


def header(calls: list[Call]) -> str:
    lines = [
        f"/* The system calls. {MADE} */",
        "#pragma once",
        "",
        "#include <stdint.h>",
        "",
        STAT_RECORD,
        CLOCK_RATE_RECORD,
        RING_PLACE,
        POLL_ENTRY,
    ]
    for call in calls:
        summary = call.documentation.splitlines()[0]
        parameters = ", ".join(word for p in call.parameters for word in _c_parameters(p)) or "void"
        result = "void" if call.result == "None" else C_TYPES[call.result]
        lines += [f"/* {summary} */", f"{result} {call.name}({parameters});", ""]
    return "\n".join(lines)


def _c_parameters(parameter: Parameter) -> list[str]:
    if parameter.is_slice:
        element = C_TYPES[parameter.element]
        return [f"{element} *{parameter.name}", f"uint64_t {parameter.name}_length"]
    if parameter.is_pointer:
        return [f"{C_TYPES[parameter.element]} *{parameter.name}"]
    return [f"{C_TYPES[parameter.type]} {parameter.name}"]


# The manual -------------------------------------------------------------------------------------


def manual(calls: list[Call]) -> str:
    lines = [
        "# System calls",
        "",
        f"<!-- {MADE} -->",
        "",
        "A program asks the kernel with the instruction `syscall`: the number in `rax`, arguments in `rdi`, `rsi`,",
        "`rdx`, `r10`, `r8`, `r9`; a slice is two of them, address and length. The result comes in `rax`; `rdx` holds 0,",
        "or the number of an exception's class (`core/errors.py`), which the stub in `lib/std` raises in the program.",
        "`rcx` and `r11` are lost, all other registers kept.",
        "",
        "| number | call | does |",
        "| --- | --- | --- |",
    ]
    for call in calls:
        summary = call.documentation.splitlines()[0]
        lines.append(f"| {call.number} | [`{call.name}`](#{call.name}) | {summary} |")
    for call in calls:
        parameters = ", ".join(f"{p.name}: {_program_type(p)}" for p in call.parameters)
        lines += [
            "",
            f"## {call.name}",
            "",
            "```python",
            f"{call.name}({parameters}) -> {call.result}",
            "```",
        ]
        lines += ["", *_paragraphs(call.documentation)]
    return "\n".join(lines) + "\n"


def _paragraphs(documentation: str) -> list[str]:
    text, _, errors = documentation.partition("Raises:\n")
    lines = text.rstrip().splitlines()
    if errors:
        lines += ["", "Raises:", ""]
        lines += [f"* `{line.strip().replace(':', '`:', 1)}" for line in errors.splitlines()]
    return lines


def files() -> dict[Path, str]:
    """Return what each file of the tree is to hold."""
    calls = read_table()
    made = {DISPATCHER: dispatcher(calls), STUBS: stubs(calls), MANUAL: manual(calls)}
    return {path: _formatted(path, text) for path, text in made.items()}


def _formatted(path: Path, text: str) -> str:
    if path.suffix != ".py":
        return text
    for command in (["check", "--fix", "--quiet"], ["format"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(path), "-"]
        text = subprocess.run(ruff, input=text, text=True, check=True, capture_output=True).stdout
    return text


def main(arguments: list[str]) -> int:
    HEADER.parent.mkdir(parents=True, exist_ok=True)
    HEADER.write_text(header(read_table()))
    stale = [
        path for path, text in files().items() if not path.exists() or path.read_text() != text
    ]
    for path in stale:
        print(path.relative_to(ROOT))
        if arguments != ["--check"]:
            path.write_text(files()[path])
    return 1 if stale and arguments == ["--check"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
