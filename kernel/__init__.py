"""The kernel.

cpu     what depends on the processor: entry, ports, halting
io      devices that are needed before any module is loaded
init    the order in which things start
"""
