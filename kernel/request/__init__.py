"""Requests: what a program wants of files, to be done while it does something else.

A program has rings, in memory that it shares with the kernel (core/ring_records.py). It writes submissions there, and
`enter` makes requests of them and begins each. What can be done at once is done by the thread that entered. The rest waits at
the queues of its files, and the ring's worker goes on with it: a thread of the process that never enters the program.

    request.py      one request: how it begins, goes on, and where it waits
    ring.py         one ring: submissions in, completions out, chains, cancelling, and what its worker does
    ring_table.py   the rings of a process
    poll.py         a call that waits for any of several files

Calls and rings are two doors to the same transfers (kernel/fs/transfer.py): a call lets its thread wait, a ring its request.

A chain is a row of submissions of which each says that the next one belongs to it; they are done one after the other. When one
fails, those that were to follow its success are cancelled, and each has its completion all the same. Registers carry what one
returns to the next: the count of a read is the size of a write.

A ring never has more requests than it has room for completions, so none is lost. What a program writes into the shared
memory is read once, and believed only where it can harm nobody else: wrong counts raise ValueError, memory that the program
took away costs it its completions.

Lock order: Ring.lock before the locks of files.
"""
