"""Real numbers: the functions of Python's floats and of its module math.

    double.py        numbers of twice a float's precision, in which the others compute
    remainders.py    whole parts, remainders, and what a float is made of
    known.py         logarithms, powers and reciprocals that are tables
    near.py          exp and log to fewer bits, which nearly always are enough
    exponential.py   exp, log and their like, powers
    circular.py      sin, cos, tan and what undoes them
    parsing.py       text to the nearest float

A result is computed to some 90 bits and rounded once, so that it is nearly always the float nearest to the exact value.
Errors are raised by who calls, for whom they are Python's; here they are not-a-numbers and infinities, as in IEEE 754.
"""
