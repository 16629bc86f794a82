"""Properties that are computed once, and one that can be deleted."""

from __future__ import annotations

from functools import cached_property


class Data:
    def __init__(self, values: list[int]) -> None:
        self.values = values
        self.asked = 0

    @cached_property
    def mean(self) -> float:
        self.asked += 1
        return sum(self.values) / len(self.values)

    @cached_property
    def words(self):
        return [str(each) for each in self.values]

    @property
    def variance(self) -> float:
        return sum((each - self.mean) ** 2 for each in self.values) / len(self.values)


class Light:
    def __init__(self) -> None:
        self._color = "red"

    @property
    def color(self) -> str:
        return self._color

    @color.setter
    def color(self, value: str) -> None:
        self._color = value

    @color.deleter
    def color(self) -> None:
        print("off")
        self._color = ""


def main() -> None:
    data = Data([1, 2, 3, 4])
    print(data.asked, data.mean, data.variance, data.mean, data.asked)
    data.words.append("more")
    print(data.words)
    try:
        print(Data([]).mean)
    except ZeroDivisionError as error:
        print(error)
    light = Light()
    light.color = "green"
    print(light.color)
    del light.color
    print(repr(light.color))


if __name__ == "__main__":
    main()
