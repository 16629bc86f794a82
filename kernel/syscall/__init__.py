"""System calls: what programs can ask the kernel for.

    calls.py      every call, in the order of the numbers: a typed function whose docstring is its manual
    dispatch.py   from a number to its function; made from calls.py by tools/system_calls.py
    path_argument.py  paths from programs
    enter.py      where the entry code (kernel/cpu/user_mode.py) comes to Python

A call that fails raises; the number of the exception's class (core/errors.py) crosses to the program, where its stub
raises the same class. Nothing of a program is used but through UserPtr and UserSlice.
"""
