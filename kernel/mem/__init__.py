"""Memory: who has which page, and where it appears.

layout.py        the virtual address space, and the two kinds of addresses
memory_map.py    the firmware's list of memory, made sane
image.py         where the kernel itself lies
early.py         pages before anybody counts them
frames.py        the physical pages: who has which
"""
