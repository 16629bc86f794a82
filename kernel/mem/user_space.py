"""Whose memory this processor sees below the kernel's regions: the address space that is loaded.

A thread of the kernel has none, and leaves that of whoever ran before, which saves two loads of CR3 where a program
waits for the kernel. So before a space is destroyed every processor must let go of it.
"""

from __future__ import annotations

from kernel.cpu import instructions
from kernel.cpu.interrupts import interrupts_disabled
from kernel.interrupt import ipi
from kernel.mem import kernel_map
from kernel.mem.address_space import AddressSpace
from kernel.mem.layout import PhysAddr
from lang import PerCpu, Ptr, holds, irq_safe, no_raise

loaded: PerCpu[Ptr[AddressSpace] | None]


@irq_safe
@no_raise
@holds("preemption")
def load(space: Ptr[AddressSpace]) -> None:
    """See a space's memory from now on. Interrupts are off."""
    if loaded.load() != space:
        loaded.store(space)
        instructions.write_cr3(space.root)


@irq_safe
@no_raise
@holds("preemption")
def current() -> Ptr[AddressSpace] | None:
    return loaded.load()


@no_raise
def destroy(space: AddressSpace) -> None:
    """Free all that a space holds, in which nothing runs any more."""
    ipi.run_on(ipi.all_online(), let_go, space.root)
    space.destroy()


@irq_safe
@no_raise
def let_go(root: PhysAddr) -> None:
    """If this processor sees the space with these page tables, see nothing but the kernel."""
    with interrupts_disabled():
        if instructions.read_cr3() == root:
            loaded.store(None)
            instructions.write_cr3(kernel_map.root)
