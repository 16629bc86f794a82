"""Runs a program as harness.py does, all its functions compiled by numba.

What numba cannot compile ends with its exception.
"""

import sys
import types

import numba
import program


def main() -> None:
    for name, value in vars(program).copy().items():
        if isinstance(value, types.FunctionType):
            setattr(program, name, numba.njit(value))
    program.run(1)  # compiles

    import harness

    harness.run = program.run
    harness.main()


if __name__ == "__main__":
    sys.exit(main())
