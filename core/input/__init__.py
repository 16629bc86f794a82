"""What people do to a machine: keys, and the text that is typed with them.

key.py       the keys of keyboards, as numbers
keymap.py    which characters they stand for
accents.py   the character that an accent and another one make
typist.py    the bytes that a terminal sends
"""
