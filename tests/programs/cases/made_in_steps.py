"""Objects whose fields are set more than once while they are made, or not all of them, and when what they held ends."""

from __future__ import annotations


class Part:
    name: str

    def __init__(self, name: str) -> None:
        self.name = name

    def __del__(self) -> None:
        print("end of", self.name)


class Twice:
    part: Part
    other: Part | None
    text: str

    def __init__(self, name: str) -> None:
        self.text = "no"
        self.other = None
        self.part = Part(name + " 1")
        print("first")
        self.part = Part(name + " 2")
        self.other = self.part
        self.text = self.text + name * 2


class Base:
    part: Part

    def __init__(self, part: Part) -> None:
        self.part = part


class Derived(Base):
    count: int

    def __init__(self, name: str) -> None:
        self.part = Part(name + " early")
        self.count = len(name)
        super().__init__(Part(name + " late"))
        print("made", self.part.name, self.count)


class Failing(Base):
    second: Part

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(Part(name))
        if len(name) > limit:
            raise ValueError(name)
        self.second = self.part


class Chain:
    before: Chain | None
    name: str

    def __init__(self, before: Chain | None, name: str) -> None:
        self.before = before
        self.name = name if before is None else before.name + name


def main() -> None:
    twice = Twice("a")
    print(twice.part is twice.other, twice.text)
    derived = Derived("b")
    for limit in (5, 1):
        failure = ""
        try:
            made = Failing("long", limit)
            print(made.second.name)
        except ValueError as error:
            failure = str(error)
        print("failed:", failure)
    chain: Chain | None = None
    for letter in "xyz":
        chain = Chain(chain, letter)
    while chain is not None:
        print(chain.name, end=" ")
        chain = chain.before
    print(derived.part.name)


if __name__ == "__main__":
    main()
