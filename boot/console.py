"""The firmware's console: text for whoever watches the machine start.

`open` is called once, first; what is printed before is lost. The firmware sends the same text to
the serial port where there is one.
"""

from __future__ import annotations

from boot.efi import SimpleTextOutput, SystemTable
from lang import Array, Ptr, Slice, address_of, asm, no_raise, u8, u16, usize

output: Ptr[SimpleTextOutput] | None = None


@no_raise
def open(system: Ptr[SystemTable]) -> None:
    """Remember the firmware's console."""
    global output
    output = system.console_out


@no_raise
def print_line(text: Slice[u8]) -> None:
    """Print a line of ASCII; what is longer than the line buffer is cut off."""
    console = output
    if console is None:
        return
    line = Array[u16, 256]()
    length: usize = 0
    for character in text[: len(line) - 3]:
        line[length] = character
        length += 1
    line[length] = 13
    line[length + 1] = 10
    console.output_string(console, address_of(line[0]))


@no_raise
def halt() -> None:
    """Stop, leaving the screen as it is; the firmware's timer goes on."""
    while True:
        asm("hlt", inputs=[], outputs=[], clobbers=["memory"])
