"""The numbers of the module random for a seed."""

from __future__ import annotations

import random

random.seed(42)
print(random.random(), random.randint(1, 6), random.choice([1, 2, 3]), random.choice("abc"))
print([random.randrange(10) for _ in range(5)], random.randrange(3, 30, 4), random.getrandbits(40))
generator = random.Random(7)
items = [1, 2, 3, 4, 5]
generator.shuffle(items)
print(
    items, generator.uniform(1.0, 2.0), generator.sample(items, 2), generator.sample(range(100), 4)
)
print(generator.gauss(0, 1), generator.gauss(5.0, 2.0), generator.expovariate(2.0))
print(generator.choices(items, k=3), generator.choices(["a", "b"], weights=[1, 3], k=6))
random.seed(2**40 + 5)
print([random.randint(0, 99) for _ in range(700)][-3:], random.random())
random.seed(-3)
print(random.random())
try:
    random.choice([0][1:])
except IndexError as error:
    print(error)
try:
    random.randint(3, 2)
except ValueError as error:
    print(error)
