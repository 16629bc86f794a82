"""Log: what the kernel says about itself, in lines, one line a fact.

    [   0.747-00-I] 255 MiB of memory are free

The seconds since the start, the processor in hexadecimal digits, the level, and the text.

    log.py      the functions that the rest of the kernel calls, and where lines go
    level.py    how much a line matters
    ring.py     a processor's own lines, until they are taken
    merge.py    the lines of all processors, in one order
    kept.py     the text of the last lines, for whoever asks later
    screen.py   text on the screen before any driver exists

Every processor writes into a ring of its own, without a lock and with nothing allocated. A line's place
in the whole is a number that it draws as it begins. Whoever has written a line then tries to be the
one who takes lines out, in the order of their numbers, and writes them to the serial port, to the
screen and to what is kept; whoever finds somebody at it leaves it to them, so a line that is written
in an interrupt never waits for the serial port of the line that it interrupted.

Context: everywhere but in NMI and machine check handlers, spin locks and interrupt handlers included.
"""
