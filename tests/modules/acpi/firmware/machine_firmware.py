"""The firmware's programs on the machine that they are for, within the kernel."""

from __future__ import annotations

from typing import Final

from core import endian
from core.handover import MemoryKind
from kernel.mem import frames, memory_map
from kernel.sched import sleep
from kernel.time import clock
from lang import Array, Atomic, Ptr, Slice, address_of, sleeps, u8, u32, u64
from modules.acpi.aml import namespace
from modules.acpi.aml.errors import OutOfRange, TooDeep
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.machine import Limits
from modules.acpi.aml.memory_platform import MemoryPlatform
from modules.acpi.aml.values import Slots
from modules.acpi.firmware import (
    global_lock,
    loaded,
    memory_window,
    own_stack,
    pci_place,
    registers,
    sleep_types,
)
from modules.acpi.firmware.loaded import Work

shared_word: Array[u32, 1]

INTEL: Final[u64] = 0x8086  # whose the first device on the bus is, on QEMU's machines

# Method (SELF) { SELF() }
# Method (BOTH) { If (One) { While (One) { Return (Concatenate (BOTH(), BOTH())) } } }
DEEP: Final = bytes.fromhex(
    "445344544700000002b754455354455254455354494e4720010000005445535401000000140a5345"
    "4c460053454c461417424f544800a01001a20d01a473424f5448424f544800"
)


class Depth(Work):
    """Terms that lie deeper in each other than they may."""

    deep_ones: u64

    def __init__(self) -> None:
        super().__init__()
        self.deep_ones = 0

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        limits = Limits(loaded.OPERATIONS, own_stack.DEPTH, loaded.TICKS)
        own = Interpreter(MemoryPlatform(), limits)
        own.load_new(DEEP[:], True)
        self.count(own, b"SELF"[:])
        self.count(own, b"BOTH"[:])

    def count(self, own: Interpreter, name: Slice[u8]) -> None:
        node = namespace.child(own.root, endian.load_u32(name, 0))
        assert node is not None, "the table has it"
        try:
            own.evaluate(node, Slots())
        except TooDeep:
            self.deep_ones += 1


def test_the_stack_is_large_enough_for_what_may_lie_in_each_other() -> None:
    work = Depth()
    loaded.carry_out(work)
    assert work.reason is None
    assert work.deep_ones == 2


def test_all_tables_are_loaded_without_an_error() -> None:
    work = loaded.Nothing()
    loaded.carry_out(work)
    assert work.reason is None
    known = loaded.interpreter
    assert known is not None
    assert known.load_errors == 0


def test_it_says_how_to_switch_off() -> None:
    going = sleep_types.GoingOff()
    loaded.carry_out(going)
    assert going.types.is_known


def test_the_first_device_on_the_bus_is_read() -> None:
    assert pci_place.read(0, 0, 2) == INTEL


def test_the_clocks_memory_is_read() -> None:
    assert registers.read_cmos(9, 1) < 0x9A  # the year, in decimal digits


def test_the_kernels_own_memory_is_refused() -> None:
    page = frames.allocate()
    is_refused = False
    try:
        memory_window.read(page, 4)
    except OutOfRange:
        is_refused = True
    frames.free(page)
    assert is_refused


def test_the_firmwares_memory_is_read() -> None:
    for region in memory_map.of_machine.regions:
        if region.kind == MemoryKind.RESERVED and region.start < 1 << 20:
            first = memory_window.read(region.start, 4)
            assert memory_window.read(region.start + 1, 2) == first >> 8 & 0xFFFF


def test_pauses_last() -> None:
    platform = registers.Registers()
    start = clock.uptime()
    platform.pause(3000)
    assert clock.uptime() - start >= 3_000_000
    platform.pause(20)
    assert sleep.current().requests.load() == 0


def test_the_global_lock_is_a_word_that_the_firmware_changes_too() -> None:
    shared_word[0] = 0xABCD_0000
    place = Ptr[Atomic[u32]](address_of(shared_word[0]).address)
    assert global_lock.try_word(place)
    assert not global_lock.try_word(place), "somebody has it"
    assert shared_word[0] == 0xABCD_0003, "it is noted that somebody waits"
    assert global_lock.give_word(place), "who waits wants to be told"
    assert shared_word[0] == 0xABCD_0000
    assert global_lock.try_word(place)
    assert not global_lock.give_word(place)


def test_the_lock_of_this_machine_is_free() -> None:
    loaded.carry_out(loaded.Nothing())
    shared = global_lock.view
    assert shared is not None, "QEMU's firmware has the table"
    word = global_lock.word_of(shared)
    assert global_lock.try_take()
    assert word[0].load() == global_lock.IS_OWNED
    assert not global_lock.give()
    assert word[0].load() == 0
