"""Serial ports as files, one folder for each that ACPI describes, but for that of the console.

Files in /dev:
    serial/<n>/name     where the port is in ACPI's namespace, and its first register
    serial/<n>/data     what has come, and what is sent; bytes as they are
    serial/<n>/lost     how many bytes came when nobody had read the last 1024
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from core.file_records import NodeKind
from core.text.buffer import TextBuffer
from kernel.fs import module_files
from kernel.fs.device_class import DeviceClass
from kernel.fs.folder import FixedFolder
from kernel.fs.text_file import TextFile, text
from kernel.fs.vnode import Vnode
from kernel.interrupt import routing
from kernel.interrupt.routing import Handler, LineBusy, NoVector
from kernel.io.serial import COM1
from kernel.log import log
from kernel.mem import heap_memory
from kernel.mem.heap_memory import HeapMemory
from kernel.module.description import Device, Module, NotUsable
from kernel.sync.wait_queue import WaitQueue
from lang import (
    Array,
    Ptr,
    UserSlice,
    address_of,
    irq_safe,
    no_raise,
    owner,
    section,
    sleeps,
    truncate,
    u8,
    u16,
    u32,
    u64,
)
from modules.acpi.firmware import offers, wiring
from modules.acpi.resources.link import Line
from modules.drivers.serial.uart import Uart

if TYPE_CHECKING:
    from kernel.fs.file import File

PIECE: Final = 256
REGISTERS: Final[u64] = 8
LAST_PORT: Final[u64] = 0xFFFF


class SerialPort:
    """A port that is in use."""

    name: HeapMemory
    number: u32  # of its folder
    uart: Uart
    next: SerialPort | None

    def __init__(self, name: HeapMemory, uart: Uart) -> None:
        self.name = name
        self.number = 0
        self.uart = uart


folder: DeviceClass | None = None
ports: SerialPort | None = (
    None  # changed where devices are attached and detached, by one thread at a time
)


class Name(TextFile):
    port: SerialPort

    def __init__(self, port: SerialPort) -> None:
        super().__init__()
        self.port = port

    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"{self.port.name.bytes} {self.port.uart.base:#x}")


class Lost(TextFile):
    uart: Uart

    def __init__(self, uart: Uart) -> None:
        super().__init__()
        self.uart = uart

    @sleeps
    def show(self, out: TextBuffer) -> None:
        with self.uart.lock:
            lost = self.uart.lost
        text(out, f"{lost}")


class Data(Vnode):
    uart: Uart

    def __init__(self, uart: Uart) -> None:
        super().__init__(NodeKind.FILE)
        self.uart = uart

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        """See Vnode."""
        if len(into) == 0:
            return 0
        piece = Array[u8, PIECE]()
        count = self.uart.take(piece[: min(len(into), u64(PIECE))])
        if count == 0:
            raise BlockingIOError
        into[:count].copy_in(piece[:count])
        return count

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        """See Vnode."""
        if len(data) == 0:
            return 0
        piece = Array[u8, PIECE]()
        size = min(len(data), u64(PIECE))
        data[:size].copy_out(piece[:size])
        count = self.uart.put(piece[:size])
        if count == 0:
            raise BlockingIOError
        return count

    @no_raise
    def can_be_read(self) -> bool:
        return self.uart.has_bytes()

    @no_raise
    def can_be_written(self) -> bool:
        return self.uart.can_take()

    @no_raise
    def readable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.uart.has_come)

    @no_raise
    def writable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.uart.has_room)


@irq_safe
@no_raise
def on_interrupt(mine: Ptr[Handler]) -> bool:
    return owner(mine, Uart, "handler").serve()


def attach(device: Device) -> None:
    """Use a port, and show it as files.

    Raises:
        NotUsable: it cannot be used; the log says why.
        MemoryError: there is too little memory.
    """
    uses = offers.used_by(device.name)
    if uses.port == COM1:
        return  # the console's
    if uses.port_count < REGISTERS or uses.port > LAST_PORT + 1 - REGISTERS:
        log.error(f"serial: {device.name} has no registers that could be reached")
        raise NotUsable
    uart = Uart(truncate(u16, uses.port))
    if not uart.is_there():
        log.warning(f"serial: nothing answers at {uses.port:#x}, where {device.name} should be")
        raise NotUsable
    made = SerialPort(heap_memory.copy_of(device.name), uart)
    listen(uart, uses.line)
    try:
        show(made)
    except MemoryError:
        uart.stop()
        routing.remove(uart.handler)
        raise
    uart.begin()


def listen(uart: Uart, line: Line) -> None:
    """Have the port's interrupts taken."""
    try:
        wiring.add(uart.handler, line, on_interrupt)
    except (LineBusy, NoVector):
        log.error(f"serial: interrupt {line.number} is taken")
        raise NotUsable


def show(made: SerialPort) -> None:
    """Put a port's files where they are looked for."""
    global ports
    files = FixedFolder()
    files.put(b"name", Name(made))
    files.put(b"data", Data(made.uart))
    files.put(b"lost", Lost(made.uart))
    made.number = folder_of_ports().add(files)
    made.next = ports
    ports = made


def load() -> None:
    """Let there be a folder for ports.

    Raises:
        MemoryError: there is too little memory.
    """
    module_files.there(module_files.devices).put(b"serial", folder_of_ports())


def folder_of_ports() -> DeviceClass:
    """Return the folder, which is made once."""
    global folder
    known = folder
    if known is not None:
        return known
    made = DeviceClass()
    folder = made
    return made


def unload() -> None:
    module_files.there(module_files.devices).take_all(b"serial")


def detach(device: Device) -> None:
    """Use a port no longer. Who has one of its files open reads nothing more there."""
    global ports
    before: SerialPort | None = None
    each = ports
    while each is not None and each.name.bytes != device.name:
        before = each
        each = each.next
    if each is None:
        return
    each.uart.stop()
    routing.remove(each.uart.handler)
    if before is None:
        ports = each.next
    else:
        before.next = each.next
    folder_of_ports().leave(each.number)


MODULE: Annotated[Module, section(".module")] = Module(
    name="Serial ports",
    author="the authors of PatchworkOS",
    description="16550 serial ports that ACPI describes",
    version="1.0",
    licence="MIT",
    devices="PNP0501;PNP0500",
    load=load,
    unload=unload,
    attach=attach,
    detach=detach,
)
