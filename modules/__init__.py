"""Modules: what the kernel loads while it runs. They import the kernel and each other; it imports none.

acpi         what the firmware says about the machine
drivers      devices
ipc          pipes, shared memory, local sockets
smp          starts the other processors
linked_in    those that are part of the kernel's image
"""
