"""Measures what the kernel does for programs: each operation again and again, as JSON, a line each.

    {"name": "null_syscall", "nanoseconds": 92.0}

On a machine that counts instructions as nanoseconds (tools/bench/kernel.py) these are instructions. Names and loops are
those of the figures that other systems are measured by (docs/performance.md).
"""

from __future__ import annotations

from lang import Array, Ptr, Volatile, u8, u64
from lib.std import clock, files, processes, system
from lib.std.arguments import arguments
from lib.std.system_call import try_call
from programs.measurements import memory, pipes, sockets, threads, waiting, waking
from programs.measurements.report import me, now, report

READ_WRITE = 3
READ = 1
PAGE = 4096
SETTLED_NS = 2_000_000_000  # by then drivers that begin in the background have begun


told: Array[Volatile[u64], 1]  # the time


def main() -> int:
    words = arguments()
    if len(words) > 1:
        return be_spawned(words[1:])
    measure()
    return 0


def measure() -> None:
    """Report what each operation takes."""
    system.nanosleep(SETTLED_NS)
    files.write_text("/tmp/file:create", "x" * 65536)
    files.open_file("/tmp/a/b/c/d:create:directory:parents")
    files.write_text("/tmp/a/b/c/d/file:create", "x")
    report("null_syscall", null_syscall(1000), 1000)
    report("bad_syscall", bad_syscall(1000), 1000)
    report("clock_gettime", tell_time(1000), 1000)
    report("clock_gettime_syscall", clock_by_call(1000), 1000)
    report("yield_alone", yield_alone(1000), 1000)
    report("read1_zero", read_one("/dev/const/zero", 1000), 1000)
    report("write1_null", write_one("/dev/const/null", 1000), 1000)
    report("open_close_tmpfs", open_close("/tmp/file", 200), 200)
    report("open_close_depth5", open_close("/tmp/a/b/c/d/file", 200), 200)
    report("create_unlink_tmpfs", create_unlink(100), 100)
    report("stat_depth2", stat("/tmp/file", 200), 200)
    report("stat_depth5", stat("/tmp/a/b/c/d/file", 200), 200)
    report("stat_missing", stat_missing(200), 200)
    report("readdir_100", list_folder(100, 200), 200)
    report("open_read_close_proc", open_read_close("/proc/self/pid", 200), 200)
    report("tmpfs_read_4k", read_file(4096, 100), 100)
    report("tmpfs_read_64k", read_file(65536, 20), 20)
    report("tmpfs_write_4k", write_file(4096, 100), 100)
    report("tmpfs_write_64k", write_file(65536, 20), 20)
    report("mmap_munmap_untouched", map_touch(1, False, 200), 200)
    for pages in [1, 50, 500, 1500]:
        report(f"mmap_touch_munmap_{pages}", map_touch(pages, True, 10), 10)
    report("page_fault", page_fault(500), 500)
    report("mprotect_pair", protect_pair(200), 200)
    report("pipe_write_2k", pipes.write_through(2048, 2000), 2000)
    report("pipe_write_64k", pipes.write_through(65536, 100), 100)
    report("spawn_exit_wait", spawn_exit_wait(20), 20)
    measure_threads()


def be_spawned(words: list[str]) -> int:
    """Be one of the processes that others measure something with."""
    role = words[0]
    if role == "drain":
        pipes.drain(int(words[1]))
    elif role == "echo":
        waiting.echo(0, 1)
    elif role == "echo_packets":
        sockets.echo(0)
    elif role == "sleep":
        memory.sleep_for_ever()
    return 0


def measure_threads() -> None:
    """Measure what several threads do: last, as counts are atomic from the first on."""
    memory.measure()
    report("pipe_rtt_process", waiting.pipe_to_process(500), 500)
    report("seqpacket_rtt_process", sockets.packets_to_process(500), 500)
    report("poll_10", sockets.poll_pipes(500), 500)
    report("signal_self", waiting.signal_self(500), 500)
    report("futex_wake_nobody", waiting.wake_nobody(1000), 1000)
    report("thread_create_join", threads.create_join(200), 200)
    report("pipe_rtt_thread", waiting.pipe_to_thread(500), 500)
    report("seqpacket_rtt_thread", sockets.packets_to_thread(500), 500)
    report("futex_pingpong", waiting.futex_round_trips(500), 500)
    report("yield_switch", waiting.yield_to_each_other(500), 1000)
    threads.measure_thousand()
    waking.measure(0, 500)
    waking.measure(1, 500)
    waking.measure(100, 1000)


