"""Native tests: target code, compiled into this process and called with Python values.

    ring = native("core.collections.ring")       a module of the project, or a file, or source text
    ring.Ring(...)                                structs and classes are Python objects
    ring.push(buffer, 3)                          functions take and give Python values

A failed check, a wild pointer, a used-up stack, an endless loop and an exception that nobody handles
come back as Python exceptions that show the target's file and line. Modules that touch hardware are
replaced: `native("kernel.mem.page_table", replace={"kernel.cpu.tlb": FAKE})`.

    native.py       compiling and loading
    values.py       Python values to machine words and back
    objects.py      structs, arrays and counted objects as Python objects
    isolation.py    pytest plugin: each test in a process of its own, so that no crash ends pytest
"""

from compiler.testing.native import Native, native

__all__ = ["Native", "native"]
