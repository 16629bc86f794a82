"""A text terminal, without the screen that shows it: what ECMA-48 says of characters and control functions.

grid.py      the characters, the lines that have left at the top, and what moves them
stream.py    from the bytes that programs write to changes of the grid
style.py     how characters look
colours.py   the colours that programs name by numbers
"""
