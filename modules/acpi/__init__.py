"""ACPI: what the firmware says about the machine.

acpi.py   finds devices by the tables
tables    the tables that only state facts
aml       the tables that are programs
resources what a device uses: interrupts, memory, ports
"""
