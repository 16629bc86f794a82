from __future__ import annotations

from typing import Callable


def run() -> None:
    fs: list[Callable[[], int]] = []
    for j in range(3):
        for i in range(j + 1):
            fs.append(lambda: i * 10 + j)
    print([f() for f in fs])


def maker(n: int) -> list[Callable[[], int]]:
    def inner(i: int) -> Callable[[], int]:
        return lambda: i

    return [inner(i) for i in range(n)]


gs = list(lambda: i for i in range(3))
print([g() for g in gs])
run()
print([g() for g in maker(3)])

later = []
for j in range(3):
    later += [lambda: i * 10 for i in range(j + 1)]
print([f() for f in later])
table: dict[str, Callable[[int], int]] = {
    name: lambda x: x * n for n, name in enumerate(["zero", "one", "two"])
}
print({k: f(5) for k, f in table.items()})
powers: list[Callable[[int], int]] = [lambda x: x**n for n in range(4)]
print([f(2) for f in powers])
bound = [lambda x, n=n: x + n for n in range(3)]
print([f(10) for f in bound])
print(
    max([1, 5, 3], key=lambda v: -v),
    [sorted(row, key=lambda v: (v % 2, v)) for row in [[3, 2, 1], [4, 5]]],
)
print([list(map(lambda y: y + k, [1, 2])) for k in range(2)])
