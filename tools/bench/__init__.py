"""Benchmarks on the host: builds what is in `bench/`, measures it beside its peers, and reports.

    compiler           `./patchwork bench compiler`: our code against C, over the workloads below
    workload           the pairs of files in bench/compiler
    toolchain          C and Python to executables that differ in nothing but the workload
    compile_workload   a workload in our language to an object, in a process of its own
    executable         a running executable that does a workload and says how long it took
    measure            times several executables against each other on a noisy machine
    ratios             the statistics of pairs: median, spread, geometric mean
    report             the table, the limits, the JSON file

    programs           `./patchwork bench programs`: whole programs, those of bench/programs
    program_builds     such a program for each peer: C, ours, CPython, mypyc, numba
    running_program    one that runs, and does rounds when asked

    build              `./patchwork bench build`: how long the compiler itself takes
    generated_source   the source that it compiles for that: 20,000 plausible lines

How to compare on a machine whose speed varies by a fifth from one second to the next:

    - Everything that is compared runs interleaved, a few milliseconds each, and only runs next to
      each other in time are divided by each other. The result is the median of those ratios, and
      its spread says how far to trust it.
    - Of each few runs the fastest counts: whatever disturbs a run makes it slower.
    - What is measured is the processor time of the thread, so other processes cost it a cache,
      but not their time slices.
    - Each executable is linked at several addresses. Where a loop lies in its cache lines can
      cost it a tenth, and that is luck, not compilation.
"""
