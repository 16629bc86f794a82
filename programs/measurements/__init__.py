"""What programs/benchmark.py measures that takes several threads or processes.

waiting.py   one waits for the other: pipes, futexes, yields, notes
pipes.py     one drains what the other writes
sockets.py   packets there and back, and polling
threads.py   threads begin and end
waking.py    how late a sleeper wakes among busy threads
memory.py    what a process and a thread take of memory
report.py    a line for each
"""
