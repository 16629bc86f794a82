"""The shell: reads command lines, starts programs, and joins them by pipes.

shell.py     what it does with a line, a script, an argument
words.py     from a line to words, operators between them
commands.py  from words to what is to be run, and in which order
launch.py    starting the stages of a pipeline
editor.py    the line that is being typed
complete.py  what Tab may add
"""
