"""What a program has on a processor beyond its registers: memory, SIMD state, thread-local storage."""

from __future__ import annotations

from kernel.cpu import instructions, simd, user_mode
from kernel.mem import user_space
from kernel.sched.thread import Thread
from lang import Ptr, holds, irq_safe, no_raise


@irq_safe
@no_raise
@holds("preemption")
def exchange(leaving: Ptr[Thread], arriving: Ptr[Thread]) -> None:
    """Keep what one thread's program has, and give another's back. Interrupts are off."""
    area = leaving.simd
    if area is not None:
        simd.save(area)
    space, area = arriving.space, arriving.simd
    if space is not None and area is not None:
        user_space.load(space)
        user_mode.set_kernel_stack(arriving.kernel_top)
        instructions.write_msr(user_mode.MSR_FS_BASE, arriving.fs_base)
        simd.restore(area)
