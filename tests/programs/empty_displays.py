from __future__ import annotations

print(
    any([]),
    all([]),
    sum([]),
    len([]),
    bool([]),
    bool({}),
    not [],
    not {},
    [] == [],
    {} == {},
    str([]),
    repr({}),
)
print([], {})
print(f"{[]} {{}} {[]!r}")
print(1 if [] else 2)
try:
    {}["k"]
except KeyError as e:
    print(repr(e))
try:
    [][0]
except IndexError as e:
    print(e)
try:
    print(max([]))
except ValueError as e:
    print(e)
try:
    print(min([]))
except ValueError as e:
    print(e)
print(max([], default=5), min([], default=None))
if []:
    print("no")
while {}:
    print("no")
print([[], [1]], {"a": [], "b": [2]})
