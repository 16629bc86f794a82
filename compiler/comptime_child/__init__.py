"""The CPython in which a program's compile-time code runs: one child process, one session.

Started by `compiler/comptime/process.py`, which sends the modules of the program as compiled
statements and asks for values. The modules run under Python's own rules, on the stand-ins of `lang`,
with these differences (`guard.py`):

    imports       reach the program's modules and the vocabulary, nothing else
    builtins      lack what reads files, the terminal, addresses or code
    functions     run only if they are `@comptime`, or below a constructor
    the process   may not open files or sockets, has limited memory and time, a fixed hash seed, and
                  no environment

A message is a `marshal`ed tuple behind its length in 4 bytes:

    ("module", name, path, statements)   ->  nothing; the module runs when it is first needed
    ("value", module, name)              ->  a result: what a name is bound to
    ("evaluate", module, code)           ->  a result: the value of an expression

    statement = (names that it binds, names of variables among them, code or None)
    result    = ("value", value, objects, owners, embedded)
              | ("error", exception or "", message, hint, frames)
              | ("broken",)              what is needed failed before

Before each statement the child sends ("running", module, number), so that its parent knows which one
hung or crashed. `describe.py` says how values are written down.

Imports the standard library and `lang` only, and loads all of it before the first statement runs.
"""
