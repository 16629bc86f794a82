"""The order in which the kernel starts.

start.py    first lines, after the entry code of kernel/cpu
"""
