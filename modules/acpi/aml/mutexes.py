"""Mutexes: taken in ascending order of their levels, released in the reverse order.

Only one thread runs AML at a time, so one is never waited for; but the firmware may have the global one (global_lock.py).

Source: ACPI 6.5, sections 19.6.2 (Acquire), 19.6.117 (Release) and 19.6.88 (Mutex).
"""

from __future__ import annotations

from modules.acpi.aml.errors import MutexOrder
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.values import Mutex


def acquire(machine: Machine, mutex: Mutex) -> None:
    """Take a mutex, once more if it is held.

    Raises:
        MutexOrder: one of a higher level is held.
        TooLong: the firmware has it, and does not give it back.
    """
    if mutex.depth > 0:
        mutex.depth += 1
        return
    if mutex.level < machine.level:
        raise MutexOrder
    if mutex.is_global:
        machine.global_lock.take()
    mutex.depth = 1
    mutex.level_before = machine.level
    mutex.held_before = machine.held
    machine.held = mutex
    machine.level = mutex.level


def release(machine: Machine, mutex: Mutex) -> None:
    """Release a mutex.

    Raises:
        MutexOrder: it is not held, or another was taken after it.
    """
    if mutex.depth > 1:
        mutex.depth -= 1
        return
    if mutex.depth == 0 or machine.held is not mutex:
        raise MutexOrder
    let_go(machine, mutex)


def release_all(machine: Machine) -> None:
    """Release whatever an evaluation left."""
    while (mutex := machine.held) is not None:
        let_go(machine, mutex)
    machine.level = 0


def let_go(machine: Machine, mutex: Mutex) -> None:
    mutex.depth = 0
    machine.level = mutex.level_before
    machine.held = mutex.held_before
    mutex.held_before = None
    if mutex.is_global:
        machine.global_lock.give()
