"""`./patchwork bench`: benchmarks against their peers."""

from __future__ import annotations

import importlib
from pathlib import Path

from tools.arguments import Parser

SUITES = {
    "compiler": "the code that the compiler makes, against C",
    "programs": "whole programs, against C, CPython, mypyc and numba",
    "heap": "the heap of programs, against malloc",
    "build": "how long the compiler takes for 20,000 lines",
    "kernel": "instructions for each operation of the kernel",
}


def main(arguments: list[str]) -> int:
    parser = Parser("bench", "Measure something against its peers, side by side.")
    suites = "; ".join(f"{name}: {meaning}" for name, meaning in SUITES.items())
    parser.add_argument("suite", metavar="SUITE", choices=SUITES, help=suites)
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the results there as well")
    options = parser.parse_args(arguments)
    return importlib.import_module(f"tools.bench.{options.suite}").run(options.json)
