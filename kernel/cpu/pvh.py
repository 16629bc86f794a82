"""The first instructions of a direct boot: from the PVH entry in 32 bits to Python in 64.

QEMU's `-kernel` (and Xen) starts an ELF file that carries a PVH note in 32-bit protected mode,
without paging, interrupts off, EBX the physical address of a start-info structure. The kernel is
linked for the top 2 GiB of the address space, so the entry first maps the low 4 GiB in pages of
2 MiB, at 0, in the physical map, and (its first 2 GiB) at KERNEL_BASE, then turns on long mode and jumps up.

    PML4 [0] -> PDPT [0..3] -> 4 page directories: identity
    PML4 [256] -> the same: the beginning of the physical map
    PML4 [511] -> high PDPT [510, 511] -> the first 2 of them

The low map goes away when the kernel builds its own tables.

Source: Xen, "x86/HVM direct boot ABI"; Intel SDM volume 3A, sections 4.5 and 9.8.5.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import boot_stack, loader_entry  # noqa: F401 - the stack by its symbol, the other way in
from kernel.init import start
from kernel.interrupt import dispatch  # noqa: F401 - the entry code calls it by its symbol
from lang import (
    Array,
    asm,
    export,
    holds,
    naked,
    no_raise,
    section,
    struct,
    u64,
)

KERNEL_BASE: Final = 0xFFFFFFFF80000000


@struct(align=4096)
class Table:
    """One page table of any level. Intel SDM volume 3A, section 4.5."""

    entries: Array[u64, 512]


boot_pml4: Table
boot_pdpt: Table
boot_pdpt_high: Table
boot_directories: Array[Table, 4]


@naked
@export("pvh_entry")
@section(".text.entry")
def pvh_entry() -> None:
    """Build the first page tables, enter long mode, call `enter` with the start info."""
    asm(
        """
        .code32
        cld
        movl %ebx, %esi

        # Directories: 2048 entries of 2 MiB, present, writable, large.
        movl $$(kernel.cpu.pvh.boot_directories - 0xffffffff80000000), %edi
        movl $$0x83, %eax
        xorl %ecx, %ecx
    1:  movl %eax, (%edi,%ecx,8)
        movl $$0, 4(%edi,%ecx,8)
        addl $$0x200000, %eax
        incl %ecx
        cmpl $$2048, %ecx
        jne 1b

        # PDPTs: four directories at 0, the first two at KERNEL_BASE.
        movl $$(kernel.cpu.pvh.boot_pdpt - 0xffffffff80000000), %ebx
        leal 3(%edi), %eax
        movl %eax, (%ebx)
        addl $$0x1000, %eax
        movl %eax, 8(%ebx)
        addl $$0x1000, %eax
        movl %eax, 16(%ebx)
        addl $$0x1000, %eax
        movl %eax, 24(%ebx)
        movl $$(kernel.cpu.pvh.boot_pdpt_high - 0xffffffff80000000), %edx
        leal 3(%edi), %eax
        movl %eax, 4080(%edx)
        addl $$0x1000, %eax
        movl %eax, 4088(%edx)

        movl $$(kernel.cpu.pvh.boot_pml4 - 0xffffffff80000000), %edi
        leal 3(%ebx), %eax
        movl %eax, (%edi)
        movl %eax, 2048(%edi)
        leal 3(%edx), %eax
        movl %eax, 4088(%edi)

        # Long mode: PAE, the tables, EFER.LME, then paging and write protection.
        movl %edi, %cr3
        movl %cr4, %eax
        orl $$0x20, %eax
        movl %eax, %cr4
        movl $$0xc0000080, %ecx
        rdmsr
        orl $$0x100, %eax
        wrmsr
        movl %cr0, %eax
        orl $$0x80010000, %eax
        movl %eax, %cr0

        # A descriptor table of our own on the way: null, 64-bit code, data.
        lgdt pvh_gdt_pointer - 0xffffffff80000000
        ljmpl $$8, $$(2f - 0xffffffff80000000)

        .code64
    2:  movw $$16, %ax
        movw %ax, %ds
        movw %ax, %es
        movw %ax, %ss
        xorl %eax, %eax
        movw %ax, %fs
        movw %ax, %gs
        movabsq $$(kernel.cpu.boot_stack.stack + 69632), %rsp
        xorl %ebp, %ebp
        movl %esi, %edi
        movabsq $$pvh_start, %rax
        pushq $$0                       # nobody called: a debugger's backtrace ends here
        jmpq *%rax

        .balign 8
    pvh_gdt:
        .quad 0, 0x00af9b000000ffff, 0x00cf93000000ffff
    pvh_gdt_pointer:
        .word 23
        .long pvh_gdt - 0xffffffff80000000
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@export("pvh_start")
@no_raise
@holds("preemption")
def enter(start_info: u64) -> None:
    """First Python: on the boot stack, low memory mapped at its own addresses."""
    start.from_pvh(start_info)
