"""The loader: modules come when a device of their kind does, with what they need, and go when nobody does.

    attach_all      a kind of device that every module which drives it may use
    attach          one for which the first module that takes it will do
    load            a module by its name, after those that it needs; it gets the devices that it drives and nobody uses

Who loads a module calls its `load`, and then `attach` for each device; both may load others and attach devices
themselves. So the lock is a thread's, however often it takes it.

Locks: `lock` is taken before all that modules take.
"""

from __future__ import annotations

from typing import Final

from core import trap
from core.errors import BadExecutable, BadMessage
from core.object import TypeInfo
from core.text.buffer import TextBuffer
from kernel.cpu import running
from kernel.log import log
from kernel.mem import heap_memory
from kernel.mem.heap_memory import HeapMemory
from kernel.mem.layout import PhysAddr
from kernel.module import catalogue, info, linked, linking, object_file, present
from kernel.module.catalogue import ModuleFile
from kernel.module.description import Device
from kernel.module.linking import Refused, refuse
from kernel.module.loaded import MOST_NEEDS, Attached, Loaded
from kernel.module.object_file import Plan
from kernel.sync.mutex import Mutex
from lang import (
    Array,
    Atomic,
    Format,
    Ptr,
    Slice,
    handled_class,
    i32,
    no_raise,
    noinline,
    sleeps,
    struct,
    u8,
    u32,
    u64,
)

DEEPEST: Final[u32] = 16  # modules that need each other in a row

lock: Mutex
holder: Atomic[u64]  # the thread that has the lock; 0: none
first: Loaded | None = None  # that was loaded last; guarded by lock


@struct
class alone:
    """A block in which no other thread loads or unloads."""

    is_outermost: bool

    @no_raise
    @sleeps
    def __enter__(self) -> None:
        self.is_outermost = holder.load() != running.get()
        if self.is_outermost:
            lock.__enter__()
            holder.store(running.get())

    @no_raise
    def __exit__(self, *error: object) -> None:
        if self.is_outermost:
            holder.store(0)
            lock.__exit__()


@sleeps
def attach_all(kind: Slice[u8], name: Slice[u8], address: PhysAddr) -> u64:
    """Let all modules that drive a kind of device use one that was found; return how many do.

    name: that no other device has. address: where it is, in whatever sense the kind has.
    """
    return attach_some(Device(kind, name, address), False)


@no_raise
@sleeps
def attach_found() -> None:
    """Let modules use the devices that were found before any could be loaded, and that none in the image drives."""
    for index in range(linked.found_count):
        found = linked.found[index]
        kind = found.kind[: found.length]
        storage = Array[u8, 64]()
        name = TextBuffer(storage[:])
        write(name, f"{kind} at {found.address:#x}")
        attach_some(Device(kind, name.text(), found.address), True)
    linked.found_count = 0


@no_raise
def write(out: TextBuffer, text: Format) -> None:
    text.write_to(out)


@sleeps
def attach(kind: Slice[u8], name: Slice[u8], address: PhysAddr) -> bool:
    """The same for the first module that takes the device; return whether there is one."""
    return attach_some(Device(kind, name, address), True) > 0


@no_raise
@sleeps
def attach_some(device: Device, is_one_enough: bool) -> u64:
    count: u64 = 0
    with alone():
        try:
            catalogue.begin()
            present.note(device, not is_one_enough)
        except MemoryError:
            log.error("there is too little memory to look for modules")
            return 0
        file = catalogue.first
        while file is not None and not (is_one_enough and count > 0):
            if file.info.drives(device.kind) and attach_to(file, device):
                count += 1
            file = file.next
    return count


@no_raise
@sleeps
def attach_to(file: ModuleFile, device: Device) -> bool:
    """Load a module if it is not there, and let it use a device; return whether it does."""
    try:
        module = load_from(file, 0)
    except Refused:
        return False
    except Exception:  # noqa: BLE001 - the system goes on without the module
        log.error(f"{file.name}: not loaded: {name_of(handled_class())}")
        return False
    return module.drives(device.name) or use(module, device)


@no_raise
@sleeps
def use(module: Loaded, device: Device) -> bool:
    """Let a module use a device; return whether it does."""
    log.debug(f"{module.name}: attaching to {device.kind} {device.name}")
    try:
        record = Attached(device, module.devices)
        left = take_left(device.name)
        found = b"" if left is None else left.bytes
        module.module.attach(Device(device.kind, device.name, device.address, found))
        module.devices = record
        return True
    except Exception:  # noqa: BLE001 - the system goes on without the device
        log.error(
            f"{module.name}: {device.kind} {device.name} is out of use: {name_of(handled_class())}"
        )
        return False


