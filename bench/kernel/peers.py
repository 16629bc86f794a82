"""What the same operations take elsewhere: instructions, measured once in the same set-up (docs/performance.md).

Linux is 6.12 with mitigations off; the other is the C PatchworkOS. None: it has no such operation, or was not measured.
"""

from __future__ import annotations

PEERS: dict[str, tuple[float | None, float | None]] = {
    "null_syscall": (326, 300),
    "bad_syscall": (213, None),
    "clock_gettime": (74, 344),
    "yield_alone": (800, None),
    "read1_zero": (663, 1088),
    "write1_null": (586, 1057),
    "open_close_tmpfs": (6441, 3426),
    "open_close_depth5": (7128, 4011),
    "create_unlink_tmpfs": (27123, 14510),
    "stat_depth2": (3555, 4547),
    "stat_depth5": (4591, 5132),
    "stat_missing": (4900, 5034),
    "open_read_close_proc": (11475, 9215),
    "tmpfs_read_4k": (1856, 2966),
    "tmpfs_read_64k": (16957, 28588),
    "tmpfs_write_4k": (2250, 2983),
    "tmpfs_write_64k": (20292, 28605),
    "mmap_munmap_untouched": (12635, 3282),
    "mmap_touch_munmap_1": (18752, 3293),
    "mmap_touch_munmap_50": (221857, 70421),
    "mmap_touch_munmap_500": (2071894, 682084),
    "mmap_touch_munmap_1500": (6191907, 2010245),
    "page_fault": (3116, None),
    "mprotect_pair": (5467, 1685),
    "pipe_write_2k": (4506, 7547),
    "spawn_exit_wait": (511484, 190703),
}
