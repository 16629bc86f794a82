"""Tiny images to boot, made by hand: a kernel for PVH and an application for UEFI.

Their code is put together from pieces that mean the same in 32-bit and in 64-bit mode.
"""

from __future__ import annotations

import struct

COM1 = 0x3F8
LINE_STATUS = COM1 + 5
DEBUG_EXIT = 0xF4
PM1_CONTROL = 0x604  # where the BIOS of q35 puts it
RESET_CONTROL = 0xCF9

LOAD_ADDRESS = 0x10_0000
PVH_NOTE = 18  # XEN_ELFNOTE_PHYS32_ENTRY


def set_dx(port: int) -> bytes:
    return b"\x66\xba" + struct.pack("<H", port)


def say(text: str) -> bytes:
    """Print on the first serial port."""
    return set_dx(COM1) + b"".join(b"\xb0" + bytes([byte]) + b"\xee" for byte in text.encode())


def exit_with(value: int) -> bytes:
    """Write to the debug exit port."""
    return set_dx(DEBUG_EXIT) + b"\xb8" + struct.pack("<I", value) + b"\xef"


def power_off() -> bytes:
    return set_dx(PM1_CONTROL) + b"\x66\xb8\x00\x20\x66\xef"


def reset() -> bytes:
    return set_dx(RESET_CONTROL) + b"\xb0\x06\xee"


def halt() -> bytes:
    """cli; again: hlt; jmp again"""
    return b"\xfa\xf4\xeb\xfd"


def echo_until(last: str) -> bytes:
    """Print what is typed, up to and with the character.

    again:  mov dx, LINE_STATUS; in al, dx; test al, 1; jz again
            mov dx, COM1; in al, dx; out dx, al; cmp al, last; jne again
    """
    wait = set_dx(LINE_STATUS) + b"\xec\xa8\x01" + b"\x74\xf7"
    copy = set_dx(COM1) + b"\xec\xee\x3c" + last.encode()
    return wait + copy + b"\x75" + struct.pack("<b", -len(wait + copy) - 2)


def pvh_kernel(code: bytes) -> bytes:
    """An ELF file whose code QEMU enters in 32-bit protected mode."""
    headers = 64 + 2 * 56
    note_offset, code_offset = headers, headers + 20
    entry = LOAD_ADDRESS + code_offset
    size = code_offset + len(code)
    header = struct.pack(
        "<16sHHIQQQIHHHHHH",
        *(b"\x7fELF\x02\x01\x01", 2, 62, 1, entry, 64, 0, 0, 64, 56, 2, 64, 0, 0),
    )
    load = segment(1, 0, size)
    note = segment(4, note_offset, 20)
    return header + load + note + struct.pack("<III4sI", 4, 4, PVH_NOTE, b"Xen", entry) + code


def segment(kind: int, offset: int, size: int) -> bytes:
    address = LOAD_ADDRESS + offset
    return struct.pack("<IIQQQQQQ", kind, 5, offset, address, address, size, size, 4)


def uefi_application(code: bytes) -> bytes:
    """A PE32+ file with one section. Source: Microsoft, PE Format."""
    page = 0x1000
    assert len(code) <= 0x200
    dos = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x22E)
    sizes = struct.pack("<HBBIIIII", 0x20B, 0, 0, 0x200, 0, 0, page, page)
    layout = struct.pack("<QIIHHHHHHIIII", 0, page, 0x200, 0, 0, 0, 0, 0, 0, 0, 2 * page, 0x200, 0)
    rest = struct.pack("<HHQQQQII", 10, 0, page, page, page, page, 0, 16) + bytes(128)
    section = struct.pack(
        "<8sIIIIIIHHI", b".text", 0x200, page, 0x200, 0x200, 0, 0, 0, 0, 0x60000020
    )
    return (dos + coff + sizes + layout + rest + section).ljust(0x200, b"\0") + code.ljust(
        0x200, b"\0"
    )
