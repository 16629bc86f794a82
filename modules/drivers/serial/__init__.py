"""Serial ports.

    uart.py      a 16550: its registers, and what has come and is to go
    serial.py    the module: ports that ACPI describes, as files

The first port of the PC is the console's from the start (kernel/io/serial.py), and stays that.
"""
