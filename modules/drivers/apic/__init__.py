"""APIC: the PC's interrupt chips.

local_apic.py   each processor's own: takes and sends interrupts
timer.py        its timer, which interrupts once
io_apic.py      the chips that devices' lines lead to
old_pics.py     the chips of the old PC, which are kept quiet
attach.py       puts all of them to use, as ACPI's MADT tells
"""
