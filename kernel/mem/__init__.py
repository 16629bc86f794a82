"""Memory: who has which page, and where it appears.

    layout.py           the virtual address space, and the two kinds of addresses
    memory_map.py       the firmware's list of memory, made sane
    image.py            where the kernel itself lies
    early.py            pages before anybody counts them
    frame_database.py   what is known of each physical page
    buddies.py          free memory in blocks
    frames.py           physical pages, to take and to give back
    object_cache.py     memory for objects of one size
    heap.py             memory of any size
    heap_memory.py      memory that goes with an object
    objects.py          memory for instances of classes, as the language asks for it
    page_table.py       entries, tables, and the way to them
    kernel_map.py       the kernel's own page tables, made at the start
    tlb.py              translations to forget before pages are free
    address_space.py    ranges of virtual addresses, and the operations on them
    kernel_space.py     the kernel's own mappings
    mapping.py          what others hold, too, in a program's memory
    page_fault.py       makes what was promised
    refusal.py          where tests let a request for memory fail

Others import layout, memory_map, frames, heap, address_space and kernel_space.

Lock order: AddressSpace.lock, ObjectCache.lock, each before buddies.lock.
"""
