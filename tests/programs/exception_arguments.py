"""What exceptions are made with: `args`, constructors of their own, several arguments."""

from __future__ import annotations


class AppError(Exception):
    code = 1


class ConfigError(AppError):
    code = 2

    def __init__(self, key: str, reason: str = "missing") -> None:
        super().__init__(key, reason)
        self.key = key
        self.reason = reason


class NetworkError(AppError):
    def __init__(self, host: str, port: int):
        self.host, self.port = host, port
        super().__init__(f"{host}:{port}")

    def __str__(self) -> str:
        return f"network {self.host}:{self.port}"


class Plain(Exception):
    def __init__(self, what: str, number: int) -> None:
        self.what = what
        self.number = number


def fail(kind: str) -> int:
    if kind == "config":
        raise ConfigError("path")
    if kind == "net":
        raise NetworkError("localhost", 80)
    if kind == "value":
        return int("abc")
    if kind == "index":
        return [1, 2][5]
    if kind == "key":
        return {"a": 1}["zz"]
    if kind == "zero":
        return 1 // 0
    if kind == "two":
        raise ValueError("it's, so", 2, [1, "b"])
    if kind == "none":
        raise RuntimeError
    if kind == "plain":
        raise Plain("w", 3)
    if kind == "lines":
        raise OSError("a\n'b'")
    return 0


for k in ["config", "net", "value", "key", "zero", "two", "none", "plain", "lines", "index", "ok"]:
    try:
        print(k, "->", fail(k))
    except AppError as e:
        print(k, type(e).__name__, str(e), e.args, e.code, repr(e), e.args[0])
    except (ValueError, LookupError) as e:
        print(k, type(e).__name__, e, e.args, len(e.args), e.args[0])
    except Exception as e:
        print(k, repr(e), str(e), e.args)


def retry(times: int) -> str:
    last: Exception | None = None
    for i in range(times):
        try:
            if i < 2:
                raise ConnectionError(f"attempt {i}")
            return f"ok after {i}"
        except ConnectionError as e:
            last = e
    raise RuntimeError("gave up") from last


print(retry(3))
try:
    retry(2)
except RuntimeError as e:
    print(e, "| cause:", e.__cause__, repr(e.__cause__))
