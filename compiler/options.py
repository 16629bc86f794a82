"""What a compilation is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TARGETS = {
    "kernel": "ELF for the higher half, with a PVH entry",
    "module": "relocatable ELF, which the kernel loads",
    "program": "ELF for the system's user space",
    "uefi": "PE32+ application, which the firmware starts",
    "host": "static executable for Linux on x86_64",
    "run": "as host, compiled in less time, for a program that is run rather than kept",
    "jit": "into this process",
}

BUILDS = {
    "checked": "all checks, for development and tests",
    "release": "optimised as a whole, with the checks that the language always has",
}

EMITS = {
    "ir": "the compiler's own typed IR, as text",
    "llvm": "LLVM IR, as text",
    "asm": "assembly, with source lines as comments",
    "obj": "an object file",
    "exe": "the linked image",
}


@dataclass(frozen=True)
class CompileOptions:
    """One source file and what it is to become."""

    source: Path
    output: Path | None = None  # None: text goes to standard output, files beside the source
    target: str = "host"  # of TARGETS
    build: str = "checked"  # of BUILDS
    emit: str = "exe"  # of EMITS
    imported: tuple[Path, ...] = ()  # files that become part of it, though none of its imports them