@no_raise
def take_left(name: Slice[u8]) -> HeapMemory | None:
    """Return what was left for whoever uses a device next, which is the caller."""
    known = present.find(name)
    if known is None:
        return None
    left = known.left
    known.left = None
    return left


def leave(device: Device, state: Slice[u8]) -> None:
    """Let the module that uses a device next have something: its `device.left`. For the `detach` of who used it until now.

    Raises:
        MemoryError: there is too little memory.
    """
    known = present.find(device.name)
    if known is not None:
        known.left = heap_memory.copy_of(state)


@no_raise
def name_of(exception: Ptr[None]) -> Slice[u8]:
    return trap.text_at(exception.cast(TypeInfo).name)


@sleeps
def load(name: Slice[u8]) -> None:
    """Load a module, unless it is there, and let it use the devices that it drives and nobody uses.

    Raises:
        Refused: it cannot be used; the log says why.
        MemoryError: there is too little memory.
    """
    with alone():
        catalogue.begin()
        offer_present(load_named(name, 0))


@no_raise
@sleeps
def offer_present(module: Loaded) -> None:
    """Let a module use the devices that are present, which it drives, and which no other uses."""
    kinds = module.module.devices.encode()
    device = present.first
    while device is not None:
        kind, name = device.kind.bytes, device.name.bytes
        is_free = not module.drives(name) and (device.is_for_all or not is_used(name))
        if is_free and info.has_kind(kinds, kind):
            use(module, Device(kind, name, device.address))
        device = device.next


@no_raise
def is_used(name: Slice[u8]) -> bool:
    """Return whether a module uses the device of a name."""
    module = first
    while module is not None and not module.drives(name):
        module = module.next
    return module is not None


@sleeps
def load_named(name: Slice[u8], depth: u32) -> Loaded:
    file = catalogue.find(name)
    if file is None:
        refuse(name, "there is no such module")
    return load_from(file, depth)


@sleeps
def load_from(file: ModuleFile, depth: u32) -> Loaded:
    """Load a module from its file, unless it is there, and what it needs before.

    depth: how many others wait for this one.
    """
    known = find(file.name)
    if known is not None:
        return known
    made = link_from(file, depth)
    start(made)
    return made


@sleeps
def link_from(file: ModuleFile, depth: u32) -> Loaded:
    """Put a module into memory, which then may start."""
    if depth > DEEPEST:
        refuse(file.name, "it needs itself, by way of others")
    try:
        load_needs(file, depth)
        return link(file, depth)
    except (BadExecutable, BadMessage):
        refuse(file.name, "the file is damaged")


@noinline
@sleeps
def link(file: ModuleFile, depth: u32) -> Loaded:
    """Put a module into memory, what it needs being there. Never a part of its caller, whose calls go deep, since a Plan is large."""
    plan = Plan(file.content)
    made = Loaded(file.name, plan.size)
    name, lines = info.first_module(needs_of(file))
    while len(name) > 0:
        made.needs[made.need_count] = load_named(name, depth + 1)  # which finds it
        made.need_count += 1
        name, lines = info.first_module(lines)
    linking.link(plan, made)
    return made


@sleeps
def load_needs(file: ModuleFile, depth: u32) -> None:
    """Load what a module needs, with little on the stack, since each of those may need others."""
    count: u32 = 0
    name, lines = info.first_module(needs_of(file))
    while len(name) > 0:
        if count == MOST_NEEDS:
            refuse(file.name, f"it needs more than {MOST_NEEDS} modules")
        load_named(name, depth + 1)
        count += 1
        name, lines = info.first_module(lines)


def needs_of(file: ModuleFile) -> Slice[u8]:
    """Return the lines of what a module needs."""
    return object_file.section_of(file.content, b".module_needs")


@sleeps
def start(module: Loaded) -> None:
    """Let a module begin, and note that it is there."""
    global first
    try:
        module.module.load()
    except Exception:  # noqa: BLE001 - whatever it is, the module is not there then
        refuse(module.name, f"it could not begin: {name_of(handled_class())}")
    count_users(module, 1)
    module.next = first
    first = module


@no_raise
def count_users(module: Loaded, change: i32) -> None:
    """Note with the modules that one needs that there is one more, or one less, which does."""
    for index in range(module.need_count):
        need = module.needs[index]
        if need is not None:
            need.users = u32(i32(need.users) + change)


@no_raise
def take_out(module: Loaded) -> None:
    """Forget a module, which nobody uses any more."""
    global first
    count_users(module, -1)
    if first is module:
        first = module.next
        return
    before = first
    while before is not None:
        if before.next is module:
            before.next = module.next
            return
        before = before.next


@no_raise
def find(name: Slice[u8]) -> Loaded | None:
    """Return the module in memory that has a name; None if there is none."""
    module = first
    while module is not None and module.name != name:
        module = module.next
    return module
