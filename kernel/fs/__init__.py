"""Files: what programs read and write, whatever stands behind it.

file.py         what every open file can do, or refuses
file_table.py   the numbers by which a process knows its open files
console.py      the serial line as a file
"""
