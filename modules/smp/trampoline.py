"""The first instructions of another processor: from real mode, in a page below 1 MiB, to the kernel.

A processor begins where the command to start it says, at the beginning of a page, in real mode with paging
and caches off. The code goes from there to long mode in one step, by setting all that it needs (CR4, CR3,
EFER) before CR0 turns on protection and paging together. Its first page tables map the lowest 2 MiB at
their own addresses, since that is where it runs, and the kernel as the kernel's own tables do; it goes over
to those as soon as it has jumped into the kernel.

    PML4 [0] -> PDPT [0] -> directory [0]: 2 MiB, executable
    PML4 [256 on] -> as in the kernel's

What the code must know is in the page, too, behind it (Mail).

Source: Intel SDM volume 3A, sections 8.4.4 (start-up) and 9.8.5 (long mode), tables 9-1 (state after INIT).
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import instructions
from kernel.mem import frames, kernel_map
from kernel.mem.buddies import Zone
from kernel.mem.layout import PAGE_SIZE, PhysAddr, VirtAddr, bytes_at, to_virtual
from lang import (
    Array,
    Ptr,
    Slice,
    asm,
    export,
    naked,
    packed,
    section,
    sizeof,
    struct,
    symbol_address,
    truncate,
    u8,
    u16,
    u32,
    u64,
    usize,
)

MAIL: Final[u64] = 0xE00  # where in the page the mail is
CODE_SEGMENT: Final[u64] = 0x00AF_9B00_0000_FFFF  # present, 64-bit
MSR_EFER: Final[u32] = 0xC000_0080
LONG_MODE: Final[u64] = 1 << 8
NO_EXECUTE: Final[u64] = 1 << 11
PRESENT_WRITABLE: Final[u64] = 3
LARGE: Final[u64] = 1 << 7
KERNEL_HALF: Final = 256
ENTRIES: Final = 512


@packed
class Mail:
    """What a processor must know; its place and form are those that the code below expects."""

    first_tables: u32  # physical
    cr4: u32
    efer: u32
    cr0: u32
    gdt_limit: u16
    gdt_base: u32  # physical
    entry: u32  # physical: of the part in 64 bits
    entry_segment: u16
    stack: VirtAddr
    tables: PhysAddr  # the kernel's
    base: u64  # of its area (kernel/cpu/processor.py)
    null_segment: u64
    code_segment: u64


assert sizeof(Mail) == 68


@struct
class Table:
    """A page table of any level."""

    entries: Array[u64, ENTRIES]


@naked
@export("smp_trampoline")
@section(".text.trampoline")
def code() -> None:
    """Go from real mode to the kernel; copied to a page of its own, which is also its segment."""
    asm(
        """
        .code16
        cli
        cld
        movw %cs, %ax
        movw %ax, %ds
        movl 0xe00, %eax
        movl %eax, %cr3
        movl 0xe04, %eax
        movl %eax, %cr4
        movl $$0xc0000080, %ecx
        xorl %edx, %edx
        movl 0xe08, %eax
        wrmsr
        lgdtl 0xe10
        movl 0xe0c, %eax
        movl %eax, %cr0
        ljmpl *0xe16

        .code64
        .globl smp_trampoline_64
    smp_trampoline_64:
        leaq smp_trampoline_64(%rip), %rbx
        andq $$-4096, %rbx
        xorl %eax, %eax
        movw %ax, %ds
        movw %ax, %es
        movw %ax, %ss
        movw %ax, %fs
        movw %ax, %gs
        movq 0xe1c(%rbx), %rsp
        movq 0xe24(%rbx), %rsi
        movq 0xe2c(%rbx), %rdi
        movabsq $$smp_arrive, %rax
        jmpq *%rax
        .globl smp_trampoline_end
    smp_trampoline_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@naked
@export("smp_arrive")
def arrive() -> None:
    """In the kernel: go over to its page tables, and to Python, with the base of the area."""
    asm(
        """
        movq %rsi, %cr3
        xorl %ebp, %ebp
        pushq $$0
        movabsq $$smp_begin, %rax
        jmpq *%rax
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@struct
class Trampoline:
    """A page with the code, and the first page tables."""

    page: PhysAddr
    tables: PhysAddr  # three pages in a row

    def make(self) -> None:
        """Take the pages and fill them.

        Raises:
            MemoryError: there are none so low.
        """
        self.page = frames.allocate_contiguous(1, 1, Zone.LOW)
        try:
            self.tables = frames.allocate_contiguous(3, 1, Zone.DMA)
        except MemoryError:
            frames.free(self.page)
            raise
        start, end = symbol_address("smp_trampoline"), symbol_address("smp_trampoline_end")
        assert end - start <= MAIL
        target = Slice[u8](bytes_at(self.page), PAGE_SIZE)
        target.fill(0)
        target[: end - start].copy_from(Slice[u8](Ptr[u8](start), end - start))
        self._fill_tables()

    def _fill_tables(self) -> None:
        Slice[u8](bytes_at(self.tables), 3 * PAGE_SIZE).fill(0)
        top = Ptr[Table](to_virtual(self.tables))
        kernels = Ptr[Table](to_virtual(kernel_map.root))
        for index in range(usize(KERNEL_HALF), usize(ENTRIES)):
            top.entries[index] = kernels.entries[index]
        top.entries[0] = self.tables + PAGE_SIZE | PRESENT_WRITABLE
        Ptr[u64](to_virtual(self.tables + PAGE_SIZE))[0] = (
            self.tables + 2 * PAGE_SIZE | PRESENT_WRITABLE
        )
        Ptr[u64](to_virtual(self.tables + 2 * PAGE_SIZE))[0] = LARGE | PRESENT_WRITABLE

    def write_mail(self, stack: VirtAddr, base: u64) -> None:
        """Say with what the next processor begins: as this one runs, but for these two."""
        mail = Ptr[Mail](to_virtual(self.page) + MAIL)
        entry = symbol_address("smp_trampoline_64") - symbol_address("smp_trampoline")
        null_segment = self.page + MAIL + sizeof(Mail) - 16
        mail.first_tables = truncate(u32, self.tables)
        mail.cr4 = truncate(u32, instructions.read_cr4())
        mail.efer = truncate(u32, instructions.read_msr(MSR_EFER) & (LONG_MODE | NO_EXECUTE))
        mail.cr0 = truncate(u32, instructions.read_cr0())
        mail.gdt_limit = 15
        mail.gdt_base = truncate(u32, null_segment)
        mail.entry = truncate(u32, self.page + entry)
        mail.entry_segment = 8
        mail.stack = stack
        mail.tables = kernel_map.root
        mail.base = base
        mail.null_segment = 0
        mail.code_segment = CODE_SEGMENT

    def free(self) -> None:
        """Give the pages back; no processor is on its way."""
        frames.free_contiguous(self.page, 1)
        frames.free_contiguous(self.tables, 3)
