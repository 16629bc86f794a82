"""deque of the module collections."""

from __future__ import annotations

from collections import deque

q: deque[int] = deque()
q.append(1)
q.append(2)
q.appendleft(0)
print(q.popleft(), q.pop(), len(q), q)
q2 = deque([1, 2, 3], maxlen=2)
print(q2, q2.maxlen)
q3 = deque(range(5))
q3.rotate(2)
print(q3, q3[0], q3[-1], 3 in q3, list(q3), list(reversed(q3)))
q3.extend([7, 8])
q3.extendleft([9])
print(q3, sum(q3), bool(q3), q3 == deque([1]))
while q3:
    print(q3.popleft(), end=" ")
print()
try:
    q3.pop()
except IndexError as e:
    print(e)
w: deque[tuple[int, str]] = deque([(1, "a")])
n, s = w.popleft()
print(n, s)
for x in deque("abc"):
    print(x)
