"""Interrupts: what the kernel does when a processor is interrupted.

    dispatch.py     from a vector to whoever deals with it
    controller.py   the part of a processor that takes interrupts, and sends them to others
    routing.py      devices' interrupts: from a line of a chip to a handler
    ipi.py          having other processors do something

The entry code and the tables that lead here are the processor's: kernel/cpu. The chips are modules,
which register here: the kernel names none.

    device -> line of a chip -> vector of a processor -> dispatch -> handlers

A handler runs with interrupts off, on the stack of whatever was interrupted. It may neither sleep nor
allocate, and it is quick: what takes long it leaves to a thread.
"""
