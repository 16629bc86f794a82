"""Causes, contexts and re-raising."""

from __future__ import annotations


class ConfigError(Exception):
    pass


class Missing(ConfigError):
    def __init__(self, key: str) -> None:
        super().__init__(f"missing {key}")
        self.key = key


def lookup(values: dict[str, str], key: str) -> str:
    try:
        return values[key]
    except KeyError as error:
        raise Missing(key) from error


def number(values: dict[str, str], key: str) -> int:
    try:
        return int(lookup(values, key))
    except ValueError:
        raise ConfigError(f"bad number for {key}")


def reraise(values: dict[str, str]) -> int:
    try:
        return number(values, "port")
    except ConfigError:
        print("noticed")
        raise


def main() -> None:
    for values in [{"port": "80"}, {"port": "x"}, {"host": "h"}]:
        try:
            print(reraise(values))
        except Missing as error:
            cause = error.__cause__
            print("missing", error.key, error, cause)
        except ConfigError as error:
            context = error.__context__
            print("config", error, context is not None, error.__cause__ is None)
    try:
        try:
            raise ValueError("first")
        except ValueError as error:
            raise RuntimeError("second") from None
    except RuntimeError as error:
        print(error, error.__cause__, error.__suppress_context__)


if __name__ == "__main__":
    main()
