from __future__ import annotations


def f(n: int) -> int:
    print("f", n)
    return n


print(f(1) + f(2) * f(3))
d = {f(1): f(2), f(3): f(4)}
xs = [0, 0, 0]
i = 0
i, xs[i] = 1, 5
print(i, xs)
xs[f(0)] = f(9)
print(xs)
print(f(1) < f(2) < f(0) < f(5))
a, b, *c = [1, 2, 3, 4, 5]
print(a, b, c)
*a2, b2 = "hello"
print(a2, b2)
print(-7 // 2, -7 % 2, 7 // -2, 7 % -2, divmod(-7, 3), divmod(7, -3))
print(-7.5 // 2, -7.5 % 2, 7.5 % -2)
print("hello"[::-1], "hello"[-3:], "hello"[1:-1:2], [1, 2, 3, 4][::-2])
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2))
print(
    1e16, 1e15, 123456789.123456789, 1e-5, 0.0001, 1e100, float("inf"), float("-inf"), float("nan")
)
print(0.1 + 0.2, 1 / 3, 2**0.5, 1e22, 1.0, 100.0)
for s in ["12", " 12 ", "-5", "+7", "1_000", "abc", "", "1.5", "0x10"]:
    try:
        print(int(s))
    except ValueError as e:
        print(e)
print(int("ff", 16), int("0b101", 0), int("z", 36))
try:
    print([1, 2, 3].index(9))
except ValueError as e:
    print(e)
try:
    {}["k"]
except KeyError as e:
    print(repr(e), str(e))
try:
    [1][5]
except IndexError as e:
    print(e)
try:
    1 // 0
except ZeroDivisionError as e:
    print(e)
try:
    1 % 0
except ZeroDivisionError as e:
    print(e)
try:
    1.0 / 0
except ZeroDivisionError as e:
    print(e)
data = [("b", 2), ("a", 2), ("c", 1)]
print(sorted(data, key=lambda p: p[1]))
print(sorted(data, key=lambda p: p[1], reverse=True))
dd = {1: "a", 2: "b", 3: "c"}
del dd[2]
dd[2] = "z"
print(dd, list(dd.items()))
print({3, 1, 2} | {5}, {1, 2} & {2, 3}, {1, 2} ^ {2, 3}, {1, 2} - {2})
print("é".encode(), len("日本"), "日本"[1], "ß".upper(), "İ".lower() == "i̇")
print(
    f"{3.14159:.2f}|{42:>6}|{42:<6}|{42:^6}|{42:06}|{1234567:,}|{0.5:%}|{255:#x}|{255:b}|{'x':*^5}|{-5:+}|{1e10:g}|{12345.678:e}"
)
print(f"{'abc'!r:>8} {3 + 4=} {[1, 2]!s}")
print("a,b,,c".split(","), " a b ".split(), "a-b-c".rsplit("-", 1), "x=1".partition("="))
print("%5.2f|%d|%s|%r|%x|%%" % (3.14159, 42, "s", "r", 255))
print(
    " ".join(str(x) for x in range(5)),
    "abc".center(9, "*"),
    "42".zfill(5),
    "Hello World".swapcase(),
    "hello world".title(),
)
print(True + True, True and 0, None or "x", not [])
print(1 if [] else 2, bool("0"), bool(0.0))
print(0x1F, 0o17, 0b11, 1_000_000, 10**18, 2**62, -(2**63))
print(max(3, 1, 2), min("b", "a"), sum([1, 2, 3], 10), abs(-3), pow(2, 10, 1000))
print(
    any([]),
    all([]),
    list(zip([1, 2], "ab")),
    list(enumerate("ab", 1)),
    list(reversed([1, 2])),
    list(map(str, [1, 2])),
    list(filter(None, [0, 1, 2])),
)
print({**{"a": 1}, "b": 2})
print(
    chr(97),
    ord("a"),
    hex(255),
    oct(8),
    bin(5),
    repr("it's"),
    repr('say "hi"'),
    repr("a\n\t\\"),
    ascii("é"),
)
print(isinstance(True, int), type(3).__name__, type("s") == str)
print((n := 10), n + 1)
while n > 0:
    n -= 3
    if n == 4:
        break
else:
    print("no break")
print(n)
