"""The world of programs: a process of a system, which system.py stands for, without a C library.

The system starts the program at `_start`, which calls `__pw_enter`; that calls `__pw_main`, which the
compiler makes of the root file's `main`, and ends the process with what it returns.

Memory is that of heap.py.
"""

from __future__ import annotations

from typing import Final

from core import object as counted
from core import trap
from core.object import Dying, Header, TypeInfo
from core.text.buffer import TextBuffer
from core.trap import Location
from core.world import current, heap, system, tally
from lang import (
    Array,
    CFunction,
    Format,
    Order,
    Ptr,
    Slice,
    address_of,
    cold,
    export,
    i32,
    i64,
    irq_safe,
    is_checked,
    no_raise,
    noinline,
    symbol_address,
    u8,
    u32,
    u64,
)

STANDARD_OUTPUT: Final = 1
STANDARD_ERROR: Final = 2
ALIVE: Final = b"PATCHWORK_ALIVE"

# Where the files lie that programs contain without having written them.
CORE = "core/"
LIBRARY = "lib/"

has_threads: bool = False  # several: from now on counts are atomic (compiler/emit/counting.py)
before_end: CFunction[[], bool] | None = None  # waits for other threads; False: some go on
argument_count: u64 = 0
arguments: Ptr[Ptr[u8]] | None = None


@export("__pw_enter")
@no_raise
def enter(count: u64, texts: Ptr[Ptr[u8]]) -> None:
    """Run the program, and end its process.

    count, texts: its arguments, each ended by a 0; the first is the program itself.
    """
    global argument_count, arguments
    current.begin()
    argument_count = count
    arguments = texts
    main = CFunction[[], i32](symbol_address("__pw_main"))
    status = main()
    wait = before_end
    is_alone = True if wait is None else wait()
    if is_checked() and system.COUNTS and is_alone:
        report_alive(status)
    system.exit(status)


@cold
@noinline
@no_raise
def report_alive(status: i32) -> None:
    """Say what is still alive when nothing of the program holds anything: what is in a cycle, or held by one.

    Said of a program that ended well, if there is something; of any if its environment has `ALIVE`.
    """
    release = CFunction[[], None](symbol_address("__pw_release_variables"))
    release()
    if tally.is_nothing_alive() and not is_in_environment(ALIVE):
        return
    if status == 0 or is_in_environment(ALIVE):
        tally.report(STANDARD_ERROR)


@no_raise
def is_in_environment(name: Slice[u8]) -> bool:
    """Whether a variable of the environment has a value; they stand behind the arguments and a null."""
    texts = arguments
    if texts is None:
        return False
    index = argument_count + 1
    while True:
        text = texts.cast(Ptr[u8] | None)[index]
        if text is None:
            return False
        length: u64 = 0
        while length < len(name) and text[length] == name[length]:
            length += 1
        if length == len(name) and text[length] == ord("="):
            return True
        index += 1


@no_raise
def argument(index: u64) -> Slice[u8]:
    """Return an argument of the program."""
    texts = arguments
    assert texts is not None and index < argument_count
    text = texts[index]
    length: u64 = 0
    while text[length] != 0:
        length += 1
    return Slice[u8](text, length)


def end_with_text(status: str) -> None:
    """End the process with a status in words; empty is success."""
    system.end_with(status.encode())


# Memory --------------------------------------------------------------------------------------


@export("__pw_allocate")
@no_raise
def allocate(size: u64, type: Ptr[TypeInfo]) -> Ptr[u8] | None:
    """Return zeroed memory, aligned to 16; None if there is none."""
    block = heap.take(size)
    if is_checked() and system.COUNTS and block is not None:
        tally.note_object(type)
    return block


@export("__pw_free")
@no_raise
def free(object: Ptr[Header], type: Ptr[TypeInfo]) -> None:
    if is_checked() and system.COUNTS:
        tally.note_freed(type)
    heap.give(object.cast(u8), type.size)


