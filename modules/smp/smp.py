"""Starts the other processors, one after the other.

    all of them    reset; then wait RESET_NS
    each           write its mail, tell it to start, a second time if it does not answer

One that does not answer, or too late, is reset, so that it waits for ever instead of waking up with
another one's mail; the system goes on without it, and the next one gets its number.

The clock takes all counters to count alike (kernel/time/clock.py). One that does not, at the start, is
told of in the log.

Source: Intel SDM volume 3A, section 8.4.4.1; Intel MultiProcessor Specification 1.4, section B.4.
"""

from __future__ import annotations

from typing import Annotated, Final

from kernel.cpu import control, cpuid, descriptors, interrupts, machine, processor, simd, user_mode
from kernel.cpu.cpuid import Identity
from kernel.cpu.descriptors import STACK_COUNT
from kernel.cpu.interrupts import interrupts_disabled
from kernel.interrupt import controller, ipi
from kernel.log import log
from kernel.mem.layout import PAGE_SHIFT
from kernel.module.description import Device, Module, NotUsable
from kernel.sched import kernel_thread
from kernel.sched.thread import Thread
from kernel.time import clock, reference
from lang import (
    Array,
    Atomic,
    export,
    holds,
    no_raise,
    section,
    spin_hint,
    truncate,
    u8,
    u16,
    u32,
    u64,
)
from modules.acpi import acpi
from modules.drivers.apic import attach as apic
from modules.drivers.apic import local_apic, timer
from modules.smp.stacks import Belongings
from modules.smp.trampoline import Trampoline

RESET_NS: Final[u64] = 10_000_000
FIRST_WAIT_NS: Final[u64] = 10_000_000
LONGEST_WAIT_NS: Final[u64] = 1_000_000_000  # an emulator may have other things to do
MOST_XAPIC_ID: Final[u32] = 0xFE

trampoline: Trampoline
belongings: Belongings  # of the processor that is being started
idle: Thread | None = None  # likewise
identity: Identity  # likewise
arrived: Atomic[u32]  # how many have come to the kernel
arrived_at: u64 = 0  # the uptime at which the last one did, by its own counter


def stay() -> None:
    """Processors that have nothing to do wait for interrupts in this module's code, for ever.

    Raises:
        NotUsable: always.
    """
    raise NotUsable


def attach(device: Device) -> None:
    """Start all processors that the firmware lists.

    Raises:
        MemoryError: there is too little memory for the first of them.
    """
    if acpi.interrupts.processor_count < 2 or controller.controller is None:
        return
    if not clock.is_going():
        log.warning("no other processor is started, as nothing says how long to wait for it")
        return
    reference.settle()  # by which others compare their counters, and measure their timers
    trampoline.make()
    started = start_all()
    trampoline.free()
    log.info(f"{started} processors run")


def start_all() -> u16:
    """Start all other processors, as far as the memory goes; return how many run then."""
    me = local_apic.own_id()
    others = acpi.interrupts.apic_ids[: acpi.interrupts.processor_count]
    for id in others:
        if id != me and is_reachable(id):
            reset(id)
    wait_until(clock.uptime() + RESET_NS, 0)

    number: u16 = 1
    try:
        make_ready(number)
        for id in others:
            if id != me and start(id, number):
                number += 1
                if number < processor.LIMIT:
                    make_ready(number)
    except MemoryError:
        log.error(f"there is no memory for more than {number} processors")
    return number


def make_ready(number: u16) -> None:
    """Make what the processor of a number needs.

    Raises:
        MemoryError: there is too little memory.
    """
    global idle
    belongings.make(number)
    idle = kernel_thread.new_idle()


def start(id: u32, number: u16) -> bool:
    """Start one processor with what was made for it; return whether it runs."""
    if not is_reachable(id) or number == processor.LIMIT:
        log.warning(f"processor {id:#x} cannot be reached")
        return False
    local_apic.ids[number] = id
    trampoline.write_mail(belongings.stack_top, belongings.base)
    wanted = arrived.load() + 1
    sent_at = clock.uptime()
    for wait in Array[u64, 2](FIRST_WAIT_NS, LONGEST_WAIT_NS):
        with interrupts_disabled():
            local_apic.send_start(id, truncate(u8, trampoline.page >> PAGE_SHIFT))
        wait_until(clock.uptime() + wait, wanted)
        if arrived.load() == wanted:
            if not sent_at <= arrived_at <= clock.uptime():
                log.warning(
                    f"processor {number} came at {arrived_at} ns, and was sent at {sent_at}"
                )
            return True
    reset(id)
    log.warning(f"processor {id:#x} does not answer")
    return False


def reset(id: u32) -> None:
    with interrupts_disabled():
        local_apic.send_reset(id)


def is_reachable(id: u32) -> bool:
    """Whether a local APIC's number fits a command: in xAPIC mode it has 8 bits."""
    return id <= MOST_XAPIC_ID or local_apic.is_x2()


def wait_until(deadline: u64, wanted: u32) -> None:
    """Wait until so many processors have arrived, unless 0; until the deadline at most."""
    while clock.uptime() < deadline and (wanted == 0 or arrived.load() < wanted):
        spin_hint()


@export("smp_begin")
@no_raise
@holds("preemption")
def begin(base: u64) -> None:
    """First Python of another processor: become like the first, and wait for interrupts."""
    global arrived_at
    processor.begin(base, belongings.number)
    tops = Array[u64, STACK_COUNT]()
    belongings.tops(tops)
    descriptors.load(tops)
    cpuid.read(identity)
    control.set_up(identity)
    simd.begin_processor()
    user_mode.begin_processor()
    log.join()
    local_apic.begin()
    apic.set_nmi_lines()
    timer.begin_processor()
    ipi.come_online()
    known = idle
    if known is not None:
        kernel_thread.begin_processor(known)
    arrived_at = clock.uptime()
    arrived.fetch_add(1)
    interrupts.enable()
    machine.halt()


MODULE: Annotated[Module, section(".module")] = Module(
    name="SMP",
    author="the authors of PatchworkOS",
    description="starts the other processors",
    version="1.0",
    licence="MIT",
    devices="processors",
    unload=stay,
    attach=attach,
)
