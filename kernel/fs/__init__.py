"""Files: what programs reach by paths, and what stands behind these.

    path.py, mode.py   the text of a path: names, and flags behind the first colon
    vnode.py           a file, folder or link as it is; each file system has classes of its own
    dentry.py          a name in a folder, and what it leads to; dentry_cache.py: those found lately
    name_hash.py       where a name is looked for, which no program can foresee
    location.py        where something was found: under which dentry, through which mount
    mount.py           that something appears at a place where something else was
    namespace.py       which mounts a process sees, and so what it can reach
    view.py            from where a process looks: its namespace, the folder that it is in
    walk.py            from a path to a location
    operations.py      open, stat, link, remove, rename, mount, bind, unmount
    file.py            an open file; file_table.py: the numbers by which a process knows its own
    folder.py          folders whose names are in memory; tmpfs.py: files that live there
    file_systems.py    the types of file systems, and which there are of each
    transfer.py        bytes that move, and opening.py: openings, as far as they have come without waiting
    text_file.py       files whose content is made when they are read
    devices.py         null, zero, the log; random_file.py, clock_files.py; console.py: the serial line; foreground.py: Ctrl-C
    command.py         the words of commands that control files take; verbs.py: what these are declared to be

Permissions belong to mounts and open files, not to vnodes, and only shrink on the way from one to the next.

Lock order: tmpfs.renaming, then a folder's lock, the one with the lower number first, then the locks of memory.
A file's lock comes before that of its vnode. View.lock, Namespace.lock and those of the dentry cache are held for a few
loads and stores. Walks read namespaces and the dentry cache without a lock, by RCU.
"""
