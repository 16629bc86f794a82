"""The terminal on the screen: the other half of the console, beside the serial port.

    /dev/console  --write-->  stream, grid  --painter, a thread-->  screen
    keyboard      --typist-->  console_input  --read-->  /dev/console

Programs write into the grid; a thread shows what has changed, FRAME_NS after it did so last at the earliest. So a program that
writes much is not held up by drawing, and what would be gone from the screen before anybody has seen it is never drawn.

Locks: `lock` guards grid and painter; `typist_lock` what is typed, and is taken by interrupt handlers.
"""

from __future__ import annotations

from typing import Final

from core.input.key import Key
from core.input.typist import Typist, Wish
from core.terminal import colours
from core.terminal.grid import Cell
from core.terminal.painter import Painter
from core.terminal.stream import Stream
from kernel.io import console_input, frame_buffer, key_input
from kernel.log import log, screen
from kernel.mem.heap_memory import HeapMemory
from kernel.sched import kernel_thread, sleep
from kernel.sync.mutex import Mutex
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import WaitQueue
from kernel.time import clock
from lang import (
    Atomic,
    Slice,
    irq_safe,
    no_raise,
    sizeof,
    sleeps,
    u8,
    u64,
    usize,
)

FRAME_NS: Final[u64] = 16_000_000
KEPT_LINES: Final = 1000

lock: Mutex
stream: Stream
painter: Painter
cells: HeapMemory | None = None
shown: HeapMemory | None = None
has_font: bool = False  # and a keymap; set once
is_there: bool = False  # set once

typist_lock: SpinLock
typist: Typist  # guarded by typist_lock

back: Atomic[u64]  # how many lines ago what is shown was
is_changed: Atomic[bool]
changed: WaitQueue


def begin(font: Slice[u8], keymap: Slice[u8]) -> None:
    """Take over the screen, if there is one, or else the first that comes.

    font, keymap: the files, which stay where they are.

    Raises:
        BadMessage: the font is none.
        BadKeymap: the keymap is none.
        MemoryError: there is too little memory.
    """
    global has_font
    painter.font.read(font)
    typist.map.read(keymap)
    has_font = True
    take_screen()


@sleeps
def take_screen() -> None:
    """Take over the screen, if there is one, it has not been taken, and there is a font.

    Raises:
        MemoryError: there is too little memory.
    """
    global cells, shown, is_there
    if is_there or not has_font or not frame_buffer.is_there():
        return
    target = frame_buffer.surface()
    painter.measure(target.width, target.height)
    columns, rows = painter.columns, painter.rows
    if columns == 0 or rows < 2:
        log.warning("the screen is too small for text")
        return
    all_lines = HeapMemory((rows + KEPT_LINES) * columns * sizeof(Cell))
    screen_lines = HeapMemory(rows * columns * sizeof(Cell))
    kernel_thread.start("screen", paint_for_ever)

    cells, shown = all_lines, screen_lines
    stream.grid.begin(cells_of(cells, (rows + KEPT_LINES) * columns), columns, rows)
    stream.begin()
    screen.give_up()
    painter.begin(target, cells_of(shown, rows * columns), colours.PAPER)
    is_there = True
    key_input.listen(on_key)
    tell_painter()


@no_raise
def cells_of(memory: HeapMemory | None, count: usize) -> Slice[Cell]:
    assert memory is not None, "it was made just before"
    return Slice[Cell](memory.bytes.pointer.cast(Cell), count)


@no_raise
@sleeps
def write(text: Slice[u8]) -> None:
    """Write what a program has written to the console."""
    if not is_there:
        return
    with lock:
        stream.write(text)
        if stream.answer_size > 0:
            console_input.put(stream.answer[: stream.answer_size])
            stream.answer_size = 0
    tell_painter()


@irq_safe
@no_raise
def tell_painter() -> None:
    if not is_changed.swap(True):
        changed.wake_one()


@no_raise
def paint_for_ever() -> None:
    """Show what has changed, again and again."""
    while True:
        changed.wait_uninterrupted(lambda: is_changed.load())
        is_changed.store(False)
        if frame_buffer.users.load() == 0:
            with lock:
                lines = min(back.load(), stream.grid.kept)
                painter.paint(frame_buffer.surface(), stream, lines)
        sleep.until(clock.uptime() + FRAME_NS)


@no_raise
@sleeps
def paint_all() -> None:
    """Show everything anew, after somebody else has drawn."""
    if not is_there:
        return
    with lock:
        painter.begin(
            frame_buffer.surface(), cells_of(shown, painter.rows * painter.columns), colours.PAPER
        )
    tell_painter()


# Keymaps ----------------------------------------------------------------------------------------


def read_keymap(line: Slice[u8]) -> None:
    """Take a line of a keymap.

    Raises:
        BadKeymap: it is none.
    """
    with typist_lock:
        typist.map.read_line(line)


@no_raise
def keymap_name(into: Slice[u8]) -> usize:
    """Store the name of the keymap; return how long it is."""
    with typist_lock:
        size = typist.map.name_size
        into[:size].copy_from(typist.map.name[:size])
        return size


# Keys -------------------------------------------------------------------------------------------


@irq_safe
@no_raise
def on_key(key: Key, is_release: bool) -> None:
    """Let a key be typed, unless a program has the screen, which then reads the keys itself."""
    with typist_lock:
        wish = typist.take(key, is_release)
        typed = typist.typed()
        if frame_buffer.users.load() == 0 and len(typed) > 0:
            console_input.put(typed)
            back.store(0)
            tell_painter()
        locks = u8(typist.locks)
    obey(wish, locks)


@irq_safe
@no_raise
def obey(wish: Wish, locks: u8) -> None:
    match wish:
        case Wish.SCROLL_BACK:
            scroll(min(back.load() + painter.rows // 2, u64(KEPT_LINES)))
        case Wish.SCROLL_FORWARD:
            scroll(back.load() - min(back.load(), u64(painter.rows // 2)))
        case Wish.LIGHTS:
            key_input.set_lights(locks)
        case _:
            pass


@irq_safe
@no_raise
def scroll(lines: u64) -> None:
    """Show what was some lines ago."""
    back.store(lines)
    tell_painter()
