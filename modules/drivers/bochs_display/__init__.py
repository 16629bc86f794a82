"""The display of QEMU's VGA and bochs-display, which Bochs had first.

The pixels lie behind the first base address register of the device on PCI, the registers behind the third.

mode.py            the registers
bochs_display.py   lets it be the screen
"""
