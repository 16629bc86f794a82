"""Panic: how the kernel dies, so that whoever reads it knows why.

    panic.py    the ways into a panic, and its course
    faults.py   an exception of the processor in words
    report.py   the report: registers, traceback
    places.py   what a register points at
    modules.py  the same for the code of modules
    others.py   stopping the other processors, and what they were doing

A panic trusts nothing: it takes no lock, allocates nothing, and assumes that any pointer may be wild.
"""
