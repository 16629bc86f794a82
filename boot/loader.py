"""The boot loader: a UEFI application. It says hello on the console and paints the screen.

The firmware loads it from /EFI/BOOT/BOOTX64.EFI of the disk's EFI system partition and calls
`efi_main` in 64-bit mode with paging on and memory mapped at its own addresses.

Source: UEFI Specification 2.10, sections 2.3.4 and 4.1.
"""

from __future__ import annotations

from boot import console, efi
from boot.efi import GraphicsOutput, SystemTable
from core.graphics import quilt
from core.graphics.surface import Surface
from lang import Ptr, address_of, export, no_raise, u32, u64, usize

TITLE = b"PatchworkOS"
GREETING = b"typed Python, started by UEFI"


@export("efi_main")
@no_raise
def efi_main(image: u64, system: Ptr[SystemTable]) -> u64:
    """Say hello on the console (the serial port, too), paint the screen, and stay."""
    console.open(system)
    system.boot_services.set_watchdog_timer(0, 0, 0, 0)
    console.print_line(b"PatchworkOS: hello from typed Python")
    output = find_graphics(system)
    if output is None:
        console.print_line(b"no graphics output")
    else:
        screen = surface_of(output)
        quilt.paint(screen, TITLE, GREETING)
    console.print_line(b"ready")
    console.halt()
    return efi.SUCCESS


def find_graphics(system: Ptr[SystemTable]) -> Ptr[GraphicsOutput] | None:
    """Return the firmware's graphics output; None if it has none."""
    found: u64 = 0
    status = system.boot_services.locate_protocol(
        address_of(efi.GRAPHICS_OUTPUT), 0, address_of(found)
    )
    if status != efi.SUCCESS or found == 0:
        return None
    return Ptr[GraphicsOutput](found)


def surface_of(output: Ptr[GraphicsOutput]) -> Surface:
    """Return the pixels of the mode that the firmware chose."""
    mode = output.mode
    width, height = mode.info.horizontal_resolution, mode.info.vertical_resolution
    stride = mode.info.pixels_per_scan_line
    pixels = Ptr[u32](mode.frame_buffer_base)
    return Surface(pixels, usize(width), usize(height), usize(stride))
