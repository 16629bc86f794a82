"""Local sockets.

packets.py          packets, which stay whole
local_socket.py     clients and servers, who find each other by a name
socket_table.py     the sockets that there are
socket_control.py   commands for a socket
netfs.py            all of it as files
"""
