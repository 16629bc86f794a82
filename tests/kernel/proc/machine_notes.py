"""Notes reach the handlers of programs, which go on where they were; without a handler a note is the end."""

from __future__ import annotations

from kernel.proc import note
from kernel.proc.process import Process
from kernel.sched import sleep
from kernel.time import clock
from lang import Slice, asm, export, naked, symbol_address, u8, u64
from tests.kernel.proc import hand_made

MS = 1_000_000


@naked
@export("test_notes_mistakes")
def handles_mistakes() -> None:
    """Runs an instruction that there is not, and its handler skips it; ends with the kind's first letter as its status.

    With 1 in rdi the handler makes the same mistake. With 2 its stack leads nowhere when it is to run. With 3 it is
    to go on where no program can.
    """
    asm(
        """
        movq %rdi, %rbx
        leaq 20f(%rip), %rdi
        movl $$33, %eax
        syscall
        movl $$5, %r15d
        movq %rsp, %rbp
        cmpl $$2, %ebx
        jne 10f
        movl $$0x1000, %esp
    10: ud2
        movq %rbp, %rsp
        cmpl $$5, %r15d
        jne 30f
        movl $$0x600000, %edi
        movl $$1, %esi
        xorl %eax, %eax
        syscall
    20: cmpl $$1, %ebx
        jne 21f
        ud2
    21: movzbl (%rdi), %eax
        movl $$0x600000, %ecx
        movb %al, (%rcx)
        addq $$2, 136(%rdx)
        cmpl $$3, %ebx
        jne 22f
        movabsq $$0xffff800000000000, %rax
        movq %rax, 136(%rdx)
    22: xorl %r15d, %r15d
        movq %rdx, %rdi
        movl $$34, %eax
        syscall
        movl $$0x600000, %ecx
        addl $$48, %edx
        movb %dl, (%rcx)
        movl $$0x600000, %edi
        movl $$1, %esi
        xorl %eax, %eax
        syscall
    30: hlt
        .globl test_notes_mistakes_end
    test_notes_mistakes_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def run_mistake(variant: u64) -> Process:
    process = hand_made.start(
        symbol_address("test_notes_mistakes"), symbol_address("test_notes_mistakes_end"), variant
    )
    assert hand_made.wait(process)
    return process


def test_a_mistake_is_a_note_and_the_program_goes_on_behind_it() -> None:
    assert run_mistake(0).status == b"i"


def test_a_mistake_in_the_handler_is_the_end() -> None:
    process = run_mistake(1)
    assert process.status[:22] == b"illegal instruction at"


def test_a_handler_without_a_stack_is_the_end() -> None:
    process = run_mistake(2)
    assert process.status[:22] == b"illegal instruction at"


def test_no_program_goes_on_in_the_kernel() -> None:
    assert run_mistake(3).status == b"3"  # ValueError


@naked
@export("test_notes_sleeps")
def sleeps_and_counts() -> None:
    """Sleeps again and again, counting the notes by which it wakes; ends with how many when one is `end`.

    For one that begins with w its handler never ends.
    """
    asm(
        """
        movl $$48, %ebx
        leaq 20f(%rip), %rdi
        movl $$33, %eax
        syscall
    10: movl $$3, %eax
        movabsq $$1000000000000, %rdi
        syscall
        cmpl $$11, %edx
        je 10b
        hlt
    20: cmpb $$'e', (%rdi)
        je 30f
    40: cmpb $$'w', (%rdi)
        je 40b
        incq 104(%rdx)
        movq %rdx, %rdi
        movl $$34, %eax
        syscall
        hlt
    30: movl $$0x600000, %edi
        movb %bl, (%rdi)
        movl $$1, %esi
        xorl %eax, %eax
        syscall
        .globl test_notes_sleeps_end
    test_notes_sleeps_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def sleeper() -> Process:
    return hand_made.start(
        symbol_address("test_notes_sleeps"), symbol_address("test_notes_sleeps_end")
    )


def send(process: Process, text: Slice[u8]) -> None:
    """Send a note, as soon as there is room for it."""
    while True:
        try:
            note.send(process, text)
            return
        except BlockingIOError:
            sleep.until(clock.uptime() + MS)


def test_notes_wake_a_program_and_each_is_handled() -> None:
    process = sleeper()
    sleep.until(clock.uptime() + 5 * MS)
    for _ in range(9):
        send(process, b"hello")
    send(process, b"end")
    assert hand_made.wait(process)
    assert process.status == b"9"


def test_a_full_queue_takes_no_more() -> None:
    process = sleeper()
    sleep.until(clock.uptime() + 5 * MS)
    note.send(process, b"wait")
    sleep.until(clock.uptime() + 5 * MS)
    refused: u64 = 0
    for _ in range(10):
        try:
            note.send(process, b"hello")
        except BlockingIOError:
            refused += 1
    assert refused == 10 - note.MOST
    process.ask_to_end(b"enough")
    assert hand_made.wait(process)


def test_kill_is_not_handled() -> None:
    process = sleeper()
    sleep.until(clock.uptime() + 5 * MS)
    note.send(process, b"kill")
    assert hand_made.wait(process)
    assert process.status == b"kill"


def test_without_a_handler_a_note_is_the_end() -> None:
    process = hand_made.start(
        symbol_address("test_program_spins"), symbol_address("test_program_spins_end")
    )
    note.send(process, b"terminate now")
    assert hand_made.wait(process)
    assert process.status == b"terminate now"
