"""Patterns from which `./patchwork bench build` makes 20,000 lines of source to compile.

Each file is the core of some part of a kernel, and compiles as it is. `tools.bench.generated_source`
writes many variants of each: it renames the classes, picks another number where a comment lists
the ones that would do (`# or 64, 128`), and lets the variants import and call each other.

Every pattern has a function `exercise(seed)` that uses all there is in the file, so that nothing
can be dropped unseen, and returns a checksum.
"""

from __future__ import annotations
