"""Processes: programs that run, apart from each other and from the kernel.

process.py           what a process is, and how it ends
process_table.py     which there are, by number
spawn.py, start.py   a new one: what it inherits, its memory, its arguments
executable_file.py   the file of a program, checked; executable.py: from there into memory
program_thread.py    threads that run a program, and what becomes of its mistakes
note.py              texts that a process gets, and handles; mistake.py: those about what it did wrong
group.py             processes that get notes together
files.py             processes as files, in /proc; process_file.py, open_files.py: some of those
control_file.py      files that take commands; control.py: one that commands a process; complaint.py: what is wrong with one
current.py           the process of the running thread
"""
