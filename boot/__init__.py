"""The boot loader: from the firmware's call to the kernel's first instruction.

    efi.py       the firmware's tables and protocols
    loader.py    the application

A UEFI application runs with the firmware's page tables, on the firmware's stack, with its calling
convention; everything that it prints goes to the firmware's console, which the firmware also sends
to the serial port.
"""
