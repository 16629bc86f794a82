"""Whole programs as an ordinary user of Python writes them, and the same in idiomatic C.

`NAME.py` and `NAME.c` do the same and give the same checksum:

    run(rounds)     do the work `rounds` times over; return a number that depends on all of it

A round takes a few milliseconds in C. The Python files know nothing of our compiler: lists, dicts, classes
and text. CPython, mypyc and, as far as it can, numba run them unchanged. `tools.bench.programs` builds and
times them.
"""
