"""The same algorithms in our language and in C, to compare what the two compilers make of them.

Each workload is a pair: `NAME.py`, and beside it `NAME.c` with the same data layout and the same
steps in the same order. Both export one function,

    run(rounds)     do the work `rounds` times over; return a checksum of everything it computed

and equal rounds must give equal checksums. A round works on a data set of fixed size, of at most
half a level-2 cache, and carries something over into the next round, so that no compiler can do
the rounds once and multiply. `tools.bench` builds, checks and times the pairs.
"""

from __future__ import annotations
