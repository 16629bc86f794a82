"""Pictures of the book that show what the system's own code did: traces of it, run natively, drawn as SVG.

    svg.py              lines, boxes and words
    chart.py            axes, and values over time
    run_queue_trace.py  target code: a run queue, whose entities can be looked at
    scheduler.py        the pictures of the chapter *The scheduler*

They are the same on every host; `./patchwork pictures` makes them anew after a change of the code that they show.
"""
