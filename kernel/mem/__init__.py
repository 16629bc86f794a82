"""Memory: who has which page, and where it appears.

    layout.py           the virtual address space, and the two kinds of addresses
    memory_map.py       the firmware's list of memory, made sane
    image.py            where the kernel itself lies
    early.py            pages before anybody counts them
    frame_database.py   what is known of each physical page
    buddies.py          free memory in blocks
    frames.py           physical pages, to take and to give back

Others import layout, memory_map and frames.
"""
