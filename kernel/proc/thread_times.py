"""/proc/<number>/threads: what each thread of a process did with its time, a line each, below a line of names.

    thread user_clocks kernel_sched_clocks run_clocks
    7 812000 45000 857000

The times are in ns, and those of `perf` for one thread: in the program, in calls of it that are over, in all. Threads that have
ended are in `perf` alone. Servants, which work for the process in the kernel, come last.
"""

from __future__ import annotations

from typing import Final

from core.text.buffer import TextBuffer
from kernel.fs.text_file import text
from kernel.mem.heap_memory import HeapMemory
from kernel.proc.process_file import ProcessFile
from kernel.sched.accounting import ThreadTimes
from lang import Slice, sizeof, sleeps, u64

SPARE: Final[u64] = 4  # threads that may come between counting and copying


class ThreadTimesFile(ProcessFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        """Copy the numbers under the process' lock, which nobody is to wait for long, and write them after it."""
        room = self.process.thread_count() + SPARE
        while True:
            memory = HeapMemory(room * sizeof(ThreadTimes))
            times = Slice[ThreadTimes](memory.bytes.pointer.cast(ThreadTimes), room)
            count = self.process.copy_times(times)
            if count <= room:
                write(out, times[:count])
                return
            room = count + SPARE


def write(out: TextBuffer, times: Slice[ThreadTimes]) -> None:
    out.write(b"thread user_clocks kernel_sched_clocks run_clocks\n")
    for each in times:
        in_program = each.run_ns - min(each.run_ns, each.call_ns)
        text(out, f"{each.number} {in_program} {each.call_ns} {each.run_ns}\n")
