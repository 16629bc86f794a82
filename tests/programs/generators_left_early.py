"""Generators that a loop leaves early clean up after themselves, the innermost first."""

from __future__ import annotations

log = []


def numbers(name, count):
    log.append(f"{name} begins")
    try:
        for n in range(count):
            yield n
        log.append(f"{name} is through")
    finally:
        log.append(f"{name} ends")


def doubled(source):
    try:
        for n in source:
            yield 2 * n
    finally:
        log.append("doubled ends")


def first_over(limit):
    for n in doubled(numbers("inner", 10)):
        if n > limit:
            return n
    return None


def main() -> None:
    for n in numbers("whole", 2):
        print(n)
    print(log)
    log.clear()
    for n in numbers("left", 5):
        if n == 2:
            break
    print(log)
    log.clear()
    print(first_over(5))
    print(sorted(log))
    log.clear()
    try:
        for n in numbers("raised", 3):
            raise ValueError(n)
    except ValueError as e:
        print("error", e)
    print("raised begins" in log, "raised is through" in log)
    log.clear()
    it = numbers("held", 3)
    print(next(it), next(it))
    it.close()
    print(log)
    print(next(it, None))
    log.clear()


if __name__ == "__main__":
    main()
