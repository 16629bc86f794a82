"""How long a thread did what its program called the kernel for, apart from what the program did itself.

In ticks of the processors' counter, which costs a call a few instructions; whoever shows it makes nanoseconds of them. While
the thread is not on a processor no time passes.
"""

from __future__ import annotations

from kernel.cpu.instructions import read_tsc
from lang import inline, irq_safe, no_raise, struct, u64, wrapping_add, wrapping_sub


@struct
class CallTime:
    """The thread's own."""

    ticks: u64  # of calls that are over
    began_at: u64  # where the last call would have begun without its pauses
    left_at: u64

    @inline
    @irq_safe
    @no_raise
    def begin(self) -> None:
        """A call begins."""
        self.began_at = read_tsc()

    @inline
    @irq_safe
    @no_raise
    def end(self) -> None:
        """The call is over."""
        self.ticks = wrapping_add(self.ticks, wrapping_sub(read_tsc(), self.began_at))

    @inline
    @irq_safe
    @no_raise
    def pause(self) -> None:
        """The thread leaves its processor."""
        self.left_at = read_tsc()

    @inline
    @irq_safe
    @no_raise
    def resume(self) -> None:
        """The thread is back on a processor."""
        self.began_at = wrapping_add(self.began_at, wrapping_sub(read_tsc(), self.left_at))
