"""Drivers.

apic            interrupt chips
bochs_display   the screen of an emulator
hpet.py         a timer that counts at a rate which it tells
pci             devices on PCI, and their interrupts as messages
ps2             keyboard and mouse
pm_timer.py     ACPI's power management timer: a clock to measure others by
rtc.py          the clock with the battery
serial          serial ports, but for the console's
"""
