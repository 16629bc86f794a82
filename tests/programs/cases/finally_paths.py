"""Every way out of try blocks, in the order in which things happen."""

from __future__ import annotations


def returns(flag: int) -> str:
    try:
        if flag == 0:
            return "early"
        if flag == 1:
            raise ValueError("one")
        if flag == 2:
            raise KeyError("two")
        return "late"
    except ValueError as error:
        return f"caught {error}"
    finally:
        print("finally", flag)


def overrides() -> int:
    for i in range(5):
        try:
            if i == 3:
                return i
        finally:
            if i < 3:
                continue
            print("at", i)
    return -1


def swallows() -> str:
    while True:
        try:
            raise RuntimeError("lost")
        finally:
            break
    return "went on"


def replaced() -> int:
    try:
        return 1
    finally:
        return 2


def nested(log: list[str]) -> None:
    try:
        try:
            log.append("a")
            raise ValueError("inner")
        finally:
            log.append("b")
            try:
                log.append("c")
                raise KeyError("other")
            except KeyError:
                log.append("d")
            finally:
                log.append("e")
    except ValueError as error:
        log.append(f"f {error}")
    else:
        log.append("never")
    finally:
        log.append("g")


def main() -> None:
    for flag in range(4):
        try:
            print(returns(flag))
        except KeyError as error:
            print("outside", error)
    print(overrides(), swallows(), replaced())
    log: list[str] = []
    nested(log)
    print(log)


if __name__ == "__main__":
    main()
