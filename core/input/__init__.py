"""What people do to a machine, as numbers.

key.py      the keys of keyboards
"""
