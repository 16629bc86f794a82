"""DMA channels among a device's resources.

Source: ACPI 6.5, sections 6.4.2.2 (DMA) and 6.4.2.9 (fixed DMA).
"""

from __future__ import annotations

from lang import Slice, struct, u8, u16
from modules.acpi.aml.errors import BadResource
from modules.acpi.resources import descriptor
from modules.acpi.resources.descriptor import Descriptor, Tag


@struct
class OldChannels:
    """Channels of the old PC's chip, of which the device uses one."""

    mask: u8
    width: u8  # 0: 8 bits, 1: 8 or 16 bits, 2: 16 bits
    is_bus_master: bool
    speed: u8  # 0: as of old; 1, 2, 3: types A, B and F


@struct
class FixedChannel:
    """A line by which the device asks a controller, and the channel that serves it."""

    request: u16
    channel: u16
    width: u8  # 0: 8 bits, 1: 16, 2: 32, … 5: 256


def old(data: Slice[u8], each: Descriptor) -> OldChannels:
    """Return what a descriptor of the old PC's channels says.

    Raises:
        BadResource: it is of another kind, or too short.
    """
    if each.tag != Tag.DMA:
        raise BadResource
    part = data[each.start : each.end]
    flags = descriptor.byte(part, 2)
    return OldChannels(part[1], flags & 3, flags & 4 != 0, flags >> 5 & 3)


def fixed(data: Slice[u8], each: Descriptor) -> FixedChannel:
    """Return what a descriptor of one channel says; Raises as `old`."""
    if each.tag != Tag.FIXED_DMA:
        raise BadResource
    part = data[each.start : each.end]
    width = descriptor.byte(part, 5)
    return FixedChannel(descriptor.word(part, 1), descriptor.word(part, 3), width)
