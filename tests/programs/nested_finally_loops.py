"""finally around return, break and continue, nested, and what it overrides."""

from __future__ import annotations


def order(steps):
    for n in range(4):
        try:
            steps.append(f"try {n}")
            if n == 1:
                continue
            if n == 3:
                break
            try:
                steps.append(f"inner {n}")
            finally:
                steps.append(f"inner finally {n}")
        finally:
            steps.append(f"finally {n}")
    else:
        steps.append("never")
    return steps


def overridden():
    for n in range(3):
        try:
            return f"try {n}"
        finally:
            if n == 0:
                continue
            if n == 1:
                break
    return "after"


def swallowed():
    try:
        raise ValueError("lost")
    finally:
        return "kept"


def replaced():
    try:
        try:
            raise KeyError("first")
        finally:
            raise IndexError("second")
    except IndexError as e:
        return f"{type(e).__name__}: {e}"


def value_is_early():
    n = 1
    try:
        return n
    finally:
        n = 2


def main() -> None:
    print(order([]))
    print(overridden())
    print(swallowed())
    print(replaced())
    print(value_is_early())


if __name__ == "__main__":
    main()
