"""ACPI: what the firmware says about the machine.

tables    the tables that only state facts
"""
