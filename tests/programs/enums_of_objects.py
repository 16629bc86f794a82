"""Enums whose members are objects."""

from __future__ import annotations

from enum import Enum, auto


class Light(Enum):
    """A light."""

    RED = "red"
    GREEN = "green"
    YELLOW = "yellow"

    def next(self) -> "Light":
        match self:
            case Light.RED:
                return Light.GREEN
            case Light.GREEN:
                return Light.YELLOW
            case Light.YELLOW:
                return Light.RED

    @property
    def is_stop(self) -> bool:
        return self is Light.RED

    def __str__(self) -> str:
        return self.value.upper()


def kind(l: Light) -> int:
    match l:
        case Light.RED | Light.YELLOW:
            return 1
        case _:
            return 2


times: dict[Light, int] = {Light.RED: 3, Light.GREEN: 5}


def main() -> None:
    x = Light.RED
    for _ in range(4):
        print(x, x.name, x.is_stop, kind(x), times.get(x, 0))
        x = x.next()
    print([l.value for l in Light], len(Light), list(Light))
    print(f"{Light.RED:>8}|{Light.RED!r:>24}|{Light.GREEN}|{Light.GREEN:{'<7'}}|")
    print(
        Light("red") is Light.RED,
        Light["GREEN"].name,
        Light.RED == Light.RED,
        Light.RED != Light.GREEN,
        Light.RED in (Light.GREEN, Light.RED),
    )
    try:
        Light("blue")
    except ValueError as e:
        print(e)
    try:
        Light["BLUE"]
    except KeyError as e:
        print(e)
    print({l.name: l for l in Light})
    print(f"{x!r} {x}", isinstance(x, Light))


if __name__ == "__main__":
    main()
