"""Effects: proves that each function does only what it and its callers' promises allow.

A promise stands on a function (`@no_alloc`), on the type of a Callable or virtual method, or on a
with-block (what `__enter__` of its manager declares). It binds everything called below. The pass has
two halves, so that an unchanged unit is not walked again:

    summarise   one unit's tree -> for each function what it does itself and whom it calls where
    solve       all summaries of an image -> diagnostics, and the facts that later passes need

A function's *acts* are what it does itself: allocate, sleep, take a lock, touch a PerCpu variable.
A promise holds if no act that it forbids is reachable over direct calls; a call that cannot be
followed (virtual, Callable) must promise as much itself. Exceptions are followed by class: a
function's set is what it raises and what its calls raise, less what the `try` around them catches.

Before: units are checked. After: every promise holds, and `Facts` says which functions may raise
and which run where nothing may be freed (their last releases are queued).
"""
