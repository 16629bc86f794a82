"""Where the boot loader enters the kernel: in 64-bit mode, on tables that map the image, the low 4 GiB at
their own addresses, and the same as the beginning of the physical map.

RDI is the physical address of the Handover; interrupts are off, and the stack is the loader's.
"""

from __future__ import annotations

from core.handover import Handover
from kernel.cpu import boot_stack  # noqa: F401 - by its symbol
from kernel.init import start
from kernel.mem.layout import to_virtual
from lang import Ptr, asm, export, holds, naked, no_raise, section, u64


@naked
@export("kernel_entry")
@section(".text.entry")
def kernel_entry() -> None:
    """Take the kernel's own stack, and call `enter`."""
    asm(
        """
        leaq kernel.cpu.boot_stack.stack(%rip), %rsp
        addq $$69632, %rsp
        xorl %ebp, %ebp
        cld
        pushq $$0                       # nobody called: a debugger's backtrace ends here
        jmp kernel_start
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@export("kernel_start")
@no_raise
@holds("preemption")
def enter(handover: u64) -> None:
    """First Python of a start by the boot loader."""
    start.from_loader(Ptr[Handover](to_virtual(handover)))
