"""Where a trace of the scheduler can be taken, nothing is left of that in a kernel that takes none."""

from __future__ import annotations

import re
from pathlib import Path

from compiler.backend.pool import BackendPool
from compiler.image import crew_for, declared, world_files
from tools import image

UNIT = "kernel.sched.scheduler"
SOURCE = image.ROOT / "kernel" / "sched" / "scheduler.py"
CALL = re.compile(r"^( +)trace\.\w+\(.*\)$", re.MULTILINE)


def code(text: str, folder: Path) -> list[str]:
    """Return the assembly of the scheduler in a release build, made of its text; but for what line each part is of."""
    folder.mkdir()
    source = folder / SOURCE.name
    source.write_text(text)
    roots = [image.KERNEL, *world_files("kernel"), image.MODULES]
    kernel = declared(roots, "kernel", "release", {UNIT: source})
    with crew_for(kernel) as crew, BackendPool(1) as pool:
        kernel.survey(crew)
        [(unit, llvm)] = kernel.llvm_texts(crew, [UNIT])
        listing = pool.submit(unit, llvm, kernel.target, "release", "asm").result().decode()
    return [line for line in listing.splitlines() if not line.startswith("\t.loc\t")]


def test_the_scheduler_is_the_same_code_with_and_without_its_calls(tmp_path: Path) -> None:
    text = SOURCE.read_text()
    assert len(CALL.findall(text)) == 4
    with_calls = code(text, tmp_path / "with")
    assert len(with_calls) > 3000
    assert with_calls == code(CALL.sub(r"\1pass", text), tmp_path / "without")
