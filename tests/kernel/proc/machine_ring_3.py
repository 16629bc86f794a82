"""Whatever a program does to the processor ends that program, with a text that says what it was, and nothing else.

Of the exceptions that a processor has (Intel SDM volume 3A, table 6-1), a program of 64 bits cannot cause those of INTO and
BOUND, which are no instructions there; nor that of no floating point unit, since it is always on; nor #TS, #NP and #AC, as there
is one task, all segments are present, and nothing checks alignment. INT with their numbers is refused.
"""

from __future__ import annotations

from typing import Final

from kernel.log import log
from kernel.proc.process import Process
from kernel.sched import sleep
from kernel.time import clock
from lang import Array, Ptr, Slice, address_of, asm, export, naked, symbol_address, u8, u64, usize
from tests.kernel.proc import hand_made

MS = 1_000_000

# What a case begins with, and what the status of its program does.
KINDS: Final = b"dxbfipsg"
STATUSES: Final = Array[bytes, 8](
    b"divbyzero",
    b"debug exception",
    b"breakpoint",
    b"floating point exception",
    b"illegal instruction",
    b"pagefault",
    b"segfault",  # a stack fault
    b"segfault",  # a general protection fault
)
ENDS_WELL: Final[u8] = 101  # e
WELL_OR_FLOAT: Final[u8] = 109  # m: QEMU's own processor does not report what SSE finds
ANY: Final[u8] = 97  # a: processors differ in which it is, and QEMU's from all
BLOCK: Final[u64] = 64  # bytes of a case, of which the first says what it is

# To be where no stack can be.
BAD_STACKS: Final = Array[u64, 8](
    0,
    8,
    0x1000,
    0x40_1000,  # the end of the code, which nobody may write
    0x7FFF_FFFF_FFF8,
    0x8000_0000_0000_0000,  # no address
    0xFFFF_FFFF_8010_0000,  # the kernel's
    0xFFFF_FFFF_FFFF_FFF8,
)


