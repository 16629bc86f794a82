from __future__ import annotations

for b in b"\xff\xfe":
    print(b + 1, b * 1000)
d = b"\xff"
x = d[0] + 1
print(x, d[0] * 1000)
e = "é".encode()
print(e, len(e))


def f(p: bytes) -> int:
    t = 0
    for c in p:
        t = (t * 31 + c) % 1000003
    return t


print(f(b"abc"), f("abc".encode()))
g: bytes = "abc".encode()
print(b"a" < b"b", {b"a": 1}[b"a"], 97 in b"abc", b"bc" in b"abc")
data = b"hello world"
print(data, len(data), data[0], data[1:4], data[::-1], data[-1])
print(data == b"hello world", list(data), data + b"!", b"ab" * 3, 2 * b"x")
print("x".encode("ascii"), b"abc".decode(), b"\xe9".decode("latin-1"))
print(bytes([1, 2, 3]), bytes(3), bytes(), bytes("h\u00e9", "utf-8"), bytes(range(5)))
print(sorted(data), max(data), sum(data))
print(
    data.split(),
    data.split(b"o"),
    b",".join([b"a", b"b"]),
    data.find(b"wor"),
    data.replace(b"l", b"LL"),
)
print(
    data.upper(),
    data.title(),
    data.startswith(b"he"),
    data.hex(),
    data.hex("-"),
    bytes.fromhex("de ad BE ef"),
)
print(
    (1024).to_bytes(2, "big"),
    int.from_bytes(b"\x00\x10", "big"),
    (-1).to_bytes(4, "little", signed=True),
)
n = 258
print(
    n.to_bytes(4, byteorder="little"), int.from_bytes(b"\xff\xfe", byteorder="little", signed=True)
)
try:
    b"\xff".decode()
except UnicodeDecodeError as err:
    print(err)
try:
    "é".encode("ascii")
except UnicodeEncodeError as err:
    print(err)
try:
    (300).to_bytes(1, "big")
except OverflowError as err:
    print(err)
a = bytearray(b"abc")
a.append(100)
a.extend([1, 2])
a += b"zz"
a[0] = 65
a[1:2] = b"XYZ"
print(a, len(a), a[0], bytes(a), a[-2:], a.find(b"Y"), a == b"AXYZcd\x01\x02zz")
for v in a:
    print(v, end=" ")
print()
del a[0]
print(a.pop(), a, bytearray(3), bytearray(), a.decode("latin-1"), a.hex())
for i, v in enumerate(b"xy"):
    print(i, v)
print([v ^ 1 for v in b"abc"], dict(zip(b"ab", "cd")), bytes(v ^ 1 for v in b"abc"))
print(b"  a b ".strip(), b"k=v".partition(b"="), b"a\nb\r\nc".splitlines(), bytes(reversed(b"abc")))
t = b"raw \x00\x7f\"'"
print(t, repr(t), str(t), f"{t}")
print(not b"", bool(b"a"), b"" or b"x")
