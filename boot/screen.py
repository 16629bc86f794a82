"""The screen: which mode to leave it in, and where its pixels are.

The firmware's own choice is kept if it is large enough, since that is most likely the panel's; otherwise
the largest is taken that is no larger than a frame buffer should be. Only modes whose pixels can be
written as 0xRRGGBB are of use.

Source: UEFI Specification 2.10, section 12.9.
"""

from __future__ import annotations

from typing import Final

from boot import efi, firmware
from boot.efi import GraphicsModeInformation, GraphicsOutput, PixelFormat
from core.handover import Screen
from lang import Ptr, address_of, no_raise, u32, u64

LEAST_WIDTH: Final = 1024
LEAST_HEIGHT: Final = 768
MOST_WIDTH: Final = 1920
MOST_HEIGHT: Final = 1200


@no_raise
def choose() -> Screen:
    """Set a mode; without a screen of use, return one of no pixels."""
    address = firmware.find_protocol(efi.GRAPHICS_OUTPUT)
    if address == 0:
        return Screen(0, 0, 0, 0)
    output = Ptr[GraphicsOutput](address)
    if not _is_large_enough(output.mode.info):
        _set_largest(output)
    info = output.mode.info
    if not _is_of_use(info):
        return Screen(0, 0, 0, 0)
    return Screen(
        output.mode.frame_buffer_base,
        info.horizontal_resolution,
        info.vertical_resolution,
        info.pixels_per_scan_line,
    )


@no_raise
def _set_largest(output: Ptr[GraphicsOutput]) -> None:
    """Set the largest mode that is of use, if there is one."""
    best = output.mode.mode
    most: u64 = 0
    for mode in range(output.mode.max_mode):
        info = _information(output, mode)
        if info is None or not _is_of_use(info):
            continue
        width, height = info.horizontal_resolution, info.vertical_resolution
        if width <= MOST_WIDTH and height <= MOST_HEIGHT and u64(width) * height > most:
            most = u64(width) * height
            best = mode
    if most != 0 and best != output.mode.mode:
        output.set_mode(output, best)


@no_raise
def _information(output: Ptr[GraphicsOutput], mode: u32) -> Ptr[GraphicsModeInformation] | None:
    size: u64 = 0
    found: u64 = 0
    status = output.query_mode(output, mode, address_of(size), address_of(found))
    return Ptr[GraphicsModeInformation](found) if status == efi.SUCCESS and found != 0 else None


@no_raise
def _is_large_enough(info: Ptr[GraphicsModeInformation]) -> bool:
    width, height = info.horizontal_resolution, info.vertical_resolution
    return _is_of_use(info) and width >= LEAST_WIDTH and height >= LEAST_HEIGHT


@no_raise
def _is_of_use(info: Ptr[GraphicsModeInformation]) -> bool:
    """Return whether pixels are 0xRRGGBB in memory."""
    return info.pixel_format == PixelFormat.BLUE_GREEN_RED_RESERVED
