"""/sys/counts: each file has the lines that it says, and they go up with what they count."""

from __future__ import annotations

NUMBERS = {"objects": 3, "locks": 3, "queues": 4}
LARGEST_SIMD_STATE = 2688  # bytes, with AVX-512; at the top of a program's stack in the kernel


def test_counts_are_lines_of_a_name_and_numbers_and_go_up(shell) -> None:
    look = "echo {0}; cat /sys/counts/{0}; echo"
    names = ("objects", "locks", "queues", "dentries", "frames", "sockets", "offers", "stacks")
    files = "; ".join(f"touch /tmp/file{number}:create" for number in range(30))
    done = shell(
        "; ".join([*(look.format(name) for name in names), files, look.format("dentries")])
    )
    lines = [line.split() for line in done.stdout.splitlines() if line]
    kind = ""
    came: list[int] = []
    seen: set[str] = set()
    for words in lines:
        if len(words) == 1:
            kind = words[0]
            continue
        seen.add(kind)
        assert len(words) == NUMBERS.get(kind, 1) + 1, (kind, words)
        assert all(word.isdigit() or word == "-" for word in words[1:]), (kind, words)
        if words[0] == "came":
            came.append(int(words[1]))
    assert seen == set(names)
    assert came[1] >= came[0] + 30
    assert any("kernel.mem.buddies.lock" in words for words in lines)


def test_stacks_of_the_kernel_have_room_for_larger_simd_states(shell) -> None:
    """The processor here has some of that state, which is counted twice."""
    done = shell(
        "ls / /dev /proc | sort; mkdir /tmp/a; cp /bin/init /tmp/a/b; rm -r /tmp/a; ps; "
        "cat /dev/perf/cpu; echo x | grep x; nothing; cat /sys/counts/stacks"
    )
    size, deepest = (int(line.split()[1]) for line in done.stdout.splitlines()[-2:])
    assert 1000 < deepest <= size - LARGEST_SIMD_STATE


def test_queues_of_processors_say_what_waits_in_them(shell) -> None:
    look = "cat /sys/counts/queues"
    before, after = (
        dict(line.split(maxsplit=1) for line in part.splitlines())
        for part in shell(f"{look}; echo =; sleep 0.01; sleep 5 & {look}").stdout.split("=\n")
    )
    assert int(before["run_queue_0"].split()[0]) >= 1
    assert switches(after) > switches(before)
    assert int(after["timers_0"].split()[0]) > int(before["timers_0"].split()[0])
    assert int(after["timers_0"].split()[2]) > int(before["timers_0"].split()[2])
    assert after["futexes"] == "0 - - -"


def switches(queues: dict[str, str]) -> int:
    return int(queues["run_queue_0"].split()[2])
