"""Resources: what a device uses, or could use, and which line its interrupt arrives at.

A buffer of descriptors, one behind the other, says so: `_CRS` what the device uses now, `_PRS` what it could use, in
alternatives, and `_SRS` is told which of them it is to use.

    descriptor.py    cutting a buffer into descriptors
    interrupt.py     interrupts
    ranges.py        ranges of memory, ports and buses
    channel.py       DMA channels
    connection.py    pins, and devices on serial buses
    text.py          all of them as text, a line each
    routing.py       `_PRT`: where the pins of a PCI bus lead
    link.py          link devices, which lead several pins to one line that can be chosen

Buffers come from firmware: every length, offset and number is checked, and what makes no sense raises BadResource.

Source: ACPI 6.5, sections 6.2 and 6.4.
"""
