"""Tables that AML itself loads.

Source: ACPI 6.5, sections 19.6.75 (Load), 19.6.76 (LoadTable) and 19.6.146 (Unload).
"""

from __future__ import annotations

from typing import Final

from core import endian
from lang import Slice, truncate, u8, u64
from modules.acpi.aml import (
    arriving,
    connecting,
    definitions,
    fields,
    namespace,
    places,
    store,
    table_list,
)
from modules.acpi.aml.errors import AlreadyExists, BadTable, NotFound, WrongType
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.table import HEADER_SIZE, LENGTH, Table
from modules.acpi.aml.values import Bytes, Integer, Kind, Marker, Region, Value
from modules.acpi.tables.table import adds_up

MOST_BYTES: Final = 1 << 20


def load(machine: Machine, frame: Frame) -> Value:
    """Load a table from a region, a field or a buffer; return whether it was."""
    node = namespace.find(frame, frame.take_name())
    place = machine.target(frame)
    source = node.value
    if source is None:
        raise WrongType
    content = content_of(machine, source)
    table = table_of(machine, content)
    bring_in(machine, table, machine.root)
    store.store(machine, handle_of(table), place)
    return Integer(machine.mask)


def table_of(machine: Machine, content: Bytes) -> Table:
    """Return the table that some bytes begin with, which is new unless it was there and was unloaded.

    Raises:
        BadTable: it is none, or its bytes do not add up to zero.
        AlreadyExists: it is loaded.
    """
    made = Table(content.bytes(), 0)
    known = table_list.same(machine, made)
    if known is None:
        if not adds_up(made.bytes()):
            raise BadTable
        table_list.append(machine, made)
        return made
    if known.is_loaded:
        raise AlreadyExists
    return known


def bring_in(machine: Machine, table: Table, scope: Node) -> None:
    """Load a table while the system runs, tell its devices that their registers can be reached, and initialise them."""
    machine.load(table, scope)
    connecting.connect_table(machine, table)
    arriving.initialise(machine)


def content_of(machine: Machine, source: Value) -> Bytes:
    """Return the bytes of a table.

    Raises:
        WrongType: tables do not come from there.
    """
    if isinstance(source, Region):
        return read_region(machine, source)
    data = fields.read(machine, source) if fields.is_field(source) else source
    if not isinstance(data, Bytes):
        raise WrongType
    return data


def read_region(machine: Machine, region: Region) -> Bytes:
    """Read the table at the beginning of a region.

    Raises:
        BadTable: there is none.
    """
    if region.length < HEADER_SIZE:
        raise BadTable
    header = Bytes(Kind.BUFFER, HEADER_SIZE)
    read_bytes(machine, region, header.bytes())
    size = u64(endian.load_u32(header.bytes(), LENGTH))
    if size < HEADER_SIZE or size > region.length or size > MOST_BYTES:
        raise BadTable
    result = Bytes(Kind.BUFFER, size)
    read_bytes(machine, region, result.bytes())
    return result


def read_bytes(machine: Machine, region: Region, into: Slice[u8]) -> None:
    table = region.table
    if table is not None:
        into.copy_from(table.bytes()[: len(into)])
        return
    for index in range(len(into)):
        into[index] = truncate(u8, machine.platform.read(region, index, 1))


def load_table(machine: Machine, frame: Frame) -> Value:
    """Load one of the tables that the firmware has, and return a handle of it, or 0."""
    signature = definitions.text(machine, frame)
    maker = definitions.text(machine, frame)
    product = definitions.text(machine, frame)
    root = definitions.text(machine, frame)
    place = definitions.text(machine, frame)
    parameter = machine.operand(frame)
    table = table_list.find(machine, signature.bytes(), maker.bytes(), product.bytes())
    if table is None:
        return Integer(0)
    if table.is_loaded:
        raise AlreadyExists
    scope = machine.root if root.size == 0 else places.named(frame.scope, root)
    bring_in(machine, table, scope)
    if place.size > 0:
        chosen = places.named(scope, place)
        store.store_to_name(machine, parameter, chosen)
    return handle_of(table)


def handle_of(table: Table) -> Marker:
    result = Marker(Kind.TABLE_HANDLE)
    result.number = table.number
    return result


def unload(machine: Machine, frame: Frame) -> None:
    """Take back all names that a table made.

    Raises:
        WrongType: it is no handle.
        NotFound: the table is not loaded.
    """
    handle = places.object_at(machine, machine.target(frame))
    if handle is None or not isinstance(handle, Marker) or handle.kind != Kind.TABLE_HANDLE:
        raise WrongType
    table = table_list.numbered(machine, handle.number)
    if table is None or not table.is_loaded:
        raise NotFound
    table.is_loaded = False
    made = table.made
    table.made = None
    namespace.remove_chain(made)
