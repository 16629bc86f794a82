"""Inter-process communication: what programs talk through.

pipe                bytes from one end to the other; and channels, of which pipes and connections are made
netfs               clients and servers, who find each other by a name, as files
shared_memory.py    memory that several programs see

Open files that go from one process to another by a key are the kernel's own (kernel/ipc/shared_files.py).
"""
