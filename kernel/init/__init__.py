"""The order in which the kernel starts.

start.py    from the entry code of kernel/cpu until everything is up
first.py    what runs then
"""
