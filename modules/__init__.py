"""Modules: what the kernel loads while it runs. They import the kernel and each other; it imports none.

acpi    what the firmware says about the machine
"""
