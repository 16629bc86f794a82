"""The order in which the kernel starts.

start.py        from the entry code of kernel/cpu until everything is up
start_info.py   what a direct boot hands over
first.py        what runs then
"""
