"""Pipes.

channel.py    what pipes and connections are made of
pipe.py       bytes from one end to the other
"""
