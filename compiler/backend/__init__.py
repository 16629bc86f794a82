"""Back end: from LLVM's text to an image on the disk, or to code in this process.

The emit pass writes LLVM IR as text; everything from there on is here, and nothing else in the
project knows that LLVM is a library.

    target     the six kinds of image: triple, layout, attributes
    pool       compiles units in parallel, in worker processes that may die
    worker     such a process
    optimise   what it does: optimise, make object, assembly or text (the only user of llvmlite)
    link       objects to an image, or what is missing
    script     the linker scripts: sections, permissions, the PVH note
    lines      links an image that carries its own symbol and line table (data_object)
    symbols    that table
    listing    assembly for readers
    jit        objects into this process, for native tests
    guard      calls such code so that nothing it does ends the process
    failures   what comes back instead: exceptions with the target's traceback (frames)
    guard_code its native half; linux, what it asks of the system
    elf, pe    read object files and images
    dwarf, line_program    read their debug information

The driver's way through, with a future for each unit so that it may fetch the rest from its cache:

    target = TARGETS["kernel"]
    with BackendPool() as pool:
        futures = {unit: pool.submit(unit, text, target, "checked", "obj") for unit, text in ...}
        objects = [LinkInput(unit, future.result()) for unit, future in futures.items()]
    link_with_symbols(target, objects, Path("kernel.elf"))

`link` leaves the table out. A release build hands all texts to `pool.submit_image` instead and links
the one object.

Native tests load objects of the target `jit` through `Guard.of_process(compile_text).load` and call
thunks through its `call`; `compile_text(unit, text)` is again a submit, waited for.

Invariants:
    The same text gives the same object, and the same objects in the same order the same image.
    No error inside LLVM or the linker ends this process: it arrives as BackendFailure or
    LinkFailure, in words.
    Workers start at the first submit; a build with nothing to do pays for none.
"""
