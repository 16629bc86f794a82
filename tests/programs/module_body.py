"""Statements of every kind at module level, some of whose names functions use."""

from __future__ import annotations

LIMIT = 3
names: list[str] = ["z"]
count = 0
counts = {"a": 1}


class Thing:
    def __init__(self, name: str) -> None:
        self.name = name

    def __del__(self) -> None:
        print("gone", self.name)


def visit(n: int) -> int:
    global count
    count += n
    names.append(f"n{n}")
    counts["a"] += 1
    return count


first, second = 1, "two"
print(first, second)
for i in range(LIMIT):
    if i == 1:
        continue
    print(i, visit(i))
else:
    print("else")
print(names, count, counts)
thing = Thing("x")
other = Thing("y")
try:
    print(names[10])
except IndexError as error:
    print("caught", error)
squares = [i * i for i in range(5)]
print(squares, sum(squares))
text = "abc"
while text:
    print(text)
    text = text[1:]
if __name__ == "__main__":
    print("main")
    x, *rest = squares
    print(x, rest)
del other
print("end")
raise SystemExit(3)
