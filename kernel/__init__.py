"""The kernel.

cpu         what depends on the processor: entry, descriptor tables, single instructions
interrupt   what is done when a processor is interrupted
mem         memory: who has which page
sync        locks
io          devices that are needed before any module is loaded
panic       how the kernel dies
init        the order in which things start
"""
