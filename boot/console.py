"""The firmware's console: text for whoever watches the machine start, and a key from them.

`open` is called once, first; what is printed before is lost. The firmware sends the same text to
the serial port where there is one.
"""

from __future__ import annotations

from boot.efi import SimpleTextOutput, SystemTable
from core.text.buffer import TextBuffer
from lang import (
    Array,
    Format,
    Ptr,
    Slice,
    address_of,
    asm,
    no_raise,
    u8,
    u16,
    u32,
    u64,
    usize,
)

LONGEST_LINE = 256

output: Ptr[SimpleTextOutput] | None = None


@no_raise
def open(system: Ptr[SystemTable]) -> None:
    """Remember the firmware's console."""
    global output
    output = system.console_out


@no_raise
def say(line: Format) -> None:
    """Print a line; what is longer than LONGEST_LINE bytes is cut off."""
    storage = Array[u8, 256]()
    out = TextBuffer(storage[:])
    line.write_to(out)
    print_line(out.text())


@no_raise
def print_line(text: Slice[u8]) -> None:
    """Print a line of ASCII; what is longer than the line buffer is cut off."""
    console = output
    if console is None:
        return
    line = Array[u16, 256]()
    length = min(len(text), usize(len(line)) - 3)
    for index in range(length):
        line[index] = text[index]
    line[length] = 13
    line[length + 1] = 10
    console.output_string(console, address_of(line[0]))


@no_raise
def wait_for_key(system: Ptr[SystemTable]) -> None:
    """Wait until a key is pressed; return at once where there is no keyboard to wait for."""
    keyboard = system.console_in
    if keyboard is None:
        return
    key: u32 = 0
    keyboard.reset(keyboard, False)
    event = keyboard.wait_for_key
    index: u64 = 0
    if system.boot_services.wait_for_event(1, address_of(event), address_of(index)) == 0:
        keyboard.read_key_stroke(keyboard, address_of(key))


@no_raise
def halt() -> None:
    """Stop, leaving the screen as it is; the firmware's timer goes on."""
    while True:
        asm("hlt", inputs=[], outputs=[], clobbers=["memory"])
