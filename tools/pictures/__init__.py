"""Pictures of the book that show what the system's own code did: traces of a booted machine, and of code run natively, as SVG.

    svg.py              lines, boxes and words
    chart.py            axes, and values over time
    machine_trace.py    traces of the scheduler of a booted machine: made, kept, read
    recorder.py         target code: writes down what the scheduler's queue does
    traced_threads.py   target code: the threads that are recorded
    run_queue_trace.py  target code: a run queue, whose entities can be looked at
    scheduler.py        the pictures of the chapter *The scheduler*

They are the same on every host; `./patchwork pictures` makes them anew after a change of the code that they show. What it
recorded is kept beside them, in docs/pictures/scheduler-trace.txt.
"""
