"""What needs no system beneath it: memory, text, collections, hashing, sorting, random numbers.

Everything else stands on this folder, and it imports nothing but `lang`. It is compiled for each
world anew (boot loader, kernel, programs, host). But for `world` it allocates nothing and blocks
nowhere, so that an interrupt handler may call any of it.

    object, trap    counted objects at run time; failed checks in words
    world           what an image must define: allocation, traps, the start
    errors          the exceptions that cross system calls, and their numbers
    cpu             instructions that no language has
    memory          copying, filling and comparing bytes
    text            buffers, formatting, UTF-8, parsing
    collections     intrusive lists and trees; rings, bitmaps, maps, vectors, heaps over given storage
    endian          numbers in bytes
    hash, random    hash functions, checksums; generators of random numbers
    sort            sorting in place
    integers128     division of 128-bit integers; long_integer: integers as long as floats in full
    reals           functions of floats; text to floats
    graphics        pixels in memory, and what is drawn on them
"""
