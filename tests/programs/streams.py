"""What programs read and write beside `print`: sys, input, time."""

from __future__ import annotations

import sys
import time
from sys import stderr

count = int(input())
numbers = [int(word) for word in input("numbers? ").split()]
print(count, numbers, sum(numbers))
sys.stdout.write("written: ")
print(sys.stdin.readline().strip())
print("to nobody", file=stderr, end="!\n")
print(1, "two", 3.0, file=sys.stdout, sep="-")
for line in sys.stdin:
    print(repr(line))
try:
    input()
except EOFError as error:
    print("EOFError", error)
print(len(sys.argv), sys.argv[1:], sys.maxsize, sys.byteorder)
sys.argv.append("more")
print(len(sys.argv))

started = time.perf_counter()
time.sleep(0.002)
print(time.perf_counter() - started >= 0.002, time.time() > 1.7e9, time.monotonic_ns() > 0)
try:
    time.sleep(-1)
except ValueError as error:
    print(error)


def main() -> int:
    print("leaving")
    return len(numbers)


if __name__ == "__main__":
    sys.exit(main())
