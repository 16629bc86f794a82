"""Instructions of the processor that need no privilege and that no language has.

string      copying and filling whole words at once
frame       the frame pointer
registers   the order in which interrupted code's registers lie
"""
