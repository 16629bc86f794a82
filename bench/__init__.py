"""Benchmarks: what we make, measured beside its peers in the same run.

compiler    what our compiler makes of an algorithm, beside what clang makes of it in C
kernel      operations of the kernel, done again and again inside it
build       patterns of source from which a test of the compiler's own speed is made
"""

from __future__ import annotations
