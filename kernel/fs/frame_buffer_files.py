"""/dev/fb: the screens, as pixels.

0/name    what provides it
  info    width, height, bytes of a row, and the order of a pixel's bytes
  data    the pixels; they can also be mapped

While a program has `data` open, it has the screen: the terminal neither draws nor takes keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import NotSupported
from core.file_records import NodeKind
from core.handover import Screen
from core.text.buffer import TextBuffer
from kernel.fs import device_class
from kernel.fs.device_class import DeviceClass, NameFile
from kernel.fs.folder import FixedFolder
from kernel.fs.mode import Mode
from kernel.fs.text_file import TextFile, text
from kernel.fs.vnode import Vnode
from kernel.io import frame_buffer, terminal
from kernel.log import log
from kernel.log import screen as log_screen
from kernel.mem.address_space import AddressSpace, MemoryType, Protection
from kernel.mem.layout import PAGE_SIZE, round_up
from lang import Slice, UserSlice, no_raise, sleeps, u8, u64

if TYPE_CHECKING:
    from kernel.fs.file import File

FORMAT: Final = "B8G8R8A8"


class InfoFile(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        screen = frame_buffer.surface()
        text(out, f"{screen.width} {screen.height} {screen.stride * 4} {FORMAT}\n")


class DataFile(Vnode):
    """The file `data`; each opening of it is a DataUser."""

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)

    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        return DataUser()


class DataUser(Vnode):
    """Somebody who has the screen."""

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)
        frame_buffer.users.fetch_add(1)

    @no_raise
    @sleeps
    def closed(self) -> None:
        if frame_buffer.users.fetch_sub(1) == 1:
            terminal.paint_all()

    @property
    @no_raise
    def is_seekable(self) -> bool:
        return True

    @sleeps
    def size(self) -> u64:
        return u64(len(pixels()))

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        screen = pixels()
        if offset >= len(screen):
            return 0
        count = min(len(into), len(screen) - offset)
        into[:count].copy_in(screen[offset : offset + count])
        return count

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        """Set pixels; behind the last there is room for none."""
        screen = pixels()
        if offset >= len(screen):
            return 0
        count = min(len(data), len(screen) - offset)
        data[:count].copy_out(screen[offset : offset + count])
        return count

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
        """See Vnode.

        Raises:
            NotSupported: a place was chosen.
            ValueError: the screen ends before the range does.
        """
        length = round_up(u64(len(pixels())), u64(PAGE_SIZE))
        if place != 0:
            raise NotSupported
        if offset > length or size > length - offset:
            raise ValueError
        start = frame_buffer.screen.address + offset
        return space.map_memory(start, size, protection, MemoryType.WRITE_COMBINING)


@no_raise
def pixels() -> Slice[u8]:
    """Return all bytes of the screen."""
    screen = frame_buffer.surface()
    return Slice[u8](screen.pixels.cast(u8), u64(screen.stride) * screen.height * 4)


def make() -> DeviceClass:
    """Return the folder /dev/fb.

    Raises:
        MemoryError: there is too little memory.
    """
    made = DeviceClass()
    device_class.screens = made
    if frame_buffer.is_there():
        add(made, frame_buffer.FIRMWARE)
    return made


def add(screens: DeviceClass, provider: str) -> None:
    """Let the screen have a folder among those of screens."""
    folder = FixedFolder()
    folder.put(b"name", NameFile(provider))
    folder.put(b"info", InfoFile())
    folder.put(b"data", DataFile())
    screens.add(folder)


@sleeps
def offer(found: Screen, provider: str) -> None:
    """Let what a driver has set up be the screen, which there is none of yet: for programs, the terminal, and in a panic.

    Drivers are attached one at a time.

    Raises:
        BadAddress, ValueError: it cannot be where it is said to be.
        MemoryError: there is no memory for the tables that map it.
    """
    frame_buffer.use(found)
    surface = frame_buffer.surface()
    log_screen.show_on(surface, 0, 0, surface.width, surface.height)
    log.info(f"the screen has {surface.width} by {surface.height} pixels, by the {provider}")
    try:
        screens = device_class.screens
        if screens is not None:
            add(screens, provider)
        terminal.take_screen()
    except MemoryError:
        log.warning("there is too little memory for all that is done with a screen")
