"""Compiles a workload to one object: python -m tools.bench.compile_workload FILE.py BUILD OUTPUT.

The code is that of a program for the host, SSE2 and vectorised loops included, but with the
kernel's meaning: a failed check traps. None of the six targets is both. The world beneath it is not
one of ours either, but the harness, as for C.

A process of its own, since the compiler forks.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from compiler.backend.link import LinkInput, link
from compiler.backend.target import TARGETS
from compiler.driver import exported
from compiler.image import Image, crew_for, declared
from compiler.render import print_diagnostics
from compiler.source import CompileFailed

CORE = Path(__file__).resolve().parent.parent.parent / "core"
RUNTIME = [CORE / "object.py", CORE / "memory.py"]  # which compiled code calls by name
TARGET = replace(TARGETS["host"], traps=True)


def main(source: str, build: str, output: str) -> int:
    try:
        compile_workload(Path(source), build, Path(output))
    except CompileFailed as failed:
        print_diagnostics(failed.diagnostics)
        return 1
    return 0


def compile_workload(source: Path, build: str, output: Path) -> None:
    """Compile a file and all that it imports to one object.

    Raises:
        CompileFailed: with all errors.
    """
    read = declared([source, *RUNTIME], TARGET.name, build, has_containers=False)
    image = Image(TARGET, build, read.modules, read.root)
    with crew_for(image) as crew:
        image.survey(crew)
        if build == "release":
            objects = [LinkInput(image.root, image.whole(crew, "obj", exported(image)))]
        else:
            objects = image.objects(crew)
    link(TARGETS["module"], objects, output)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
