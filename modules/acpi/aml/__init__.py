"""AML: the programs that firmware hands over, and the interpreter that runs them.

A table holds terms. Some make names, such as devices, methods and fields; the rest computes. Terms are carried out where they
are read, without an intermediate form: the length in front of a term that is not to be carried out says where to go on.

    errors.py        what can be wrong
    storage.py       memory for objects, of which there is only so much
    table.py         a table's bytes;            table_list.py  all tables
    values.py        objects;                    field_unit.py  fields
    node.py          a name;                     namespace.py   looking names up, making them
    frame.py         a call, and the bytes that it reads
    machine.py       what all parts share
    platform.py      what is outside: registers, time; memory_platform.py: memory instead, for tests

    data.py          numbers, strings, buffers, packages;        elements.py  names in packages
    conversions.py   an object as another type;                  sequences.py  strings and buffers
    arithmetic.py    integers;                                   bits.py  bits in bytes
    fields.py        reading and writing fields;                 buses.py  fields of devices that are asked
    places.py        where to store, references;                 store.py  storing there
    expressions.py   terms with a value;                         statements.py  terms that say where to go on
    definitions.py   terms that make names;                      field_lists.py  fields
    calls.py         calling methods;                            mutexes.py  locks; global_lock.py  the firmware's, too
    loading.py       tables that AML loads
    predefined.py    names that are there before;                repairs.py  values of predefined names
    interpreter.py   the interpreter
    devices.py       initialising devices;                       connecting.py  _REG: their registers can be reached
    arriving.py      initialising those of later tables;         status.py  _STA;   identity.py  _HID
    device_list.py   what and where devices are
    printing.py      names and objects as text

Others import interpreter, devices, printing, platform, and what those take and give.

Firmware is outside. Every offset, length and type is checked where it is read; a table that makes no sense raises an AmlError,
with a place (Machine.trouble), and costs no more operations, depth or memory than its limits say.

Locks: none; whoever has an interpreter lets in one thread at a time.

Source: ACPI 6.5, chapters 19 and 20.
"""
