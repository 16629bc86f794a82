"""Modules of Python's library, which programs import by their own names: `import math`.

Each is ordinary Python, compiled with the program that imports it, and behaves as CPython's does, as far as it goes.
"""
