"""Modules: parts of the kernel that it does not know about until they are there.

    description.py      what a module says of itself
    linked.py           modules that are part of the image, and attaching them to devices
    loader.py           the others: loading, attaching, unloading
    loaded.py           what is known of one in memory
    present.py          the devices that there are, whoever uses them
    unloading.py        their end, and others in their place
    alive.py            what is left of one
    linking.py          from its file to its memory
    object_file.py      the file: what is in it, and where that goes
    info.py             what the file says in words
    export_table.py     names and versions, to be found by hash
    kernel_exports.py   those of the kernel
    module_memory.py    memory near the kernel, with rights
    catalogue.py        the files that there are
    files.py            /sys/module; control.py: the commands that it takes

Others import description, linked and loader.
"""
