"""Context managers: order, suppression, exceptions in them."""

from __future__ import annotations


class Managed:
    log: list[str]

    def __init__(self, name: str, log: list[str], swallow: bool = False) -> None:
        self.name = name
        self.log = log
        self.swallow = swallow

    def __enter__(self) -> Managed:
        self.log.append(f"enter {self.name}")
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> bool:
        self.log.append(f"exit {self.name} {'error' if error is not None else 'fine'}")
        return self.swallow


def early(log: list[str]) -> int:
    with Managed("a", log), Managed("b", log):
        for n in range(5):
            with Managed(f"loop{n}", log):
                if n == 1:
                    return n
    return -1


def failing(log: list[str], swallow: bool) -> str:
    with Managed("outer", log, swallow):
        with Managed("inner", log):
            raise ValueError("inside")
    return "swallowed"


def main() -> None:
    log: list[str] = []
    print(early(log), log)
    log.clear()
    print(failing(log, True), log)
    log.clear()
    try:
        failing(log, False)
    except ValueError as error:
        print(error, log)
    log.clear()
    for n in range(3):
        with Managed(str(n), log, True) as managed:
            if n == 1:
                raise KeyError(managed.name)
            if n == 2:
                break
    print(log)


if __name__ == "__main__":
    main()
