"""Containers that allocate nothing.

Intrusive ones link members embedded in the objects themselves; an object is in as many of them as it
has members:

    list            IntrusiveList, ListLink
    tree            RedBlackTree, TreeLink: ordered, and augmented with what a subtree knows

The others work in storage that is handed in, and raise MemoryError when it is full:

    ring            Ring: first in, first out
    bitmap          Bitmap: a set of small numbers, with searches for runs
    hash_map        HashMap: values by integer keys
    vector          Vector: a sequence that grows at its end
    heap            Heap: the least first

None of them locks: whoever shares one guards it.
"""
