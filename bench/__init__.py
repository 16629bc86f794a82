"""Benchmarks: what we make, measured beside its peers in the same run.

compiler    what our compiler makes of an algorithm, beside what clang makes of it in C
programs    whole programs of ordinary Python, beside C and other ways to run Python
kernel      operations of the kernel, done again and again inside it
build       patterns of source from which a test of the compiler's own speed is made
"""

from __future__ import annotations
