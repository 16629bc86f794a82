"""Devices that the kernel needs before it can load any module.

serial.py           the console on COM1
bochs_display.py    a screen under QEMU where no firmware has set one up
"""
