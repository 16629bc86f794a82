"""A text terminal: what ECMA-48 says of characters and control functions, and their picture.

grid.py        the characters, the lines that have left at the top, and what moves them
stream.py      from the bytes that programs write to changes of the grid
functions.py   which bytes stand for which function
style.py       how characters look
colours.py     the colours that programs name by numbers
painter.py     shows a grid on a surface
"""
