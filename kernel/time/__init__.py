"""Time: what it is, and being told when it has come.

    clock.py        the time since the start, from the processor's own counter
    calibration.py  how fast that counts, by a device whose rate is known
    reference.py    which device that is, and when the clock is set by it
    calendar.py     dates
    wall_clock.py   the time of day
    timer_queue.py  timers in the order of their deadlines
    timers.py       a processor's timers, and the device that interrupts for the next one

All times are in nanoseconds, in a u64, which is enough for 584 years. A time of NEVER does not come.
"""
