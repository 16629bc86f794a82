"""UEFI: the firmware's tables and protocols, as far as the boot loader calls them.

Every call is a `CFunction`: a code address with the firmware's (Microsoft's) calling convention. A
status has its highest bit set when the call failed.

Source: UEFI Specification 2.10, sections 4.3 to 4.6, 7.2 to 7.4, 9.1, 12.3, 12.4, 12.9, 13.4, 13.5 and
37.5.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lang import Array, CFunction, Ptr, over, struct, u8, u16, u32, u64

SUCCESS: Final[u64] = 0
FAILED: Final[u64] = 1 << 63  # of a status: the call failed
BUFFER_TOO_SMALL: Final[u64] = FAILED | 5
NOT_FOUND: Final[u64] = FAILED | 14
LOAD_ERROR: Final[u64] = FAILED | 1


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
class SimpleTextInput:
    """EFI_SIMPLE_TEXT_INPUT_PROTOCOL. Section 12.3."""

    reset: CFunction[[Ptr[SimpleTextInput], bool], u64]
    read_key_stroke: CFunction[[Ptr[SimpleTextInput], Ptr[u32]], u64]
    wait_for_key: u64


@over(u32)
class MemoryType(IntEnum):
    """Section 7.2.1."""

    RESERVED = 0
    LOADER_CODE = 1
    LOADER_DATA = 2
    BOOT_SERVICES_CODE = 3
    BOOT_SERVICES_DATA = 4
    RUNTIME_SERVICES_CODE = 5
    RUNTIME_SERVICES_DATA = 6
    CONVENTIONAL = 7
    UNUSABLE = 8
    ACPI_RECLAIM = 9
    ACPI_NVS = 10
    MEMORY_MAPPED_IO = 11
    MEMORY_MAPPED_IO_PORTS = 12
    PAL_CODE = 13
    PERSISTENT = 14


@struct
class MemoryDescriptor:
    """Section 7.2.3. The firmware's descriptors may be longer than this."""

    type: u32  # MemoryType
    physical_start: u64
    virtual_start: u64
    page_count: u64  # of 4 KiB
    attribute: u64


@over(u32)
class AllocateType(IntEnum):
    """Section 7.2.1."""

    ANY_PAGES = 0
    MAX_ADDRESS = 1
    ADDRESS = 2


@struct
class BootServices:
    """EFI_BOOT_SERVICES up to LocateProtocol. Section 4.4."""

    header: TableHeader
    before_allocate_pages: Array[u64, 2]
    allocate_pages: CFunction[[AllocateType, MemoryType, u64, Ptr[u64]], u64]
    free_pages: CFunction[[u64, u64], u64]
    get_memory_map: CFunction[[Ptr[u64], u64, Ptr[u64], Ptr[u64], Ptr[u32]], u64]
    before_wait_for_event: Array[u64, 4]
    wait_for_event: CFunction[[u64, Ptr[u64], Ptr[u64]], u64]
    before_handle_protocol: Array[u64, 6]
    handle_protocol: CFunction[[u64, Ptr[GUID], Ptr[u64]], u64]
    before_exit: Array[u64, 7]
    exit: CFunction[[u64, u64, u64, u64], u64]
    unload_image: u64
    exit_boot_services: CFunction[[u64, u64], u64]
    get_next_monotonic_count: u64
    stall: CFunction[[u64], u64]
    set_watchdog_timer: CFunction[[u64, u64, u64, u64], u64]
    before_locate_protocol: Array[u64, 7]
    locate_protocol: CFunction[[Ptr[GUID], u64, Ptr[u64]], u64]


@struct
class ConfigurationTable:
    """What the firmware has for operating systems. Section 4.6."""

    name: GUID
    address: u64


@struct
class SystemTable:
    """EFI_SYSTEM_TABLE. Section 4.3."""

    header: TableHeader
    firmware_vendor: Ptr[u16]
    firmware_revision: u32
    console_in_handle: u64
    console_in: Ptr[SimpleTextInput] | None
    console_out_handle: u64
    console_out: Ptr[SimpleTextOutput] | None
    standard_error_handle: u64
    standard_error: u64
    runtime_services: u64
    boot_services: Ptr[BootServices]
    table_count: u64
    tables: Ptr[ConfigurationTable]


@struct
class LoadedImage:
    """EFI_LOADED_IMAGE_PROTOCOL. Section 9.1."""

    revision: u32
    parent: u64
    system_table: u64
    device: u64  # from which the image was loaded
    file_path: u64
    reserved: u64
    load_options_size: u32
    load_options: u64
    image_base: u64
    image_size: u64


@struct
class File:
    """EFI_FILE_PROTOCOL. Names are UTF-16, ended by 0. Section 13.5."""

    revision: u64
    open: CFunction[[Ptr[File], Ptr[u64], Ptr[u16], u64, u64], u64]
    close: CFunction[[Ptr[File]], u64]
    delete: u64
    read: CFunction[[Ptr[File], Ptr[u64], u64], u64]
    write: u64
    get_position: CFunction[[Ptr[File], Ptr[u64]], u64]
    set_position: CFunction[[Ptr[File], u64], u64]


FILE_READ: Final[u64] = 1
END_OF_FILE: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF  # a position


@struct
class SimpleFileSystem:
    """EFI_SIMPLE_FILE_SYSTEM_PROTOCOL. Section 13.4."""

    revision: u64
    open_volume: CFunction[[Ptr[SimpleFileSystem], Ptr[u64]], u64]


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

    query_mode: CFunction[[Ptr[GraphicsOutput], u32, Ptr[u64], Ptr[u64]], u64]
    set_mode: CFunction[[Ptr[GraphicsOutput], u32], u64]
    blt: u64
    mode: Ptr[GraphicsMode]


@struct
class RandomNumbers:
    """EFI_RNG_PROTOCOL. Section 37.5."""

    get_info: u64
    get: CFunction[[Ptr[RandomNumbers], u64, u64, Ptr[u8]], u64]


LOADED_IMAGE: GUID = GUID(
    0x5B1B31A1,
    0x9562,
    0x11D2,
    Array[u8, 8](0x8E, 0x3F, 0x00, 0xA0, 0xC9, 0x69, 0x72, 0x3B),
)
SIMPLE_FILE_SYSTEM: GUID = GUID(
    0x964E5B22,
    0x6459,
    0x11D2,
    Array[u8, 8](0x8E, 0x39, 0x00, 0xA0, 0xC9, 0x69, 0x72, 0x3B),
)
GRAPHICS_OUTPUT: GUID = GUID(
    0x9042A9DE,
    0x23DC,
    0x4A38,
    Array[u8, 8](0x96, 0xFB, 0x7A, 0xDE, 0xD0, 0x80, 0x51, 0x6A),
)
RANDOM_NUMBERS: GUID = GUID(
    0x3152BCA5,
    0xEADE,
    0x433D,
    Array[u8, 8](0x86, 0x2E, 0xC0, 0x1C, 0xDC, 0x29, 0x1F, 0x44),
)
ACPI_2: GUID = GUID(
    0x8868E871,
    0xE4F1,
    0x11D3,
    Array[u8, 8](0xBC, 0x22, 0x00, 0x80, 0xC7, 0x3C, 0x88, 0x81),
)
ACPI_1: GUID = GUID(
    0xEB9D2D30,
    0x2D88,
    0x11D3,
    Array[u8, 8](0x9A, 0x16, 0x00, 0x90, 0x27, 0x3F, 0xC1, 0x4D),
)
