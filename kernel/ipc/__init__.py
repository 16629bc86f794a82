"""Inter-process communication: what programs talk through.

channel.py          what pipes and connections are made of
pipe.py             bytes from one end to the other
packets.py          packets, which stay whole
local_socket.py     clients and servers, who find each other by a name
socket_table.py     the sockets that there are
netfs.py            sockets as files
shared_memory.py    memory that several programs see
shared_files.py     open files that go from one process to another by a key
"""
