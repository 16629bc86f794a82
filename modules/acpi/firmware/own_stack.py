"""A stack for AML. Its terms lie in each other as deep as firmware likes, up to DEPTH; threads' stacks are for calls of the
kernel, which do not.

Whoever holds loaded.lock is the only one on it, and may sleep there. Below it is a page that is not mapped.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from kernel.mem import kernel_space, kernel_stack
from kernel.mem.address_space import Protection
from kernel.mem.kernel_stack import GUARD
from kernel.mem.layout import PAGE_SIZE, VirtAddr
from lang import asm, export, naked, no_raise, sleeps, u64

SIZE: Final[u64] = 128 * PAGE_SIZE
DEPTH: Final[u64] = 400  # of terms in each other


def make() -> VirtAddr:
    """Return the top of a new stack.

    Raises:
        MemoryError: there is too little memory.
    """
    try:
        start = kernel_space.space.reserve(GUARD + SIZE, Protection(0))
        for offset in range(GUARD, GUARD + SIZE, u64(PAGE_SIZE)):
            kernel_stack.put_page(start + offset)
    except (ValueError, BadAddress, FileExistsError):
        assert False, "a stack is whole pages of the kernel's space"
    return start + GUARD + SIZE


@naked
@export("acpi_call_on_stack")
@no_raise
@sleeps
def call(top: VirtAddr) -> None:
    """Have loaded.run_work called on another stack.

    top: its end, a multiple of 16.
    """
    asm(
        """
        pushq %rbp
        movq %rsp, %rbp
        movq %rdi, %rsp
        callq acpi_run_work
        movq %rbp, %rsp
        popq %rbp
        retq
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )
