"""Flags, and enums that are numbers, with the names of their members."""

from __future__ import annotations

from enum import Enum, Flag, IntEnum, IntFlag, auto


class Perm(Flag):
    READ = auto()
    WRITE = auto()
    EXEC = auto()
    RW = READ | WRITE


p = Perm.READ | Perm.EXEC
print(p, repr(p), p.value, p.name)
print(Perm.READ in p, Perm.WRITE in p)
print(p & Perm.READ, p ^ Perm.READ, ~p)
print(Perm.RW, repr(Perm.RW), Perm(3), Perm(0), bool(Perm(0)))
print([x for x in Perm], list(p), len(Perm), len(p))
for x in Perm.RW:
    print(x.name, x.value)
if p & Perm.READ:
    print("can read")
p |= Perm.WRITE
print(p)
p &= ~Perm.READ
print(p)


class E(Enum):
    A = 1
    B = 2
    C = 1


print(E.C, E.C is E.A, E(1), E["C"], list(E))
try:
    E(9)
except ValueError as e:
    print(e)
try:
    E["Z"]
except KeyError as e:
    print(e)
print(list(E.__members__), [m.value for m in E.__members__.values()], "A" in E.__members__)
try:
    Perm(64)
except ValueError as e:
    print(e)


def describe(x: Perm) -> str:
    names = [q.name for q in Perm if q in x]
    return "+".join(names)


print(describe(p))


class Style(Flag):
    """Text styles."""

    NONE = 0
    BOLD = 1 << 0
    ITALIC = 1 << 1
    UNDER = 1 << 2

    def describe(self):
        if self is Style.NONE:
            return "plain"
        return ", ".join(s.name.lower() for s in Style if s in self)

    @classmethod
    def everything(cls):
        return cls.BOLD | cls.ITALIC | cls.UNDER


def toggle(style, flag):
    return style ^ flag


st = Style.NONE
print(st, repr(st), st.describe(), bool(st))
st = toggle(st, Style.BOLD)
st = toggle(st, Style.UNDER)
print(st, st.describe(), st == Style.BOLD | Style.UNDER, Style.BOLD in st)
st = toggle(st, Style.BOLD)
print(st, f"[{st!s:>20}]", {st: 1}, ~st, Style.everything())
match st:
    case Style.UNDER:
        print("under")
    case _:
        print("other")
print(Style["BOLD"] | Style(4), [s.value for s in Style.everything()])
users: dict[str, Style] = {"ann": Style.BOLD, "bob": Style.BOLD | Style.ITALIC}
for name, s in sorted(users.items()):
    print(f"{name}: {s} {s.value:03b} {len(s)}")


class Color(IntFlag):
    RED = 1
    GREEN = 2
    BLUE = 4
    WHITE = RED | GREEN | BLUE


c = Color.RED | Color.BLUE
print(c)
print(repr(c))
print(c + 1, int(c), c == 5)
print(repr(~c))
print(Color.RED in c, Color.GREEN in c)
print(repr(Color(0)), repr(Color(9)), repr(Color.WHITE), Color.WHITE)
print([repr(x) for x in Color])
print(c.name, c.value, Color.RED.name)
print(list(c))
print(f"{c} {c!r}")
c |= Color.GREEN
print(repr(c), c == Color.WHITE, bool(c & Color.RED))


class Pr(IntEnum):
    LOW = 1
    HIGH = 2


print(
    Pr.LOW,
    repr(Pr.LOW),
    Pr.LOW < Pr.HIGH,
    sorted([Pr.HIGH, Pr.LOW]),
    Pr(2).name,
    f"{Pr.LOW}",
    Pr.LOW + 1,
    max(Pr),
)


class Priority(IntEnum):
    LOW = auto()
    MEDIUM = auto()
    HIGH = auto()

    @classmethod
    def parse(cls, text):
        return cls[text.upper()]

    def next(self):
        return Priority(min(self + 1, Priority.HIGH))


tasks = [(Priority.HIGH, "fix"), (Priority.LOW, "read"), (Priority.parse("medium"), "write")]
tasks.sort()
for p, t in tasks:
    print(p.name.title(), p.value, t, p.next().name)
print(min(p for p, _ in tasks), max([p for p, _ in tasks]).name, sum(p for p, _ in tasks))
print(
    {p.name: int(p) for p in Priority}, len(Priority), Priority.LOW in Priority, list(Priority)[1:]
)
try:
    Priority(9)
except ValueError as e:
    print(e)
try:
    Priority["NO"]
except KeyError as e:
    print(e)
print(max(True, False), min(Priority.LOW, Priority.HIGH).name)
for name, member in Priority.__members__.items():
    print(name, member.value)
levels = [0] * 4
levels[Priority.HIGH] += 2
print(
    levels,
    "abc"[Priority.LOW],
    f"{Priority.HIGH:>4}|{Priority.LOW!r:>20}",
    Priority.HIGH.name.lower(),
)
