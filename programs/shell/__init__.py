"""The shell: reads command lines, starts programs, and joins them by pipes.

shell.py      what it does with a line, a script, an argument
words.py      from a line to words, operators between them
commands.py   from words to what is to be run, and in which order
expand.py     from words to what they stand for; patterns.py, variables.py: what is in them; quoting.py: the other way
launch.py     starting the stages of a pipeline; places.py: where their files lead
jobs.py       what runs in the background; foreground.py: in the foreground, and Ctrl-C
own.py        commands of the shell itself
talk.py       the shell at a terminal
editor.py     the line that is being typed; line.py: its text; keys.py: what keys stand for; history.py: earlier lines
complete.py   what Tab may add; typed.py: to which word
"""
