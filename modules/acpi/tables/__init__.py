"""Static tables: what the firmware states about the machine in fixed layouts.

    table.py   a table: its header, its length, its checksum
    root.py    from the root pointer to the tables, and finding one
    madt.py    processors, interrupt chips, and how interrupts reach them
    hpet.py    a timer that counts by itself
    fadt.py    the power management timer, how to reset, what of the old PC is there

Firmware is outside: every address, length, count and checksum is checked here, and what comes out are
structs of our own that hold only what was found good. A table that makes no sense raises BadTable.

The tables are read while the start's own page tables are in use, which map the low 4 GiB, where
firmware puts them.
"""
