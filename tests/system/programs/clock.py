"""The time that a program tells by itself is that which the kernel tells."""

from __future__ import annotations

from lib.std import clock, system


def main() -> int:
    for _ in range(1000):
        before = system.uptime()
        mine = clock.uptime()
        after = system.uptime()
        if not before <= mine <= after:
            print(before, mine, after)
            return 1
    print("the same")
    return 0
