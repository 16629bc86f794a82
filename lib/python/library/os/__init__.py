"""Python's module os, for programs: what is text alone, path and the separators.

Source: Python Library Reference, module os.
"""

from __future__ import annotations

from os import path as path

sep = "/"
linesep = "\n"
curdir = "."
pardir = ".."
extsep = "."
