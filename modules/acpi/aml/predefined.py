"""Names that are there before any table: scopes, what the system says of itself, the global lock.

Source: ACPI 6.5, sections 5.3.1, 5.7.
"""

from __future__ import annotations

from typing import Final

from core import endian
from lang import Slice, u8, u64
from modules.acpi.aml import conversions
from modules.acpi.aml.errors import Uninitialized
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import (
    LOCALS,
    Bytes,
    Integer,
    Kind,
    Marker,
    Method,
    Mutex,
    Slots,
    Value,
)

OPERATING_SYSTEM: Final = b"Microsoft Windows NT"  # what firmware is tested with

# The interfaces that firmware asks for: those of the systems that it was made for, and one of ACPI's own.
INTERFACES: Final = (
    b"Windows 2000|Windows 2001|Windows 2001 SP1|Windows 2001.1|Windows 2001 SP2|Windows 2001.1 SP1|"
    b"Windows 2006|Windows 2006.1|Windows 2006 SP1|Windows 2006 SP2|Windows 2009|Windows 2012|"
    b"Windows 2013|Windows 2015|Windows 2016|Windows 2017|Windows 2017.2|Windows 2018|"
    b"Windows 2018.2|Windows 2019|Extended Address Space Descriptor"
)
# Those that the reference implementation does not know, so that comparisons with it leave them out.
NEWER_INTERFACES: Final = b"Windows 2020|Windows 2021|Windows 2022"


def make_all(machine: Machine) -> None:
    """Make all names that no table makes."""
    add(machine, b"_GPE", Marker(Kind.SCOPE))
    add(machine, b"_PR_", Marker(Kind.SCOPE))
    add(machine, b"_SB_", Marker(Kind.DEVICE))
    add(machine, b"_SI_", Marker(Kind.SCOPE))
    add(machine, b"_TZ_", Marker(Kind.DEVICE))
    add(machine, b"_REV", Integer(2))
    add(machine, b"_OS_", conversions.string_of(OPERATING_SYSTEM[:]))
    lock = Mutex(0)
    lock.is_global = True
    add(machine, b"_GL_", lock)
    add(machine, b"_OSI", Method(None, 0, 0, 1))


def add(machine: Machine, name: Slice[u8], value: Value) -> None:
    node = Node(endian.load_u32(name, 0))
    node.value = value
    machine.root.add(node)


def call(machine: Machine, node: Node, arguments: Slots) -> Value:
    """Call the one method that there is: _OSI says whether the system is like another one.

    Raises:
        Uninitialized: the argument is missing.
    """
    asked = arguments.values[u64(LOCALS)]
    arguments.clear()
    if asked is None:
        raise Uninitialized
    text = conversions.data_of(machine, asked)
    is_known = isinstance(text, Bytes) and is_interface(machine, text.bytes())
    return Integer(machine.mask if is_known else u64(0))


def is_interface(machine: Machine, text: Slice[u8]) -> bool:
    """Whether an interface of this name is one of the system's."""
    if machine.has_newer_interfaces and is_among(text, NEWER_INTERFACES[:]):
        return True
    return is_among(text, INTERFACES[:])


def is_among(text: Slice[u8], names: Slice[u8]) -> bool:
    """Whether a list of names has one."""
    start: u64 = 0
    for end in range(len(names) + 1):
        if end == len(names) or names[end] == ord("|"):
            if names[start:end] == text:
                return True
            start = end + 1
    return False
