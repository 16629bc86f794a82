"""Unloading: a module goes when no other needs it, its devices were taken from it, and nothing of its is left.

    detach      a device is gone
    unload      a module goes, with its devices
    replace     another build of it takes its place, and its devices

What is left of a module are objects of its classes, which each have a cache of their own (kernel/mem/objects.py): while
there is one, somebody may still call it. Objects that nobody holds may yet be on their way out, so they are waited
for, up to LONGEST_WAIT_NS, and after that for whoever reads by RCU. A module that does not get there stays, and may be
unloaded again later: it begins again, and is given its devices back. Functions of it that it gave away without an object (a handler, a callback) it takes back itself, in
`unload` and `detach`; and its threads it ends there.
"""

from __future__ import annotations

from typing import Final

from kernel.log import log
from kernel.mem.layout import VirtAddr
from kernel.module import alive, loader, present
from kernel.module.catalogue import ModuleFile
from kernel.module.description import Device
from kernel.module.linking import Refused, refuse
from kernel.module.loaded import Attached, Loaded
from kernel.module.loader import alone, name_of
from kernel.sched import sleep
from kernel.sync import lock_order, rcu
from kernel.time import clock
from lang import Slice, handled_class, no_raise, sleeps, u8, u64

LONGEST_WAIT_NS: Final[u64] = 1_000_000_000
LOOK_EVERY_NS: Final[u64] = 5_000_000


@no_raise
@sleeps
def detach(name: Slice[u8]) -> None:
    """Tell the modules that use a device that it is gone."""
    with alone():
        present.forget(name)
        module = loader.first
        while module is not None:
            before: Attached | None = None
            device = module.devices
            while device is not None:
                next = device.next
                if not device.is_named(name):
                    before = device
                elif before is None:
                    module.devices = next
                else:
                    before.next = next
                if device.is_named(name):
                    tell_gone(module, device)
                device = next
            module = module.next


@sleeps
def unload(name: Slice[u8]) -> None:
    """Unload a module.

    Raises:
        Refused: it is not there, or must stay; the log says why.
    """
    with alone():
        end(find(name))
        log.info(f"{name}: unloaded")


@sleeps
def replace(file: ModuleFile) -> None:
    """Let another build of a module take its place, and its devices.

    The new one is linked before the old one goes, so that one which cannot be linked changes nothing; it begins afterwards.

    Raises:
        Refused: it cannot be used, or the old one must stay; the log says why. If the new one does not begin, there is none.
        MemoryError: there is too little memory.
    """
    with alone():
        old = find(file.name)
        made = loader.link_from(file, 0)
        devices = old.devices
        end(old)
        del old
        loader.start(made)
        take_over(made, devices)
        log.info(f"{file.name}: replaced")


@no_raise
@sleeps
def take_over(module: Loaded, devices: Attached | None) -> None:
    """Let a module use what its older build used, in the same order."""
    last: Attached | None = None
    while last is not devices:
        each = devices
        while each is not None and each.next is not last:
            each = each.next
        if each is None:
            return
        loader.use(module, Device(each.kind.bytes, each.name.bytes, each.address))
        last = each


@no_raise
@sleeps
def tell_gone(module: Loaded, device: Attached) -> None:
    try:
        module.module.detach(Device(device.kind.bytes, device.name.bytes, device.address))
    except Exception:  # noqa: BLE001 - the device is gone, whatever the module thinks of it
        log.error(
            f"{module.name}: {device.name.bytes} was not given back: {name_of(handled_class())}"
        )


@sleeps
def find(name: Slice[u8]) -> Loaded:
    """Return a module that no other needs.

    Raises:
        Refused: it is not there, or one does.
    """
    module = loader.find(name)
    if module is None:
        refuse(name, "the module is not loaded")
    if module.users > 0:
        refuse(name, f"modules that need it: {module.users}")
    return module


@sleeps
def end(module: Loaded) -> None:
    """Take a module's devices away, let it end, and forget it; its memory goes with the last reference to it.

    Raises:
        Refused: it must stay, and goes on with its devices.
    """
    devices = module.devices
    module.devices = None
    each = devices
    while each is not None:
        tell_gone(module, each)
        each = each.next
    try:
        finish(module)
    except Refused:
        take_over(module, devices)
        raise
    loader.take_out(module)


@sleeps
def finish(module: Loaded) -> None:
    """Let a module end, and wait until nothing of it is left; or let it begin again, if that does not happen."""
    try:
        module.module.unload()
    except Exception:  # noqa: BLE001 - whatever it is, the module stays
        refuse(module.name, f"it could not end: {name_of(handled_class())}")
    start, size = module.memory.start, module.memory.size
    left = wait_for_objects(start, size)
    if left > 0:
        begin_again(module)
        refuse(module.name, f"objects of it that are in use: {left}")
    rcu.synchronize()
    alive.forget(start, size)
    lock_order.forget(start, size)


@no_raise
@sleeps
def wait_for_objects(start: VirtAddr, size: u64) -> u64:
    """Wait until no object of the classes in some memory is left, but not for ever; return how many are."""
    deadline = clock.uptime() + LONGEST_WAIT_NS
    while (left := alive.objects_in(start, size)) > 0 and clock.uptime() <= deadline:
        sleep.until(clock.uptime() + LOOK_EVERY_NS)
    return left


@no_raise
@sleeps
def begin_again(module: Loaded) -> None:
    """Let a module that has ended be as it was before."""
    try:
        module.module.load()
    except Exception:  # noqa: BLE001 - it began once; now it is there, and does what it can
        log.error(f"{module.name}: it could not begin again: {name_of(handled_class())}")