@naked
@export("test_ring_3_cases")
def cases() -> None:
    """Does what the case says whose number is in rdi."""
    asm(
        """
        .macro case kind
        .balign 64, 0xcc
        .ascii "\\kind"
        .endm
        .macro ends_well
        xorl %edi, %edi
        xorl %esi, %esi
        xorl %eax, %eax
        syscall
        .endm

        shll $$6, %edi
        leaq 9f(%rip), %rax
        leaq 1(%rax,%rdi), %rax
        jmpq *%rax

        .balign 64, 0xcc
    9:  .ascii "d"      # a division by zero
        xorl %edx, %edx
        xorl %ecx, %ecx
        divl %ecx
    case d              # a quotient that is too large
        movl $$0x80000000, %eax
        cltd
        movl $$-1, %ecx
        idivl %ecx

    case x              # a single step
        pushfq
        orl $$0x100, (%rsp)
        popfq
        nop
        nop
    case x              # a single step over a system call
        pushfq
        orl $$0x100, (%rsp)
        popfq
        movl $$5, %eax
        syscall
        nop
    case x              # held up by a load of SS until then
        movl %ss, %ecx
        movl $$5, %eax
        pushfq
        orl $$0x100, (%rsp)
        popfq
        movl %ecx, %ss
        syscall
        nop
    case a              # INT1, which needs no privilege
        .byte 0xf1

    case b
        int3
    case b
        .byte 0xcd, 3
    case b              # behind a load of SS
        movl %ss, %ecx
        movl %ecx, %ss
        int3

    case f              # a division by zero of the x87, unmasked
        fninit
        pushq $$0x37b
        fldcw (%rsp)
        fld1
        fldz
        fdivrp
        fwait
        hlt

    case m              # the same with SSE
        pushq $$0x1d80
        ldmxcsr (%rsp)
        movl $$1, %eax
        cvtsi2sdl %eax, %xmm0
        xorps %xmm1, %xmm1
        divsd %xmm1, %xmm0
        ends_well

    case i
        ud2
    case i              # INTO
        .byte 0xce
    case i              # LOCK before what takes none
        .byte 0xf0, 0x90
    case i              # VMCALL
        .byte 0x0f, 0x01, 0xc1
    case i              # WRGSBASE, which is off
        wrgsbase %rax

    case p              # reads from 0
        xorl %eax, %eax
        movl (%rax), %eax
    case p              # writes to the kernel
        movq $$0xffffffff80100000, %rax
        movl $$1, (%rax)
    case p              # reads from it
        movq $$0xffffffff80100000, %rax
        movl (%rax), %eax
    case p              # writes to its own code
        movl $$1, 0x400000
    case p              # pushes below nothing
        xorl %esp, %esp
        movl $$0x1000, %esp
        pushq %rax
    case p              # pushes into the kernel
        movq $$0xffffffff80100000, %rsp
        pushq %rax

    case s              # pushes to no address
        movq $$0x8000000000000000, %rsp
        pushq %rax
    case s              # reads from there by the frame pointer
        movq $$0x8000000000000000, %rbp
        movl (%rbp), %eax

    case g              # reads from no address
        movq $$0x8000000000000000, %rax
        movl (%rax), %eax
    case g              # a vector of 16 bytes that is not aligned
        movl $$0x600001, %eax
        movaps (%rax), %xmm0
    case g
        hlt
    case g
        cli
    case g
        inb $$0x64, %al
    case g
        outb %al, $$0x64
    case g
        movl $$0xc0000080, %ecx
        rdmsr
    case g
        movl $$0xc0000080, %ecx
        wrmsr
    case g
        movq %cr3, %rax
    case g
        movq %rax, %cr0
    case g
        movq %rax, %dr7
    case g
        clts
    case g
        invlpg (%rsp)
    case g
        wbinvd
    case g
        lidt -16(%rsp)
    case g
        lgdt -16(%rsp)
    case g
        movl $$0x28, %eax
        ltr %ax
    case g
        swapgs
    case g
        sysretq
    case a
        sysenter
    case g              # the kernel's segment for data
        movl $$0x10, %eax
        movl %eax, %ds
    case g              # no segment, for the stack
        xorl %eax, %eax
        movl %eax, %ss
    case a              # a far return to the kernel's segment for code
        pushq $$8
        pushq $$0x400000
        lretq
    case a              # a return from no interrupt, to there
        pushq $$0x10
        pushq %rsp
        pushq $$2
        pushq $$8
        pushq $$0x400000
        iretq
    case g              # to a task that is nested in none
        pushfq
        orl $$0x4000, (%rsp)
        popfq
        iretq

    case e              # flags that the kernel does without
        pushfq
        orl $$0x44400, (%rsp)
        popfq
        movl $$5, %eax
        syscall
        ends_well
    case e              # no data segments
        xorl %eax, %eax
        movl %eax, %ds
        movl %eax, %es
        movl %eax, %gs
        movl $$5, %eax
        syscall
        ends_well
    case e              # an access that is not aligned, with AC
        pushfq
        orl $$0x40000, (%rsp)
        popfq
        movl 0x600001, %eax
        ends_well
        .balign 64, 0xcc
        .purgem case
        .purgem ends_well
        .globl test_ring_3_cases_end
    test_ring_3_cases_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@naked
@export("test_ring_3_stacks")
def stacks() -> None:
    """Has its stack where rsi says, and then does what rdi says.

    0: calls the kernel, sees that its stack is still there, and ends well. 1: an instruction that there is not. 2: the same, with a
    handler for notes. 3: the same with a single step. 4: never ends.
    """
    asm(
        """
        movq %rdi, %rbx
        movq %rsi, %r12
        cmpl $$2, %ebx
        jne 1f
        leaq 5f(%rip), %rdi
        movl $$33, %eax
        syscall
    1:  cmpl $$3, %ebx
        jne 2f
        pushfq
        orl $$0x100, (%rsp)
        popfq
    2:  movq %r12, %rsp
        cmpl $$4, %ebx
        je 4f
        testl %ebx, %ebx
        jnz 5f
        movl $$5, %eax
        syscall
        cmpq %r12, %rsp
        jne 5f
        xorl %edi, %edi
        xorl %esi, %esi
        xorl %eax, %eax
        syscall
    5:  ud2
    4:  jmp 4b
        .globl test_ring_3_stacks_end
    test_ring_3_stacks_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@naked
@export("test_ring_3_noted")
def noted() -> None:
    """Its handler goes on with the kernel's segments, and all flags that there are; what then runs tries to
    halt, of which the handler makes the status."""
    asm(
        """
        leaq 2f(%rip), %rdi
        movl $$33, %eax
        syscall
        ud2
    1:  hlt
    2:  testl %r15d, %r15d
        jnz 3f
        movq $$1, (%rdx)
        leaq 1b(%rip), %rax
        movq %rax, 136(%rdx)
        movq $$8, 144(%rdx)
        movq $$~0x100, 152(%rdx)
        movq $$0x10, 168(%rdx)
        movq %rdx, %rdi
        movl $$34, %eax
        syscall
        ud2
    3:  xorl %eax, %eax
        syscall
        .globl test_ring_3_noted_end
    test_ring_3_noted_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def test_each_case_ends_its_program_alone_with_what_it_was() -> None:
    witness = start_spinner(hand_made.STACK_END)
    start = symbol_address("test_ring_3_cases")
    end = symbol_address("test_ring_3_cases_end")
    code = Slice[u8](Ptr[u8](start), end - start)
    count = (end - start) // BLOCK - 1
    assert count > 50
    wrong = 0
    for number in range(count):
        process = hand_made.start(start, end, number)
        assert hand_made.wait(process)
        block = (number + 1) * BLOCK
        if not ended_as(process.status, code[block], block):
            log.error(f"case {number} ended with: {process.status}")
            wrong += 1
    assert wrong == 0
    finish(witness)


def test_no_vector_can_be_asked_for_but_that_of_breakpoints() -> None:
    code = Array[u8, 2]()
    code[0] = 0xCD  # INT
    for vector in range(u64(256)):
        code[1] = u8(vector)
        start = address_of(code[0]).address
        process = hand_made.start(start, start + 2)
        assert hand_made.wait(process)
        if vector == 3:
            assert process.status == b"breakpoint at 0x400002"
        else:
            assert process.status == b"segfault at 0x400000"


def test_a_program_calls_the_kernel_whatever_its_stack_pointer_is() -> None:
    for stack in BAD_STACKS:
        assert len(end_of(0, stack).status) == 0


def test_a_fault_is_that_fault_whatever_the_stack_pointer_is() -> None:
    for stack in BAD_STACKS:
        assert is_illegal(end_of(1, stack))
        assert is_illegal(end_of(2, stack))
        process = end_of(3, stack)
        assert process.status[:15] == b"debug exception"


def test_a_program_without_a_stack_is_interrupted_and_ended() -> None:
    for stack in BAD_STACKS:
        finish(start_spinner(stack))


def test_whatever_a_handler_goes_on_with_is_a_programs() -> None:
    process = hand_made.start(
        symbol_address("test_ring_3_noted"), symbol_address("test_ring_3_noted_end")
    )
    assert hand_made.wait(process)
    assert process.status[:8] == b"segfault"


def prepare(variant: u64, stack: u64) -> Process:
    process = hand_made.prepare(
        symbol_address("test_ring_3_stacks"), symbol_address("test_ring_3_stacks_end")
    )
    hand_made.add_thread(process, variant, stack)
    return process


def end_of(variant: u64, stack: u64) -> Process:
    process = prepare(variant, stack)
    assert hand_made.wait(process)
    return process


def is_illegal(process: Process) -> bool:
    return process.status[:22] == b"illegal instruction at"


def start_spinner(stack: u64) -> Process:
    return prepare(4, stack)


def finish(process: Process) -> None:
    """End a program that runs until then, for longer than a slice."""
    sleep.until(clock.uptime() + 5 * MS)
    assert not process.has_ended.load()
    process.ask_to_end(b"enough")
    assert hand_made.wait(process)
    assert process.status == b"enough"


def ended_as(status: Slice[u8], kind: u8, block: u64) -> bool:
    """Whether a status is one for a kind of case, at an instruction of its block."""
    if len(status) == 0:
        return kind in (ENDS_WELL, WELL_OR_FLOAT)
    first = hand_made.CODE + block
    return is_of_kind(status, kind) and first < address_in(status) < first + BLOCK


def is_of_kind(status: Slice[u8], kind: u8) -> bool:
    wanted = 102 if kind == WELL_OR_FLOAT else kind
    for index in range(usize(len(KINDS))):
        text = STATUSES[index]
        if (KINDS[index] == wanted or kind == ANY) and status[: len(text)] == text:
            return True
    return False


def address_in(status: Slice[u8]) -> u64:
    """Return the number that follows the first `0x`; 0 if there is none."""
    number: u64 = 0
    is_inside = False
    for index in range(1, len(status)):
        byte = status[index]
        if is_inside:
            if byte == 32:
                break
            number = number << 4 | u64(byte - 48 if byte < 58 else byte - 87)
        elif byte == 120 and status[index - 1] == 48:
            is_inside = True
    return number
