"""Names that loops and other blocks bind for themselves."""

from __future__ import annotations

for a in (7, -7):
    for b in (3, -3):
        print(a // b, a % b)
for a in (7.5, -7.5):
    for b in (2, -2.0):
        print(a // b, a % b)
for word in ["x", "yy"]:
    r = len(word)
    print(r)
for n in [1, 2]:
    r = str(n) * 2
    print(r)
total = 0
for k in range(3):
    total += k
print(total, k)
for k in "ab":
    last = k
    print(k)
print(last)


def mixed(items: list[int], words: list[str]) -> str:
    out = ""
    for x in items:
        y = x * 2
        out += f"{y} "
    for x in words:
        y = x.upper()
        out += f"{y} "
    if items:
        z = items[0]
        out += str(z)
    if words:
        z = words[0]
        out += z
    for x in []:
        pass
    with open("/dev/null") as x:
        out += x.read()
    try:
        v = int("4")
        out += str(v + 1)
    except ValueError:
        pass
    while True:
        v = "w"
        out += v
        break
    squares = [x * x for x in items]
    pairs = {x: y for x, y in zip(words, items)}
    return f"{out} {squares} {pairs}"


def keeps(items: list[int], more: list[int]) -> int:
    for x in items:
        pass
    for x in more:
        pass
    return x


print(mixed([1, 2], ["a", "b"]))
print(keeps([1, 2], []))
