"""The compiler: typed Python in, machine code out.

Small passes over an explicit program. Each pass has its own file or folder, whose docstring says
what holds before it and what holds after it:

    read       source -> ast, imports, module graph                       compiler/read.py
    declare    classes, signatures, constants                             compiler/declare/
    comptime   for declare and check: values that CPython computes        compiler/comptime/
    check      types, narrowing, overloads, generics, effects -> tree     compiler/check/
    lower      tree -> IR: blocks, loads, stores; no errors, no counts    compiler/lower/
    raise      tests after calls that may raise, and the clean-up paths   compiler/raising.py
    count      retain and release, none that cannot matter                compiler/count/
    emit       IR -> LLVM IR text, with debug lines                       compiler/emit/
    back end   optimise, object file, link; or JIT                        compiler/backend/

What the passes hand each other is defined beside them and knows nothing of LLVM: `source.py` (files
and spans), `types.py` (types and declarations), `tree.py` (the typed tree), `ir.py` (the IR).

The driver (`driver.py`) runs the passes over the units of an image, in parallel and only where
something changed. A unit is one source file; it becomes one object file.
"""
