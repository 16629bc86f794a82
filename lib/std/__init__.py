"""The standard library: what a program calls that asks the system for something.

arguments.py       what the program was started with
files.py           files and folders, by paths with flags
terminal.py        whether a file is a terminal
reasons.py         what went wrong, in words
control_files.py   having a control file do something
processes.py       starting others, and waiting for them
clock.py           the time, without a call of the kernel
sockets.py         servers at names, and clients
polling.py         waiting for any of several open files
sharing.py         open files for other processes, by keys
notes.py           what others, and the kernel, have to say to this one
threads.py         threads of this program; thread_states.py: their stacks; these, and the next row, on Linux, too
locks.py           what they wait for; words.py: what that is made of
texts.py           between bytes and text
system.py          the system calls, as functions; made from the kernel's table by tools/system_calls.py
system_call.py     the one instruction beneath them
thread_pointer.py  which thread runs, in the place of core/world/current.py
beneath.py, beneath_clock.py, beneath_files.py, beneath_threads.py
                   our system in the place of Linux, beneath core/world and lib/python
"""
