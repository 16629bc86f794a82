"""Inter-process communication that every system has; pipes, sockets and shared memory are modules (modules/ipc).

shared_files.py     open files that go from one process to another by a key
"""
