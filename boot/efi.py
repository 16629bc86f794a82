"""UEFI: the firmware's tables and protocols, as far as the boot loader calls them.

Every call is a `CFunction`: a code address with the firmware's (Microsoft's) calling convention. A
status has its highest bit set when the call failed.

Source: UEFI Specification 2.10, sections 4.3, 4.4, 7.3, 12.4 and 12.9.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lang import Array, CFunction, Ptr, over, struct, u8, u16, u32, u64

SUCCESS: Final[u64] = 0


@struct
class GUID:
    """A name of 128 bits. Section 2.3.1."""

    data1: u32
    data2: u16
    data3: u16
    data4: Array[u8, 8]


@struct
class TableHeader:
    signature: u64
    revision: u32
    header_size: u32
    crc32: u32
    reserved: u32


@struct
class SimpleTextOutput:
    """EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL. Text is UTF-16, ended by 0. Section 12.4."""

    reset: u64
    output_string: CFunction[[Ptr[SimpleTextOutput], Ptr[u16]], u64]
    test_string: u64
    query_mode: u64
    set_mode: u64
    set_attribute: u64
    clear_screen: CFunction[[Ptr[SimpleTextOutput]], u64]


@struct
class BootServices:
    """EFI_BOOT_SERVICES up to LocateProtocol. Section 4.4."""

    header: TableHeader
    before_set_watchdog_timer: Array[u64, 29]
    set_watchdog_timer: CFunction[[u64, u64, u64, u64], u64]
    before_locate_protocol: Array[u64, 7]
    locate_protocol: CFunction[[Ptr[GUID], u64, Ptr[u64]], u64]


@struct
class SystemTable:
    """EFI_SYSTEM_TABLE. Section 4.3."""

    header: TableHeader
    firmware_vendor: Ptr[u16]
    firmware_revision: u32
    console_in_handle: u64
    console_in: u64
    console_out_handle: u64
    console_out: Ptr[SimpleTextOutput]
    standard_error_handle: u64
    standard_error: u64
    runtime_services: u64
    boot_services: Ptr[BootServices]


@over(u32)
class PixelFormat(IntEnum):
    RED_GREEN_BLUE_RESERVED = 0
    BLUE_GREEN_RED_RESERVED = 1
    BIT_MASK = 2
    BLT_ONLY = 3


@struct
class GraphicsModeInformation:
    """EFI_GRAPHICS_OUTPUT_MODE_INFORMATION. Section 12.9."""

    version: u32
    horizontal_resolution: u32
    vertical_resolution: u32
    pixel_format: u32  # PixelFormat
    pixel_masks: Array[u32, 4]
    pixels_per_scan_line: u32


@struct
class GraphicsMode:
    max_mode: u32
    mode: u32
    info: Ptr[GraphicsModeInformation]
    size_of_info: u64
    frame_buffer_base: u64
    frame_buffer_size: u64


@struct
class GraphicsOutput:
    """EFI_GRAPHICS_OUTPUT_PROTOCOL. Section 12.9."""

    query_mode: u64
    set_mode: CFunction[[Ptr[GraphicsOutput], u32], u64]
    blt: u64
    mode: Ptr[GraphicsMode]


GRAPHICS_OUTPUT: GUID = GUID(
    0x9042A9DE,
    0x23DC,
    0x4A38,
    Array[u8, 8](0x96, 0xFB, 0x7A, 0xDE, 0xD0, 0x80, 0x51, 0x6A),
)
