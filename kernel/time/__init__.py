"""Time: what it is, and being told when it has come.

clock.py    the time since the start
"""