def null_syscall(rounds: int) -> int:
    start = now()
    for _ in range(rounds):
        system.getpid()
    return now() - start


def bad_syscall(rounds: int) -> int:
    start = now()
    for _ in range(rounds):
        try_call(9999, 0, 0, 0, 0, 0, 0)
    return now() - start


def tell_time(rounds: int) -> int:
    start = now()
    for _ in range(rounds):
        told[0].store(clock.uptime())
    return now() - start


def clock_by_call(rounds: int) -> int:
    start = now()
    for _ in range(rounds):
        system.uptime()
    return now() - start


def yield_alone(rounds: int) -> int:
    start = now()
    for _ in range(rounds):
        system.yield_processor()
    return now() - start


def read_one(path: str, rounds: int) -> int:
    byte = Array[u8, 1]()
    file = files.open_file(path + ":read")
    start = now()
    for _ in range(rounds):
        system.read(u64(file.number), byte[:])
    result = now() - start
    files.close(file.number)
    return result


def write_one(path: str, rounds: int) -> int:
    byte = Array[u8, 1]()
    file = files.open_file(path + ":write")
    start = now()
    for _ in range(rounds):
        system.write(u64(file.number), byte[:])
    result = now() - start
    files.close(file.number)
    return result


def open_close(path: str, rounds: int) -> int:
    name = path.encode()
    start = now()
    for _ in range(rounds):
        system.close(system.open(name))
    return now() - start


def create_unlink(rounds: int) -> int:
    name = b"/tmp/new:create"
    plain = b"/tmp/new"
    start = now()
    for _ in range(rounds):
        system.close(system.open(name))
        system.remove(plain)
    return now() - start


def stat(path: str, rounds: int) -> int:
    start = now()
    for _ in range(rounds):
        files.stat(path)
    return now() - start


def stat_missing(rounds: int) -> int:
    start = now()
    for _ in range(rounds):
        try:
            files.stat("/tmp/missing")
        except FileNotFoundError:
            pass
    return now() - start


def list_folder(count: int, rounds: int) -> int:
    """Open a folder, read all of its entries, close it."""
    for index in range(count):
        files.close(files.open_file(f"/tmp/dir/entry{index:03}:create:parents").number)
    name = b"/tmp/dir"
    entries = Array[u8, 8192]()
    start = now()
    for _ in range(rounds):
        number = system.open(name)
        while system.getdents(number, entries[:]) > 0:
            pass
        system.close(number)
    return now() - start


def open_read_close(path: str, rounds: int) -> int:
    name = path.encode()
    buffer = Array[u8, 64]()
    start = now()
    for _ in range(rounds):
        number = system.open(name)
        system.read(number, buffer[:])
        system.close(number)
    return now() - start


def read_file(size: int, rounds: int) -> int:
    buffer = Array[u8, 65536]()
    number = system.open(b"/tmp/file:read")
    start = now()
    for _ in range(rounds):
        system.seek(number, 0, 0)
        system.read(number, buffer[:size])
    result = now() - start
    system.close(number)
    return result


def write_file(size: int, rounds: int) -> int:
    buffer = Array[u8, 65536]()
    number = system.open(b"/tmp/file:write")
    start = now()
    for _ in range(rounds):
        system.seek(number, 0, 0)
        system.write(number, buffer[:size])
    result = now() - start
    system.close(number)
    return result


def map_touch(pages: int, touches: bool, rounds: int) -> int:
    size = u64(pages * PAGE)
    start = now()
    for _ in range(rounds):
        address = system.mmap(0, size, READ_WRITE)
        if touches:
            for page in range(pages):
                Ptr[Volatile[u8]](address + u64(page * PAGE))[0].store(1)
        system.munmap(address, size)
    return now() - start


def page_fault(rounds: int) -> int:
    size = u64(rounds * PAGE)
    address = system.mmap(0, size, READ_WRITE)
    start = now()
    for page in range(rounds):
        Ptr[Volatile[u8]](address + u64(page * PAGE))[0].store(1)
    result = now() - start
    system.munmap(address, size)
    return result


def protect_pair(rounds: int) -> int:
    address = system.mmap(0, PAGE, READ_WRITE)
    Ptr[Volatile[u8]](address)[0].store(1)
    start = now()
    for _ in range(rounds):
        system.mprotect(address, PAGE, READ)
        system.mprotect(address, PAGE, READ_WRITE)
    result = now() - start
    system.munmap(address, PAGE)
    return result


def spawn_exit_wait(rounds: int) -> int:
    start = now()
    for _ in range(rounds):
        processes.spawn([me(), "end"]).wait()
    return now() - start
