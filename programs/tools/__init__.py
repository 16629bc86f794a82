"""The utilities: one file each, which holds its help and what it does.

toolbox.py     which there are, and running one by its name
arguments.py   options and operands, as the help declares them
each.py        something for each path, and complaints
lines.py       input, line by line
colours.py     colours on a terminal
folders.py     what folders hold
processes.py   what the system tells about processes, processors and memory
"""
