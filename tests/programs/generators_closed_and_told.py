"""Generators that notice their end by GeneratorExit."""

from __future__ import annotations


def gen(n: int):
    try:
        for i in range(n):
            yield i
    except GeneratorExit:
        print("closing")
        raise
    finally:
        print("cleanup")


for v in gen(3):
    break
g = gen(2)
print(next(g))
g.close()


def g2():
    try:
        yield 1
    except GeneratorExit:
        print("ge")


g = g2()
next(g)
g.close()
print("end")


def worker():
    total = 0
    try:
        while True:
            x = yield total
            for k in range(3):
                if k == x:
                    break
            total += x
    except GeneratorExit:
        print("closed with", total)


w = worker()
next(w)
print(w.send(2), w.send(5))
w.close()


def early(n):
    for i in range(n):
        try:
            if i == 1:
                continue
            if i == 3:
                return
            yield i
        except GeneratorExit:
            print("exit", i)
            raise
        except ValueError:
            print("v")
        finally:
            print("f", i)


print(list(early(5)))
for q in early(5):
    break
