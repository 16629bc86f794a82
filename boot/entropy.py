"""Randomness for the kernel's address: the firmware's, the processor's, or else the time's.

Source: UEFI Specification 2.10, section 37.5; Intel SDM volume 1, section 7.3.17 (RDRAND).
"""

from __future__ import annotations

from boot import efi, firmware
from boot.efi import RandomNumbers
from core import hash
from lang import Ptr, address_of, asm, no_raise, u8, u32, u64


@no_raise
def random_word() -> u64:
    """Return a number that nobody can foretell, as well as this machine can."""
    return hash.mix(from_firmware() ^ time_stamp())


@no_raise
def from_firmware() -> u64:
    """Return a random number of the firmware's, 0 if it has none."""
    word: u64 = 0
    address = firmware.find_protocol(efi.RANDOM_NUMBERS)
    if address != 0:
        protocol = Ptr[RandomNumbers](address)
        protocol.get(protocol, 0, 8, address_of(word).cast(u8))
    return word


@no_raise
def time_stamp() -> u64:
    low, high = asm("rdtsc", inputs=[], outputs=[("={eax}", u32), ("={edx}", u32)])
    return u64(high) << 32 | low
