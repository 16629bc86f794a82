"""Inter-process communication: what programs talk through.

pipe.py             bytes from one end to the other
shared_memory.py    memory that several programs see
shared_files.py     open files that go from one process to another by a key
"""
