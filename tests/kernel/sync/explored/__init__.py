"""Locks for threads of the host: what takes the places of modules of the kernel, and what such threads do."""

from __future__ import annotations

from pathlib import Path

EXPLORED = Path(__file__).parent
REPLACED = {
    "kernel.cpu.instructions": EXPLORED.parent.parent / "cpu" / "no_instructions.py",
    **{
        f"kernel.{each.replace('/', '.')}": EXPLORED / f"{Path(each).name}.py"
        for each in (
            "cpu/processor",
            "mem/address_space",
            "sched/kernel_thread",
            "sched/scheduler",
            "sched/sleep",
            "sched/thread",
        )
    },
}
