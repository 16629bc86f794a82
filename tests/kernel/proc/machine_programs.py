"""Programs call the kernel, make mistakes, and end; the kernel goes on."""

from __future__ import annotations

from core.file_records import NodeKind
from kernel.fs.file import File
from kernel.fs.vnode import Vnode
from kernel.proc.process import Process
from kernel.sched import sleep
from kernel.time import clock
from lang import (
    Array,
    Slice,
    UserSlice,
    asm,
    export,
    naked,
    sleeps,
    symbol_address,
    u8,
    u64,
)
from tests.kernel.mem import in_use
from tests.kernel.proc import hand_made

MS = 1_000_000


def run(begin: u64, end: u64, argument: u64 = 0) -> Process:
    process = hand_made.start(begin, end, argument)
    assert hand_made.wait(process)
    return process


def has_status(process: Process, text: Slice[u8]) -> bool:
    return process.status == text


@naked
@export("test_program_exits")
def exits_with_text() -> None:
    """Writes `done` to its data, and ends with it as its status."""
    asm(
        """
        movl $$0x600000, %edi
        movl $$0x656e6f64, (%rdi)
        movl $$4, %esi
        xorl %eax, %eax
        syscall
        ud2
        .globl test_program_exits_end
    test_program_exits_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def test_a_program_ends_with_a_text() -> None:
    process = run(symbol_address("test_program_exits"), symbol_address("test_program_exits_end"))
    assert has_status(process, b"done")


@naked
@export("test_program_keeps")
def keeps_registers() -> None:
    """Calls getpid with known values in all registers, and faults at the number of one that changed."""
    asm(
        """
        movl $$1, %ebx
        movl $$2, %ebp
        movl $$12, %r12d
        movl $$13, %r13d
        movl $$14, %r14d
        movl $$15, %r15d
        movl $$6, %esi
        movl $$7, %edi
        movl $$8, %r8d
        movl $$9, %r9d
        movl $$10, %r10d
        movl $$5, %eax
        syscall
        testq %rdx, %rdx
        jnz 1f
        cmpq $$1, %rbx
        jne 1f
        cmpq $$2, %rbp
        jne 1f
        cmpq $$12, %r12
        jne 1f
        cmpq $$13, %r13
        jne 1f
        cmpq $$14, %r14
        jne 1f
        cmpq $$15, %r15
        jne 1f
        cmpq $$6, %rsi
        jne 1f
        cmpq $$7, %rdi
        jne 1f
        cmpq $$8, %r8
        jne 1f
        cmpq $$9, %r9
        jne 1f
        cmpq $$10, %r10
        jne 1f
        xorl %edi, %edi
        xorl %esi, %esi
        xorl %eax, %eax
        syscall
    1:
        ud2
        .globl test_program_keeps_end
    test_program_keeps_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def test_a_system_call_keeps_registers() -> None:
    process = run(symbol_address("test_program_keeps"), symbol_address("test_program_keeps_end"))
    assert has_status(process, b"")


@naked
@export("test_program_faults")
def faults() -> None:
    """Makes the mistake whose number is in rdi."""
    asm(
        """
        cmpl $$0, %edi
        je 10f
        cmpl $$1, %edi
        je 11f
        cmpl $$2, %edi
        je 12f
        cmpl $$3, %edi
        je 13f
        cmpl $$4, %edi
        je 14f
        cmpl $$5, %edi
        je 15f
        cmpl $$6, %edi
        je 16f
        cmpl $$7, %edi
        je 17f
        cmpl $$8, %edi
        je 18f
        cmpl $$9, %edi
        je 19f
        cmpl $$10, %edi
        je 20f
        ud2
    10: xorl %eax, %eax
        xorl %edx, %edx
        xorl %ecx, %ecx
        divl %ecx
    11: movq $$0x12345678, %rax
        movl $$1, (%rax)
    12: movq $$0xffffffff80100000, %rax
        movl (%rax), %eax
    13: cli
    14: movq $$0x8000000000000000, %rsp
        pushq %rax
    15: pushfq
        orl $$0x100, (%rsp)
        popfq
        nop
        nop
    16: int3
    17: movl $$1, 0x400000
    18: movl $$0x600000, %eax
        jmpq *%rax
    19: pushfq
        orl $$0x40000, (%rsp)
        popfq
        movl $$0x600001, %eax
        movl $$1, (%rax)
        pushfq
        andl $$~0x40000, (%rsp)
        popfq
        movl $$0x1f00, %eax
        pushq %rax
        ldmxcsr (%rsp)
        pxor %xmm0, %xmm0
        movl $$1, %eax
        cvtsi2sd %eax, %xmm1
        divsd %xmm0, %xmm1
        xorl %edi, %edi
        xorl %esi, %esi
        xorl %eax, %eax
        syscall
    20: pushfq
        orl $$0x100, (%rsp)
        popfq
        movl $$5, %eax
        syscall
        nop
        .globl test_program_faults_end
    test_program_faults_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def status_of_fault(number: u64, begins: Slice[u8]) -> None:
    process = run(
        symbol_address("test_program_faults"),
        symbol_address("test_program_faults_end"),
        number,
    )
    assert process.status[: len(begins)] == begins


def test_each_mistake_ends_its_program_with_a_text() -> None:
    status_of_fault(0, b"divbyzero at 0x4000")
    status_of_fault(1, b"pagefault at 0x4000")
    status_of_fault(2, b"pagefault at 0x4000")
    status_of_fault(3, b"segfault at 0x4000")
    status_of_fault(4, b"segfault at 0x4000")
    status_of_fault(5, b"debug exception at 0x4000")
    status_of_fault(6, b"breakpoint at 0x4000")
    status_of_fault(7, b"pagefault at 0x4000")
    status_of_fault(8, b"pagefault at 0x600000 when executing")
    status_of_fault(9, b"")
    status_of_fault(10, b"debug exception at 0x4000")
    status_of_fault(11, b"illegal instruction at 0x4000")


@naked
@export("test_program_asks")
def asks() -> None:
    """Calls with the number in rdi and wild arguments, and ends with the class of the error as its status."""
    asm(
        """
        movq %rdi, %rax
        movq $$1, %rdi
        movq $$0xffffffff80100000, %rsi
        movq $$0x7fffffffffffffff, %rdx
        syscall
        movl $$0x600000, %edi
        addl $$48, %edx
        movb %dl, (%rdi)
        movl $$1, %esi
        xorl %eax, %eax
        syscall
        .globl test_program_asks_end
    test_program_asks_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def answer_to(number: u64) -> u64:
    process = run(
        symbol_address("test_program_asks"),
        symbol_address("test_program_asks_end"),
        number,
    )
    return u64(process.status[0]) - 48


def test_a_failure_crosses_as_the_number_of_its_class() -> None:
    assert answer_to(999) == 39  # NotSupported
    assert answer_to(13) == 26  # BadFile
    assert answer_to(20) == 3  # ValueError
    assert answer_to(39) == 0
    assert answer_to(5) == 0


@naked
@export("test_program_writes")
def writes() -> None:
    """Writes rsi bytes from rdi to file 0, and ends with the class of the error as its status."""
    asm(
        """
        movq %rsi, %rdx
        movq %rdi, %rsi
        xorl %edi, %edi
        movl $$13, %eax
        syscall
        movl $$0x600000, %edi
        addl $$48, %edx
        movb %dl, (%rdi)
        movl $$1, %esi
        xorl %eax, %eax
        syscall
        .globl test_program_writes_end
    test_program_writes_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


class Sink(Vnode):
    """Takes everything, and looks at the first bytes of it."""

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        piece = Array[u8, 64]()
        size = min(len(data), u64(64))
        data[:size].copy_out(piece[:size])
        return len(data)


def answer_to_write(address: u64, size: u64) -> u64:
    process = hand_made.prepare(
        symbol_address("test_program_writes"), symbol_address("test_program_writes_end")
    )
    process.files.add(hand_made.opened(Sink()))
    hand_made.add_thread(process, address, size)
    assert hand_made.wait(process)
    return u64(process.status[0]) - 48


def test_what_is_not_the_programs_is_not_copied() -> None:
    bad = 25
    assert answer_to_write(hand_made.DATA, 64) == 0
    assert answer_to_write(hand_made.STACK_END - 4 * 4096, 64) == 0  # promised, not touched yet
    assert answer_to_write(0, 64) == bad
    assert answer_to_write(0, 0) == 0
    assert answer_to_write(hand_made.STACK_END - 32, 64) == bad
    assert answer_to_write(0x7FFF_FFFF_EFFF, 64) == bad
    assert answer_to_write(0x8000_0000_0000_0000, 64) == bad
    assert answer_to_write(0xFFFF_FFFF_8010_0000, 64) == bad
    assert answer_to_write(0xFFFF_FFFF_FFFF_FFFF, 64) == bad


@naked
@export("test_program_spins")
def spins() -> None:
    asm(
        """
    1:  jmp 1b
        .globl test_program_spins_end
    test_program_spins_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def test_a_program_that_never_asks_can_be_ended() -> None:
    process = hand_made.start(
        symbol_address("test_program_spins"), symbol_address("test_program_spins_end")
    )
    hand_made.add_thread(process, 0)
    sleep.until(clock.uptime() + 5 * MS)
    assert not process.has_ended.load()
    process.ask_to_end(b"enough")
    assert hand_made.wait(process)
    assert has_status(process, b"enough")


@naked
@export("test_program_sleeps")
def sleeps_long() -> None:
    asm(
        """
        movl $$3, %eax
        movq $$1000000000000, %rdi
        syscall
        ud2
        .globl test_program_sleeps_end
    test_program_sleeps_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def test_a_program_that_sleeps_can_be_ended() -> None:
    process = hand_made.start(
        symbol_address("test_program_sleeps"), symbol_address("test_program_sleeps_end")
    )
    sleep.until(clock.uptime() + 5 * MS)
    process.ask_to_end(b"enough")
    assert hand_made.wait(process)
    assert has_status(process, b"enough")


def test_ten_thousand_programs_leave_nothing_behind() -> None:
    """
    Machine: icount=0
    """
    counts = Array[u64, 2]()
    objects = Array[u64, 2]()
    for round in range(2):
        for _ in range(100 if round == 0 else 10_000):
            run(
                symbol_address("test_program_exits"),
                symbol_address("test_program_exits_end"),
            )
        in_use.settle(500 * MS)
        counts[round] = in_use.free_pages()
        objects[round] = in_use.objects()
    assert objects[0] == objects[1]
    assert counts[0] == counts[1]


@naked
@export("test_program_thread")
def sleeps_or_leaves() -> None:
    """Sleeps for long with 0 in rdi; else the thread ends."""
    asm(
        """
        testl %edi, %edi
        jnz 1f
        movl $$3, %eax
        movq $$1000000000000, %rdi
        syscall
        ud2
    1:  xorl %edi, %edi
        movl $$1, %eax
        syscall
        .globl test_program_thread_end
    test_program_thread_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def test_a_hundred_thousand_threads_leave_nothing_behind() -> None:
    """
    Machine: icount=0
    """
    process = hand_made.start(
        symbol_address("test_program_thread"), symbol_address("test_program_thread_end")
    )
    counts = Array[u64, 2]()
    objects = Array[u64, 2]()
    for round in range(2):
        for _ in range(10 if round == 0 else 1000):
            for _ in range(100):
                hand_made.add_thread(process, 1)
            while process.thread_count() > 1:
                sleep.until(clock.uptime() + MS // 10)
        in_use.settle(500 * MS)
        counts[round] = in_use.free_pages()
        objects[round] = in_use.objects()
    assert objects[0] == objects[1]
    assert counts[0] == counts[1]
    process.ask_to_end(b"enough")
    assert hand_made.wait(process)
