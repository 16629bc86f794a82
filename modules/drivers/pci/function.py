"""Functions of devices: what stands in their configuration spaces.

Nothing that stands there is believed: sizes must be powers of two and the memory within what processors can reach; a list of
capabilities may end in a circle.

Source: PCI Local Bus Specification 3.0, chapter 6.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from core.errors import BadAddress
from kernel.mem import kernel_space
from kernel.mem.address_space import MemoryType
from kernel.mem.layout import PhysAddr, VirtAddr
from kernel.module.description import NotUsable
from lang import Array, no_raise, over, struct, truncate, u8, u16, u32, u64, usize
from modules.drivers.pci import configuration

MOST_RANGES: Final = 6
BRIDGE_RANGES: Final = 2
MOST_CAPABILITIES: Final = 48  # as many as have room
FIRST_CAPABILITY: Final[u32] = 0x40


@over(u32)
class Register(IntEnum):
    IDENTITY = 0x00
    COMMAND = 0x04  # and the status, in the upper half
    CLASS = 0x08
    HEADER = 0x0C
    RANGES = 0x10
    BUSES = 0x18  # of a bridge
    CAPABILITIES = 0x34


@over(u32)
class Command(IntFlag):
    PORTS = 1 << 0
    MEMORY = 1 << 1
    MASTER = 1 << 2
    NO_LINE = 1 << 10  # interrupts by messages only
    HAS_CAPABILITIES = 1 << 20  # a status


STATUS: Final[u32] = 0xFFFF_0000  # where ones that are written clear what they are written to


@over(u8)
class RangeKind(IntEnum):
    NONE = 0
    PORTS = 1
    MEMORY = 2


@over(u8)
class Capability(IntEnum):
    MSI = 0x05
    EXPRESS = 0x10
    MSI_X = 0x11


ALL_BITS: Final[u64] = (1 << 64) - 1
BRIDGE: Final[u32] = 0x06  # base class
BRIDGE_HEADER: Final[u8] = 1


@struct
class Range:
    """Memory or ports of a device, where the firmware has put them."""

    kind: RangeKind
    is_prefetchable: bool
    start: u64
    size: u64  # in bytes


@struct
class Function:
    """One function of a device; it lasts as long as the system."""

    place: u32
    vendor: u16
    device: u16
    class_code: u32  # base class, sub-class, programming interface: 24 bits
    revision: u8
    header: u8  # without the bit for several functions
    has_more: bool  # the device has more functions
    ranges: Array[Range, MOST_RANGES]
    capabilities: Array[u8, 256]  # by identity: where it is; 0: there is none

    @no_raise
    def read(self, place: u32) -> bool:
        """Take the identity of the function at a place; return whether there is one."""
        identity = configuration.read(place, Register.IDENTITY)
        if identity & 0xFFFF == 0xFFFF:
            return False
        self.place = place
        self.vendor = truncate(u16, identity)
        self.device = truncate(u16, identity >> 16)
        code = configuration.read(place, Register.CLASS)
        self.class_code = code >> 8
        self.revision = truncate(u8, code)
        header = truncate(u8, configuration.read(place, Register.HEADER) >> 16)
        self.header = header & 0x7F
        self.has_more = header & 0x80 != 0
        return True

    @property
    @no_raise
    def is_bridge(self) -> bool:
        """Whether it leads to another bus."""
        return self.header == BRIDGE_HEADER

    @no_raise
    def second_bus(self) -> u32:
        """Return the bus that a bridge leads to."""
        return configuration.read(self.place, Register.BUSES) >> 8 & 0xFF

    # Capabilities -----------------------------------------------------------------------------

    @no_raise
    def find_capabilities(self) -> None:
        """Note where each capability is; the first one counts."""
        self.capabilities[:].fill(0)
        if configuration.read(self.place, Register.COMMAND) & Command.HAS_CAPABILITIES == 0:
            return
        at = configuration.read(self.place, Register.CAPABILITIES) & 0xFC
        for _ in range(MOST_CAPABILITIES):
            if at < FIRST_CAPABILITY:
                return
            head = configuration.read(self.place, at)
            identity = usize(head & 0xFF)
            if self.capabilities[identity] == 0:
                self.capabilities[identity] = truncate(u8, at)
            at = head >> 8 & 0xFC

    @no_raise
    def capability(self, which: Capability) -> u32:
        """Return where a capability is; 0: there is none."""
        return self.capabilities[usize(which)]

    # Memory and ports -------------------------------------------------------------------------

    @no_raise
    def find_ranges(self) -> None:
        """Find how large each range is: bits that cannot be set do not count.

        Meanwhile the device does not answer there, unless it is a bridge, which others are behind.
        """
        for index in range(usize(MOST_RANGES)):
            self.set_range(index, RangeKind.NONE, 0, 0, False)
        command = configuration.read(self.place, Register.COMMAND) & ~STATUS
        if self.class_code >> 16 != BRIDGE:
            off = command & ~(Command.PORTS | Command.MEMORY)
            configuration.write(self.place, Register.COMMAND, off)
        count: usize = 0
        if self.header == 0:
            count = MOST_RANGES
        elif self.is_bridge:
            count = BRIDGE_RANGES
        register: usize = 0
        while register < count:
            register += self.find_range(register, count)
        configuration.write(self.place, Register.COMMAND, command)

    @no_raise
    def find_range(self, index: usize, count: usize) -> usize:
        """Find one range, and return how many registers it has."""
        offset = Register.RANGES + u32(index) * 4
        value = configuration.read(self.place, offset)
        mask = self.changeable(offset, value)
        if value & 1 != 0:
            size = size_of(u64(mask & 0xFFFC), 0xFFFC)  # many have only 16 bits
            self.set_range(index, RangeKind.PORTS, value & 0xFFFC, size, False)
            return 1
        kind = value >> 1 & 3
        is_wide = kind == 2 and index + 1 < count
        base = u64(value & 0xFFFF_FFF0)
        bits = u64(mask & 0xFFFF_FFF0)
        if is_wide:
            upper = configuration.read(self.place, offset + 4)
            base |= u64(upper) << 32
            bits |= u64(self.changeable(offset + 4, upper)) << 32
        elif kind == 0:
            bits |= u64(0xFFFF_FFFF) << 32 if bits != 0 else u64(0)
        else:
            bits = 0
        size = size_of(bits, ALL_BITS)
        self.set_range(index, RangeKind.MEMORY, base, size, value & 8 != 0)
        return 2 if is_wide else 1

    @no_raise
    def changeable(self, offset: u32, value: u32) -> u32:
        """Return which bits of a register can be set, and put its value back."""
        configuration.write(self.place, offset, 0xFFFF_FFFF)
        mask = configuration.read(self.place, offset)
        configuration.write(self.place, offset, value)
        return mask

    @no_raise
    def set_range(
        self, index: usize, kind: RangeKind, start: u64, size: u64, is_prefetchable: bool
    ) -> None:
        """Note a range; one that makes no sense, or was put nowhere, is none."""
        is_good = size != 0 and start != 0 and start & (size - 1) == 0
        self.ranges[index].kind = kind if is_good else RangeKind.NONE
        self.ranges[index].start = start if is_good else u64(0)
        self.ranges[index].size = size if is_good else u64(0)
        self.ranges[index].is_prefetchable = is_good and is_prefetchable

    # For drivers ------------------------------------------------------------------------------

    @no_raise
    def set_command(self, bits: Command) -> None:
        """Let the function do something more."""
        now = configuration.read(self.place, Register.COMMAND) & ~STATUS
        configuration.write(self.place, Register.COMMAND, now | bits)

    @no_raise
    def clear_command(self, bits: Command) -> None:
        """Let the function do something no more."""
        now = configuration.read(self.place, Register.COMMAND) & ~STATUS
        configuration.write(self.place, Register.COMMAND, now & ~bits)

    def map_memory(self, index: usize) -> VirtAddr:
        """Map a range of registers, and have the device answer there.

        Raises:
            NotUsable: it is no memory, or none that can be reached.
            MemoryError: there is too little memory for the tables.
        """
        if index >= MOST_RANGES or self.ranges[index].kind != RangeKind.MEMORY:
            raise NotUsable
        self.set_command(Command.MEMORY)
        start: PhysAddr = self.ranges[index].start
        try:
            return kernel_space.map_device(start, self.ranges[index].size, MemoryType.UNCACHED)
        except (BadAddress, ValueError):
            raise NotUsable


@no_raise
def size_of(bits: u64, all_bits: u64) -> u64:
    """Return the size of a range by the bits of its start that can be set: from some bit on all that there are; else 0."""
    if bits == 0:
        return 0
    lowest = bits & (~bits + 1)
    return lowest if bits == all_bits & ~(lowest - 1) else u64(0)
