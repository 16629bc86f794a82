"""Inter-process communication: what programs talk through.

pipe.py             bytes from one end to the other
shared_memory.py    memory that several programs see
"""
