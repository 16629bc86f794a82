"""Generators that are sent values, or return one; what is thrown into them; what `yield from` gives."""

from __future__ import annotations

from typing import Generator, Iterator


def averager() -> Generator[float, float, None]:
    total = 0.0
    count = 0
    average = 0.0
    while True:
        x = yield average
        total += x
        count += 1
        average = total / count


a = averager()
next(a)
print(a.send(10))
print(a.send(20))
print(a.send(30.5))
a.close()


def part(n: int) -> Generator[int, None, str]:
    for i in range(n):
        yield i
    return f"done {n}"


def whole() -> Generator[int, None, None]:
    r = yield from part(2)
    print("sub gave", r)
    r = yield from part(1)
    print("sub gave", r)


print(list(whole()))
g = part(1)
print(next(g))
try:
    next(g)
except StopIteration as e:
    print("value", e.value)


def echo():
    while True:
        got = yield
        if got is None:
            print("nothing")
        else:
            print("got", got.upper())


talk = echo()
next(talk)
talk.send("hello")
next(talk)
talk.send("bye")
talk.close()


def counter(limit):
    i = 0
    while i < limit:
        jump = yield i
        if jump is not None:
            i = jump
        else:
            i += 1
    return "finished"


c = counter(10)
print(next(c))
print(next(c))
print(c.send(8))
print(next(c))
try:
    print(next(c))
except StopIteration as stop:
    print(stop.value)


def inner():
    total = 0
    while True:
        x = yield
        if x is None:
            return total
        total += x


def grouper(results):
    while True:
        results.append((yield from inner()))


res = []
g = grouper(res)
next(g)
for v in [1, 2, 3, None, 4, 5, None]:
    g.send(v)
print(res)


def guarded():
    while True:
        try:
            yield 1
        except ValueError as err:
            print("caught", err)


h = guarded()
print(next(h))
print(h.throw(ValueError("bad")))
try:
    h.throw(KeyError("k"))
except KeyError as k:
    print("out", k)


def plain():
    try:
        yield 1
        yield 2
    except ValueError as e:
        print("caught", e)
        yield 99
    finally:
        print("fin")


g = plain()
try:
    g.throw(ValueError("early"))
except ValueError as e:
    print("raised", e)
print(list(g))
g = plain()
print(next(g), g.throw(ValueError("mid")))
print(next(g, -1))
try:
    g.throw(KeyError("late"))
except KeyError as e:
    print("raised", e)
g = plain()
next(g)
try:
    g.throw(ValueError)
except StopIteration:
    print("stop")
g.close()


class Account:
    def __init__(self, start: int) -> None:
        self.balance = start

    def session(self) -> Generator[int, int | None, str]:
        count = 0
        while True:
            amount = yield self.balance
            if amount is None:
                break
            self.balance += amount
            count += 1
        return f"{count} transactions"


acc = Account(100)
s = acc.session()
next(s)
print(s.send(50), s.send(-20))
try:
    next(s)
except StopIteration as stop:
    print(stop.value.upper())


def coroutine_printer(prefix: str) -> Generator[None, str, None]:
    try:
        while True:
            line = yield
            print(f"{prefix}: {line}")
    finally:
        print(prefix, "closed")


p = coroutine_printer("log")
p.send(None)
p.send("one")
p.send("two")
p.close()
q = coroutine_printer("x")
try:
    q.send("too early")
except TypeError as e:
    print(e)


def flat(items: list) -> Generator[int, None, int]:
    n = 0
    for x in items:
        yield x
        n += 1
    return n


def both() -> Iterator[int]:
    a = yield from flat([1, 2])
    b = yield from flat([3])
    yield a * 10 + b


print(list(both()))


def runner(gen: Generator[int, int, str]) -> str:
    value = next(gen)
    try:
        while True:
            value = gen.send(value * 2)
    except StopIteration as done:
        return done.value


def doubling() -> Generator[int, int, str]:
    total = 1
    for _ in range(4):
        total += yield total
    return f"total {total}"


print(runner(doubling()))


def acc2():
    tot = 0
    while (x := (yield tot)) is not None:
        tot += x
    return tot


adding = acc2()
next(adding)
for v in range(5):
    adding.send(v)
try:
    adding.send(None)
except StopIteration as e:
    print("sum", e.value)
tasks: list[Generator[str, None, int]] = []


def task(name: str, n: int) -> Generator[str, None, int]:
    for i in range(n):
        yield f"{name}{i}"
    return n


tasks.append(task("a", 2))
tasks.append(task("b", 3))
while tasks:
    t = tasks.pop(0)
    try:
        print(next(t))
        tasks.append(t)
    except StopIteration as e:
        print("finished with", e.value)
