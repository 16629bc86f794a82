"""The folder /dev with the devices that need no hardware, and a folder for each class of those that do.

Files in /dev:
    const/null          reads as nothing, takes whatever is written
    const/zero          reads as zero bytes without end
    const/one           reads as bytes 0xff without end
    klog                the kernel's log, by position; what is written becomes a line of it
    perf/mem            pages of memory
    perf/cpu            for each processor the ns in which nobody and somebody ran, and in interrupts; switches, threads
    keymap              which characters keys stand for on the screen's terminal (keymap_file.py)
    fb/<n>/name         what provides a screen (frame_buffer_files.py)
    fb/<n>/info         width, height, bytes of a row, and the order of a pixel's bytes
    fb/<n>/data         the pixels; they can also be mapped
    kbd/<n>/name        what a keyboard is
    kbd/<n>/events      keys as they go down and up (kernel/io/input_events.py)
    mouse/<n>/name      what a mouse is
    mouse/<n>/events    movements, buttons, the wheel (kernel/io/input_events.py)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import BadAddress
from core.file_records import NodeKind
from core.text.buffer import TextBuffer
from kernel.fs import clock_files, device_class, frame_buffer_files
from kernel.fs.device_class import DeviceClass
from kernel.fs.folder import FixedFolder
from kernel.fs.keymap_file import KeymapFile
from kernel.fs.random_file import RandomFile
from kernel.fs.text_file import TextFile, text
from kernel.fs.vnode import Vnode
from kernel.log import kept, log
from kernel.mem import frames, mapping
from kernel.mem.address_space import AddressSpace, Protection
from kernel.mem.layout import PAGE_SIZE, bytes_at
from kernel.mem.mapping import Mapping
from kernel.sched import accounting, scheduler
from lang import Array, Slice, UserSlice, no_raise, sleeps, u8, u64

if TYPE_CHECKING:
    from kernel.fs.file import File

PIECE: Final = 512


class Constant(Vnode):
    """Bytes that are all the same, without end, or none at all; writing goes nowhere."""

    value: u8
    is_empty: bool

    def __init__(self, value: u8, is_empty: bool) -> None:
        super().__init__(NodeKind.FILE)
        self.value = value
        self.is_empty = is_empty

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        if self.is_empty:
            return 0
        piece = Array[u8, PIECE]()
        piece[:].fill(self.value)
        for start in range(u64(0), len(into), u64(PIECE)):
            count = min(len(into) - start, u64(PIECE))
            into[start : start + count].copy_in(piece[:count])
        return len(into)

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        return len(data)

    @sleeps
    def map(
        self,
        space: AddressSpace,
        place: u64,
        size: u64,
        protection: Protection,
        may_write: bool,
        offset: u64,
    ) -> u64:
        """See Vnode. Each mapping is memory of its own that begins as such bytes; the offset makes no difference."""
        if self.is_empty:
            return super().map(space, place, size, protection, may_write, offset)
        if self.value == 0:
            if place == 0:
                return space.reserve(size, protection)
            return space.reserve(size, protection, place)
        made = mapping.begin(space, place, size, protection, True)
        try:
            for _ in range(u64(0), made.size, u64(PAGE_SIZE)):
                self.put_page(made)
        except (BadAddress, MemoryError):
            made.give_up()
            raise
        return made.start

    def put_page(self, made: Mapping) -> None:
        """Map one page more."""
        frame = frames.allocate()
        try:
            Slice[u8](bytes_at(frame), PAGE_SIZE).fill(self.value)
            made.put(frame)
        finally:
            frames.free(frame)  # now only the mapping holds it


class KernelLog(Vnode):
    """The log."""

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)

    @property
    @no_raise
    def is_seekable(self) -> bool:
        return True

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        piece = Array[u8, PIECE]()
        done: u64 = 0
        position = offset
        while done < len(into):
            part = kept.read(position, piece[: min(len(into) - done, u64(PIECE))])
            if part.length == 0:
                break
            if done == 0:
                file.position = part.position  # later than asked for, if that is gone
            into[done : done + part.length].copy_in(piece[: part.length])
            done += part.length
            position = part.position + part.length
        return done

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        piece = Array[u8, PIECE]()
        count = min(len(data), u64(PIECE))
        data[:count].copy_out(piece[:count])
        line = piece[:count]
        if count > 0 and line[count - 1] == 10:
            line = line[: count - 1]
        log.info(f"{line}")
        return count


class MemoryUse(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        pages = frames.statistics()
        used = pages.total - pages.free
        text(out, f"total_pages {pages.total}\nfree_pages {pages.free}\nused_pages {used}")


class ProcessorUse(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, "cpu idle_clocks active_clocks interrupt_clocks switches arrivals threads")
        for number in range(scheduler.processor_count.load()):
            times = accounting.of_processor(number)
            text(out, f"\n{number} {times.idle_ns} {times.active_ns} {times.interrupt_ns}")
            text(out, f" {times.switches} {times.arrivals} {times.threads}")


def make() -> FixedFolder:
    """Return the folder that is mounted at /dev.

    Raises:
        MemoryError: there is too little memory.
    """
    constants = FixedFolder()
    constants.put(b"null", Constant(0, True))
    constants.put(b"zero", Constant(0, False))
    constants.put(b"one", Constant(0xFF, False))
    performance = FixedFolder()
    performance.put(b"mem", MemoryUse())
    performance.put(b"cpu", ProcessorUse())
    devices = FixedFolder()
    devices.put(b"const", constants)
    devices.put(b"perf", performance)
    devices.put(b"klog", KernelLog())
    devices.put(b"rand", RandomFile())
    devices.put(b"clock", clock_files.make())
    pci = FixedFolder()
    devices.put(b"pci", pci)
    device_class.pci = pci
    devices.put(b"fb", frame_buffer_files.make())
    devices.put(b"keymap", KeymapFile())
    device_class.keyboards = add_class(devices, b"kbd")
    device_class.mice = add_class(devices, b"mouse")
    return devices


def add_class(devices: FixedFolder, name: Slice[u8]) -> DeviceClass:
    """Make a folder for the devices of a kind."""
    made = DeviceClass()
    devices.put(name, made)
    return made
