"""Python's own containers, for programs: what `[...]`, `{...}` and their like make.

    storage         memory for elements, from the world's allocator
    list            list; sorting: stable; extremes: min and max of one
    dict            dict; hashes: hash()
    set             set
    text            str made at run time, and its operators; searching, splitting, padding, cutting: its
                    methods; letters: those that ask what Unicode knows
    octets          bytes made at run time, and what all bytes can do (encodings, octet_parts, octet_letters,
                    octet_numbers); bytearrays: those that change
    ranges          what start:stop:step means

A program uses them without an import, as in Python; the compiler reads these files for modules that
write such a display or name such a type. They are ordinary generic classes otherwise: an element type
compiles its own version, elements lie side by side without boxes, and the counted references among
them are counted as in any field.
"""
