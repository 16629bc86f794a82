"""What programs have of Python without an import, and that asks the system for something.

files.py     open files, which `open` gives
dates        calendar and formats, for the module datetime; regex, for re
system.py    what they ask for: Linux, by its system calls; lib/std/beneath_files.py is ours

and likewise clock.py and thread_system.py, for the modules time and threading.
"""
