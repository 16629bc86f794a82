"""Objects at module level: shared by functions, ended in the order of their names."""

from __future__ import annotations

LOG: list[str] = []
registry = {"first": 1}
total: int = 0
limit = 2 * 5
label = f"limit {limit}"


class Noisy:
    def __init__(self, name: str) -> None:
        self.name = name

    def __del__(self) -> None:
        LOG.append(self.name)
        print("gone", self.name, len(LOG))


def record(name: str, value: int = limit) -> int:
    global total
    registry[name] = value
    total += value
    return total


a = Noisy("a")
_hidden = Noisy("hidden")
print(record("x"), record("y", 3), registry, label)
for name in ("p", "q"):
    with_name = Noisy(name)
    print(with_name.name)
b = Noisy("b")
del _hidden
(c, d) = (Noisy("c"), Noisy("d"))
if total > 5:
    result = [n * total for n in range(3)]
    print(result)
print("end")
