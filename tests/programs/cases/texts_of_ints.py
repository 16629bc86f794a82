"""str() of ints, and of what is evaluated once."""

from __future__ import annotations


def say(x: int) -> int:
    print("say", x)
    return x


def main() -> None:
    print(str([say(x) for x in range(2)]))
    print(str(sum(say(x) for x in range(2))))
    print(str(say(3)) + str(-9223372036854775807 - 1) + str(9223372036854775807) + str(0) + str(-7))
    print(str(True), str(1.5), str(len(str(10**18))))


if __name__ == "__main__":
    main()
