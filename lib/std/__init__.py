"""The standard library: what a program calls that asks the system for something.

system.py        the system calls, as functions; made from the kernel's table by tools/system_calls.py
system_call.py   the one instruction beneath them
"""