@export("__pw_take_storage")
@no_raise
def take_storage(size: u64) -> Ptr[u8] | None:
    """Return zeroed memory for the elements of a container; None if there is none."""
    block = heap.take(size)
    if is_checked() and system.COUNTS and block is not None:
        tally.storage_bytes.fetch_add(size, Order.RELAXED)
    return block


@export("__pw_give_storage")
@no_raise
def give_storage(storage: Ptr[u8], size: u64) -> None:
    """Take back what `take_storage` gave for this size."""
    if is_checked() and system.COUNTS:
        tally.storage_bytes.fetch_sub(size, Order.RELAXED)
    heap.give(storage, size)


@export("__pw_destroy_later")
@no_raise
def destroy_later(object: Ptr[Header]) -> None:
    """Nothing of a program runs where nothing may be freed: end the object at once."""
    counted.destroy(object)


@export("__pw_dying")
@no_raise
def dying() -> Ptr[Dying] | None:
    """Return the objects that this thread is ending; None while it handles a note, which may have come meanwhile."""
    state = current.state()
    return None if state.heap == address_of(state.note_heap) else address_of(state.dying)


@export("__pw_more_dying")
@no_raise
def more_dying(dying: Ptr[Dying]) -> bool:
    """Double the room for objects that are put off."""
    made = heap.take(dying.next_room * 8)
    if made is None:
        return False
    before, size = dying.more, dying.room * 8
    dying.move_to(made)
    if before is not None:
        heap.give(before.cast(u8), size)
    return True


# Output --------------------------------------------------------------------------------------


def print_text(message: Format) -> None:
    """Write text to standard output; what `print` calls."""
    storage = Array[u8, 1024]()
    out = TextBuffer(storage[:], flush_hook=write_output)
    message.write_to(out)
    out.flush()


@irq_safe
@no_raise
def write_output(text: Slice[u8]) -> None:
    system.write(STANDARD_OUTPUT, text)


# Failures ------------------------------------------------------------------------------------


@irq_safe
@no_raise
def write_error(text: Slice[u8]) -> None:
    system.write(STANDARD_ERROR, text)


@export("__pw_trap")
@no_raise
def stop(kind: u32, location: Ptr[Location], a: i64, b: i64) -> None:
    """Say what is wrong with the program, and end it."""
    print_trace()
    storage = Array[u8, 512]()
    out = TextBuffer(storage[:])
    trap.report(out, kind, location, a, b)
    out.write(b"\n")
    write_error(out.text())
    system.exit(1)


@export("__pw_trace")
@no_raise
def trace(location: Ptr[Location] | None) -> None:
    """Remember where an exception passes, None that another one starts; the places before a full
    table are kept."""
    state = current.state()
    if location is None:
        state.trace_length = 0
    elif state.trace_length < len(state.trace_places):
        state.trace_places[state.trace_length] = location
        state.trace_length += 1


def is_beneath(place: Ptr[Location]) -> bool:
    """Whether a place is none that the program's author wrote."""
    file = trap.text_at(place.file)
    return lies_in(file, CORE) or lies_in(file, LIBRARY)


def lies_in(file: Slice[u8], folder: str) -> bool:
    return len(file) > len(folder) and file[: len(folder)] == folder.encode()


def write_line_of(place: Ptr[Location]) -> None:
    """Write the line of the source, which stands behind the name in the builds that have traces."""
    name = trap.text_at(place.function)
    line = trap.text_at(place.function + len(name) + 1)
    if len(line) > 0:
        write_error(b"    ")
        write_error(line)
        write_error(b"\n")


def print_trace() -> None:
    """Print the places, where the exception ended up first, as Python does. What core and
    lib do for the program is no place of its own, as in CPython."""
    state = current.state()
    if state.trace_length == 0:
        return
    write_error(b"Traceback (most recent call last):\n")
    for index in range(state.trace_length):
        place = state.trace_places[state.trace_length - 1 - index]
        if place is not None and not is_beneath(place):
            storage = Array[u8, 512]()
            out = TextBuffer(storage[:])
            trap.write_place(out, place)
            write_error(out.text())
            write_line_of(place)
